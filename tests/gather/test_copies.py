from __future__ import annotations

import datetime as dt
import random

import pytest

from diptych.gather import CopyCandidate, near_copies, signature
from diptych.gather.copies import shingles

WORDS = [f"word{number}" for number in range(4000)]


def text(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def edited(original: str, every: int) -> str:
    words = original.split()
    return " ".join("changed" if at % every == every - 1 else word for at, word in enumerate(words))


def groups(texts: dict[str, str], days: dict[str, dt.date] | None = None, jaccard: float = 0.7) -> set[frozenset[str]]:
    candidates = [CopyCandidate(name, (days or {}).get(name), signature(texts[name])) for name in texts]
    return set(near_copies(candidates, texts.__getitem__, jaccard=jaccard))


def test_shingles_fold_case_and_marks_and_know_scripts_without_spaces() -> None:
    assert shingles("One two, three four five.") == {"one two three four five"}
    assert shingles("ONE two three: FOUR five six") == {"one two three four five", "two three four five six"}
    assert shingles("两国外长在河畔举行会谈") == {
        "两国外长在河畔举",
        "国外长在河畔举行",
        "外长在河畔举行会",
        "长在河畔举行会谈",
    }
    assert shingles("--- !") == frozenset()


def test_a_signature_is_the_same_whenever_it_is_made_and_empty_without_words() -> None:
    assert signature(text(1)) == signature(text(1))
    assert signature(text(1)) != signature(text(2))
    assert len(signature(text(1))) == 512
    assert signature("…") == b""


def test_the_wire_story_in_several_papers_is_one_group_and_other_stories_are_none() -> None:
    wire = text(1)
    texts = {
        "wire": wire,
        "paper": "Our correspondent writes. " + wire,
        "cut": " ".join(wire.split()[:220]),
        "edited": edited(wire, 60),
        "other": text(2),
        "third": text(3),
    }
    assert groups(texts) == {frozenset({"wire", "paper", "cut", "edited"})}


def test_a_copy_of_a_copy_that_no_longer_copies_the_first_is_not_chained_to_it() -> None:
    first = text(1)
    second = " ".join([*first.split()[50:], *text(7, 45).split()])
    third = " ".join([*second.split()[50:], *text(8, 45).split()])
    fourth = " ".join([*third.split()[50:], *text(9, 45).split()])
    days = {name: dt.date(2031, 5, 1 + at) for at, name in enumerate(("first", "second", "third", "fourth"))}
    texts = {"first": first, "second": second, "third": third, "fourth": fourth}
    found = groups(texts, days, jaccard=0.6)
    assert frozenset({"first", "second"}) in found
    assert not any({"first", "fourth"} <= group for group in found)


def test_the_same_words_a_year_later_are_a_new_text_unless_time_does_not_count() -> None:
    texts = {"now": text(1), "then": text(1)}
    days = {"now": dt.date(2032, 3, 1), "then": dt.date(2031, 3, 1)}
    assert groups(texts, days) == set()
    assert near_copies(
        [CopyCandidate(name, days[name], signature(texts[name])) for name in texts], texts.__getitem__, within=None
    ) == (frozenset({"now", "then"}),)


def test_two_short_texts_are_copies_only_when_they_are_equal() -> None:
    call = "The two ministers spoke by telephone today about trade"
    texts = {"a": call, "b": call, "c": call.replace("trade", "fish")}
    assert groups(texts) == {frozenset({"a", "b"})}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_input_does_not_matter(seed: int) -> None:
    wire = text(1)
    texts = {f"copy{number}": edited(wire, 50 + 10 * number) for number in range(8)} | {"x": text(2), "y": text(3)}
    names = list(texts)
    random.Random(seed).shuffle(names)
    assert groups({name: texts[name] for name in names}) == groups(texts)
