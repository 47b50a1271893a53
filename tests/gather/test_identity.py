from __future__ import annotations

import datetime as dt

import pytest

from diptych.gather.identity import Identities, same_people
from diptych.knowledge import load
from tests.gather.builders import people

DAY = dt.date(2022, 3, 1)


def same(one: str, other: str, day: dt.date = DAY) -> str:
    identities = Identities(load())
    return same_people([identities.who(people(one)[0], day)], [identities.who(people(other)[0], day)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mira Solvang (Valdoria)", "Solvang (Valdoria)"),
        ("Abdel Rahman Zakhour (Valdoria)", "Abd al-Rahman Zakhur (Valdoria)"),
        ("Mira Solvang, Foreign Minister (Valdoria)", "Miera Solwang, Foreign Minister (Valdoria)"),
        ("Vladimir Putin (RUS)", "Putin, President (RUS)"),
        (", President (UKR)", "Volodymyr Zelensky (UKR)"),
        (", Foreign Minister (RUS)", "Sergey Lavrov, Minister of Foreign Affairs (RUS)"),
    ],
)
def test_one_person_under_several_spellings(one: str, other: str) -> None:
    assert same(one, other) == "same"
    assert same(other, one) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mira Solvang (Valdoria)", "Jonas Solvang (Valdoria)"),
        ("Mira Solvang (Valdoria)", "Piet Harrow (Valdoria)"),
        ("Antony Blinken (USA)", "Joe Biden (USA)"),
        (", President (USA)", ", Secretary of State (USA)"),
    ],
)
def test_two_people_of_one_side_are_two(one: str, other: str) -> None:
    assert same(one, other) == "different"
    assert same(other, one) == "different"


def test_a_state_says_nothing_of_who_it_was() -> None:
    assert same("(Valdoria)", "Mira Solvang (Valdoria)") == "unknown"


def test_an_office_is_its_holder_on_the_day() -> None:
    assert same(", President (USA)", "Joe Biden (USA)", dt.date(2022, 3, 1)) == "same"
    assert same(", President (USA)", "Joe Biden (USA)", dt.date(2018, 3, 1)) == "different"
