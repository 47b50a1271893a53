"""Whose side a source without a state speaks for. Officials are invented, countries are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diptych.annotate import annotate
from diptych.records import Document

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

OPENING = (
    "Norwegian Foreign Minister Kari Holte met her Portuguese counterpart, Duarte Meneses, in Oslo on Monday. "
    "Norway's foreign ministry said the two ministers agreed to share data on cod. "
    "Portugal's foreign ministry said that both sides discussed offshore wind. "
)


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("A senior official in Lisbon said the talks on cod would go on.", "PRT"),
        ("A senior official in Oslo said the talks on cod would go on.", "NOR"),
        ("Holte's office said later that a date would be set.", "NOR"),
        ("An adviser to Meneses said later that a date would be set.", "PRT"),
        ("The spokesperson said later that a date would be set.", "PRT"),
        ("An official who knows the talks said that a date would be set.", None),
        ("A fisherman in Bergen said that the cod was gone.", None),
    ],
)
def test_side_of_a_source_without_a_state(nlp: Language, knowledge: Knowledge, sentence: str, side: str | None) -> None:
    text = OPENING + sentence
    reading = annotate(Document(id="t", uri="t", text=text, kind="news"), nlp(text), knowledge)
    last = [s.id for s in reading.statements if s.cue_span[0] > len(OPENING)]
    assert last
    told = [account.side for account in reading.accounts if last[0] in account.statements]
    assert told == ([] if side is None else [side])


def test_what_both_texts_say_is_in_both_accounts(nlp: Language, knowledge: Knowledge) -> None:
    text = OPENING + "Both ministries said that Holte would visit Porto in May."
    reading = annotate(Document(id="t", uri="t", text=text, kind="news"), nlp(text), knowledge)
    last = next(s.id for s in reading.statements if s.cue_span[0] > len(OPENING))
    assert [account.side for account in reading.accounts if last in account.statements] == ["NOR", "PRT"]
