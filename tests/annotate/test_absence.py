"""Reported absence: what a text does not say.

All texts are written for these tests; Ostmark, Veloria, Karsk and everybody in them are invented.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.records import Statement

Read = Callable[[str], tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "In a press release by the Velorian ministry, there was no mention of the border post.",
            "a press release by the Velorian ministry",
            "the border post",
        ),
        (
            "The prisoners were not mentioned in Ostmark's readout either.",
            "Ostmark's readout",
            "The prisoners",
        ),
        ("The communiqué was silent on the fate of the activists.", "The communiqué", "the fate of the activists"),
        ("Veloria's foreign ministry made no reference to the strait.", "Veloria's foreign ministry", "the strait"),
        (
            "The part about the airfield was omitted in the statement by Ostmark.",
            "the statement by Ostmark",
            "The part about the airfield",
        ),
        ("The Velorian text did not use the word alliance.", "The Velorian text", "the word alliance"),
        ("Reko did not say whether the committee had met.", "Reko", "whether the committee had met"),
        ("Neither readout mentioned human rights.", "Neither readout", "human rights"),
        (
            "Both sides stressed the need for a truce but stopped short of mentioning the blockade.",
            "Both sides",
            "the blockade",
        ),
    ],
)
def test_reported_absence(read: Read, text: str, source: str, content: str) -> None:
    absent = [s for s in read(text) if s.absence]
    assert [(s.source, s.content.quote, s.negated, s.act) for s in absent] == [(source, content, True, "deny")]


def test_absence_is_told_once(read: Read) -> None:
    found = read("The Ostmark note did not contain any mention of the islands.")
    assert [s.content.quote for s in found if s.absence] == ["the islands"]
