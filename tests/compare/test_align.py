"""Passages, ranks and quantities: what is read off two lists of points before anything is decided."""

from __future__ import annotations

import numpy as np
import pytest

from diptych.compare.align import leading_words, passage, rank
from diptych.compare.decide import groups
from diptych.compare.features import clash_of_days, clash_of_numbers
from diptych.compare.features_quantities import days, quantities
from diptych.records import Point


def point(text: str, quote: str, **more: object) -> Point:
    start = text.index(quote)
    fields = {"id": "a1", "side": "a", "act": "affirm", "holder": "a", **more}
    return Point(start=start, end=start + len(quote), quote=quote, **fields)  # type: ignore[arg-type]


def test_a_point_inside_a_sentence_leans_on_its_opening() -> None:
    text = "They met in Port Veyra. President Corvo stressed the rule of law and freedom of navigation."
    start = text.index("and freedom")
    assert leading_words(text, start, len(text)) == "President Corvo stressed the rule of law"


def test_a_point_that_points_back_leans_on_the_sentence_before() -> None:
    text = "The sides spoke of the Orm dam. It will be inspected in June."
    start = text.index("It will")
    assert leading_words(text, start, len(text)) == "The sides spoke of the Orm dam."


def test_a_point_that_stands_alone_leans_on_nothing() -> None:
    text = "The sides spoke of the Orm dam. Lusara thanked Karsia."
    assert leading_words(text, text.index("Lusara"), len(text)) == ""


def test_the_subject_stands_in_where_the_text_before_gives_none() -> None:
    text = "thanked Karsia for its help"
    assert passage(point(text, text, subject="President Corvo"), text).before == "President Corvo"
    assert passage(point(text, text, holder="Tarkhan"), text).holder == "third"


def test_ranks_start_at_nought_for_the_nearest() -> None:
    ranked = rank(np.array([[0.9, 0.1], [0.5, 0.4]], dtype=np.float32))
    assert ranked.in_row.tolist() == [[0, 1], [0, 1]]
    assert ranked.in_column.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("forty-two ambulances", [42]),
        ("the $1.2 billion package", [1.2e9]),
        ("one hundred and twenty drones", [120]),
        ("two dozen boats and 2,500 tonnes", [24, 2500]),
        ("one of the sides", []),
        ("since 2019", []),
    ],
)
def test_numbers_in_any_form(text: str, values: list[float]) -> None:
    assert [q.value for q in quantities(text)] == values


def test_days_in_any_form_are_equal() -> None:
    shared, clash = clash_of_days(days("on 1 May"), days("from the first of May 2031"))
    assert (shared, clash) == (True, False)
    assert clash_of_days(days("on 1 May"), days("on 3 May")) == (False, True)
    assert clash_of_days(days("they may meet"), days("on 3 May")) == (False, False)


def test_numbers_clash_only_in_one_unit() -> None:
    assert clash_of_numbers(quantities("86 teachers"), quantities("68 teachers")) == (False, True)
    assert clash_of_numbers(quantities("86 teachers"), quantities("12 buses")) == (False, False)
    assert clash_of_numbers(quantities("86 teachers"), quantities("eighty-six teachers")) == (True, False)


def test_groups_join_only_what_was_joined() -> None:
    cells = np.full((3, 3), 0.1)
    joined = [(0, 0), (0, 1), (1, 1), (2, 2)]
    for cell in joined:
        cells[cell] = 0.9
    found = groups(joined, cells)
    told = {(i, j) for a, b in found for i in a for j in b}
    assert told == set(joined)
    assert ((2,), (2,)) in found


def test_a_complete_block_is_one_group() -> None:
    joined = [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert groups(joined, np.full((2, 2), 0.9)) == [((0, 1), (0, 1))]
