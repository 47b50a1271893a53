"""What is one person's is told in one place."""

from __future__ import annotations

import datetime as dt

from diptych.archive.people import as_one
from diptych.store import KnownPerson


def known(name: str, country: str | None, office: str | None, documents: int, day: int, first: int = 0) -> KnownPerson:
    """A person in so many documents, whose ids are numbers from ``first`` on."""
    date = dt.date(2031, 1, day)
    return KnownPerson(
        name=name,
        country=country,
        office=office,
        office_from="table",
        document_ids=frozenset(str(number) for number in range(first, first + documents)),
        first=date,
        last=date,
    )


def test_a_state_that_a_text_leaves_out_is_the_one_that_others_tell() -> None:
    (one,) = as_one([known("Ada Bell", None, "President", 2, 3), known("Ada Bell", "Lakemark", "President", 3, 9, 2)])
    assert (one.country, one.documents) == ("Lakemark", 5)
    assert (one.first, one.last) == (dt.date(2031, 1, 3), dt.date(2031, 1, 9))


def test_a_document_in_two_rows_counts_once() -> None:
    (one,) = as_one([known("Ada Bell", None, "President", 2, 3), known("Ada Bell", "Lakemark", "President", 3, 9, 1)])
    assert one.documents == 4


def test_namesakes_and_offices_stay_apart() -> None:
    people = [
        known("Ada Bell", "Lakemark", "President", 3, 1),
        known("Ada Bell", "Veldara", "President", 2, 2),
        known("Ada Bell", None, "President", 1, 3),
        known("Ada Bell", "Lakemark", "Prime Minister", 4, 4),
        known("Rolf Anders", None, None, 1, 5),
    ]
    assert sorted(as_one(people), key=str) == sorted(people, key=str)
    assert [one.documents for one in as_one(people)] == [4, 3, 2, 1, 1]
