"""Two versions of one page: what changed of what it tells, apart from how it is typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.gather.changes import changes

FIRST = (
    "The President of Sarvenia spoke with Prime Minister Odell Harrow of Tolmara on 4 March.\n\n"
    "They agreed to reopen the Karsk crossing. The President offered 300 million crowns in loans. "
    "Both leaders discussed grain transit.\n\n"
    "The Prime Minister will visit Velm in April."
)


def _told(before: str, after: str, kb: object = None) -> list[tuple[str, str, str | None]]:
    found = changes(before, after, kb)  # type: ignore[arg-type]
    for change in found:
        assert after[change.start : change.end] == change.after
        assert change.before in before
    return [(c.before, c.after, c.substance) for c in found]


def test_the_same_text_has_no_changes() -> None:
    assert changes(FIRST, FIRST) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("300 million", "200 million", ("300", "200", "number")),
        ("4 March", "5 March", ("4", "5", "number")),
        ("in April", "in May", ("April", "May", "date")),
        ("Odell Harrow", "Odell Barrow", ("Harrow", "Barrow", "name")),
        ("will visit", "will not visit", ("", "not", "negation")),
        ("discussed grain transit", "discussed transit", ("grain", "", "dropped")),
        ("the Karsk crossing", "the narrow Karsk crossing", ("", "narrow", "added")),
        ("grain transit", "timber transit", ("grain", "timber", "wording")),
    ],
)
def test_one_word_changed(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert _told(FIRST, FIRST.replace(old, new)) == [expected]


def test_another_act_is_told_as_such(knowledge: object) -> None:
    told = _told(FIRST, FIRST.replace("Both leaders discussed", "Both leaders confirmed"), knowledge)
    assert told == [("discussed", "confirmed", "act")]


def test_a_whole_sentence_dropped_and_one_added() -> None:
    after = FIRST.replace("They agreed to reopen the Karsk crossing. ", "") + " Journalists were not admitted."
    assert _told(FIRST, after) == [
        ("They agreed to reopen the Karsk crossing.", "", "dropped"),
        ("", "Journalists were not admitted.", "added"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Both leaders", "Both  leaders"),
        ("They agreed", "they agreed"),
        ("on 4 March.", "on 4 March!"),
        ("the Karsk crossing", "Karsk crossing"),
        ("Karsk crossing", "Karsk-crossing"),
    ],
)
def test_how_it_is_typed_is_no_substance(old: str, new: str) -> None:
    assert all(substance is None for _, _, substance in _told(FIRST, FIRST.replace(old, new)))


def test_spelling_is_no_substance() -> None:
    assert {s for _, _, s in _told("They will organise a programme.", "They will organize a program.")} == {None}


def test_a_moved_sentence_is_told_once_and_is_trivial() -> None:
    after = FIRST.replace("Both leaders discussed grain transit.", "").replace(
        "The President of Sarvenia", "Both leaders discussed grain transit. The President of Sarvenia", 1
    )
    sentence = "Both leaders discussed grain transit."
    assert _told(FIRST, after) == [(sentence, sentence, None)]


def test_a_long_transcript_is_quick() -> None:
    lines = [
        f"Question {n}: what of the {n % 97} crossings in the east of the country? It was not said."
        for n in range(2500)
    ]
    before, after = "\n".join(lines), "\n".join([*lines[:1200], "A new line was put in.", *lines[1201:]])
    start = time.perf_counter()
    assert 1 <= len(changes(before, after)) <= 3
    assert time.perf_counter() - start < 5


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_every_change_stands_where_it_says(before: str, after: str) -> None:
    for change in changes(before, after):
        assert after[change.start : change.end] == change.after
        assert 0 <= change.start <= change.end <= len(after)
