"""The shipped samples: two own accounts and a newspaper's report of one meeting of states that no table has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from diptych.annotate import annotate
from diptych.gather import gather, tellings_of
from diptych.pipeline import fetch

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge
    from diptych.records import Telling

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def _tellings(name: str, nlp: Language, kb: Knowledge) -> tuple[Telling, ...]:
    document = fetch(str(SAMPLES / name))
    return tellings_of(annotate(document, nlp(document.text), kb), kb)


def test_two_accounts_and_a_report_of_one_meeting(nlp: Language, knowledge: Knowledge) -> None:
    names = ("sarvenia-tolmara/account-a.txt", "sarvenia-tolmara/account-b.txt", "article.txt")
    tellings = [telling for name in names for telling in _tellings(name, nlp, knowledge)]
    (contact,) = gather(tellings, knowledge)
    assert (contact.kind, contact.status, contact.date) == ("meeting", "held", "2025-05-14")
    assert {one.side for one in contact.accounts if one.via is None} == {"Sarvenia", "Tolmara"}
    assert len({one.document for one in contact.accounts}) == 3
    assert contact.silent == ()


def test_a_title_that_names_nobody_of_the_other_side_leads_to_no_contact(nlp: Language, knowledge: Knowledge) -> None:
    document = fetch(str(SAMPLES / "sarvenia-tolmara/account-b.txt"))
    other = msgspec.structs.replace(document, title="Readout of the President's Meeting with Business Leaders")
    tellings = tellings_of(annotate(other, nlp(other.text), knowledge), knowledge)
    assert not any(telling.lead for telling in tellings)
