"""Claims that one asserts and another denies. All names are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from diptych.annotate.contested import find_contested
from diptych.annotate.statements import find_statements
from diptych.records import ContestedClaim, Document

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

Contest = Callable[[str], tuple[ContestedClaim, ...]]


@pytest.fixture(scope="module")
def contest(nlp: Language, knowledge: Knowledge) -> Contest:
    def find(text: str) -> tuple[ContestedClaim, ...]:
        document, doc = Document(id="t", uri="t", text=text), nlp(text)
        statements = find_statements(document, doc, (), (), knowledge)
        found = find_contested(document, doc, statements, (), knowledge)
        for claim in found:
            assert claim.quotes
            assert all(text[quote.start : quote.end] == quote.quote for quote in claim.quotes)
        return found

    return find


@pytest.mark.parametrize(
    ("text", "asserted", "denied", "claim"),
    [
        (
            "Veloria said Brandt had agreed to withdraw the patrols. Ostmark's foreign ministry denied the claim.",
            "Veloria",
            "Ostmark's foreign ministry",
            "Brandt had agreed to withdraw the patrols",
        ),
        (
            "Veloria has repeatedly accused Ostmark of delaying the inquiry, a charge Ostmark denies.",
            "Veloria",
            "Ostmark",
            "Ostmark of delaying the inquiry",
        ),
        (
            '"The minister did not raise the islands," a Velorian diplomat said, contradicting the Ostmark readout.',
            "the Ostmark readout",
            "a Velorian diplomat",
            "The minister did not raise the islands",
        ),
        (
            "Reko's claim that the ministers shook hands on a deal was disputed by Ostmark.",
            "Reko",
            "Ostmark",
            "the ministers shook hands on a deal",
        ),
        (
            "The ministry said both sides had agreed to a summit. A Velorian aide said there was no such agreement.",
            "The ministry",
            "A Velorian aide",
            "both sides had agreed to a summit",
        ),
        (
            "Ostmark reported that 40 soldiers had crossed the river. Veloria denied that its soldiers had crossed it.",
            "Ostmark",
            "Veloria",
            "its soldiers had crossed it",
        ),
        (
            "The ministry said both sides had agreed to set up a joint commission. A Velorian diplomat denied that a "
            "commission had been created.",
            "The ministry",
            "A Velorian diplomat",
            "a commission had been created",
        ),
        (
            "Reko said Veloria was ready to open the border. The Velorian spokeswoman said the ministry does not "
            "recognise that description.",
            "Reko",
            "The Velorian spokeswoman",
            "Veloria was ready to open the border",
        ),
        (
            'Ostmark claimed that Veloria had promised to lower the dam. "No such promise was made," a Velorian '
            "official said.",
            "Ostmark",
            "a Velorian official",
            "Veloria had promised to lower the dam",
        ),
        (
            'Ostmark said the two sides had agreed to share radar data. "There is no agreement on radar," the Velorian '
            "ministry said.",
            "Ostmark",
            "the Velorian ministry",
            "the two sides had agreed to share radar data",
        ),
        (
            "The spokesman said it was premature for Reko to announce a date.",
            "Reko",
            "The spokesman",
            "It was time to announce a date",
        ),
        (
            "Ostmark said the fee was frozen until May. Veloria's ministry disputed that.",
            "Ostmark",
            "Veloria's ministry",
            "the fee was frozen until May",
        ),
        (
            "The Velorian embassy denied media reports that its consul had been expelled.",
            "media reports",
            "The Velorian embassy",
            "its consul had been expelled",
        ),
        (
            'Reko said Veloria had agreed to move its radar. The envoy said Veloria had "only promised to study" it.',
            "Reko",
            "The envoy",
            "Veloria had agreed to move its radar",
        ),
        (
            'Reko said the minister had pledged two ships. "She promised nothing of the kind," a Velorian aide said.',
            "Reko",
            "a Velorian aide",
            "the minister had pledged two ships",
        ),
        (
            "The texts do not match. Reko played down the discrepancy between them.",
            "the article (implied)",
            "Reko",
            "the discrepancy between them",
        ),
        (
            "The two texts differ. Reko denied that there was any rift between the allies.",
            "the article (implied)",
            "Reko",
            "there was any rift between the allies",
        ),
    ],
)
def test_claim_and_both_parties(contest: Contest, text: str, asserted: str, denied: str, claim: str) -> None:
    assert [(c.asserted_by, c.denied_by, c.claim) for c in contest(text)] == [(asserted, denied, claim)]


@pytest.mark.parametrize(
    "text",
    [
        "Ostmark said the leaders discussed trade. The Velorian statement made no mention of trade.",
        "Brandt refused to comment on the reports and declined to say when she would travel.",
        "Reko rejected calls for an early election and dismissed the opposition's complaints.",
        "Veloria rejected Ostmark's sovereignty over the islands and called for arbitration.",
        "Ostmark stressed the river while Veloria put weight on trade.",
        "Sorel said the talks were frank. Reko said they were friendly.",
        "Veloria denies targeting civilians.",
        "Ostmark said it would send ships. Reko would neither confirm nor deny it.",
        "Both ministers agreed to meet in May, Ostmark said. Veloria's spokesman said no date had been set.",
        "Ostmark said it had promised aid. Veloria said there was no deal on fish.",
        'Ostmark said the leaders discussed trade. "We did not discuss the islands," Sorel said.',
        "The minister said both had agreed to hold talks. The spokeswoman denied that the talks had failed.",
        'Ostmark said it welcomed the talks. "There is no date for the visit," a Velorian spokesman said.',
    ],
)
def test_omission_refusal_and_difference_are_no_contest(contest: Contest, text: str) -> None:
    assert contest(text) == ()
