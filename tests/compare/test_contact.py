"""The common contact is put together from both texts; what they tell differently is told, not chosen."""

from __future__ import annotations

import datetime as dt

import pytest

from diptych.compare.contact import common_contact
from diptych.errors import DifferentContacts
from diptych.records import Contact, Document, Participant, Reading


def reading(name: str, *contacts: Contact) -> Reading:
    document = Document(id=name, uri=name, text=name, published=dt.date(2031, 5, 2))
    return Reading(document=document, contacts=contacts)


def contact(*people: Participant, **facts) -> Contact:
    base = {"id": "c", "kind": "phone_call", "status": "held", "date": None, "precision": "unknown"}
    return Contact(**(base | {"quote": "", "start": 0, "end": 0} | facts), participants=people)


MARVEK = Participant(name="Olen Marvek", office="President", country="Tarsia")
MARVEK_SURNAME = Participant(name="Marvec")
SOLIS = Participant(name="Ina Solis", office="Prime Minister", country="Ortega")
OTHER = Participant(name="Bo Lund", office="Foreign Minister", country="Norrby")
THIRD = Participant(name="Ana Reyes", office="Foreign Minister", country="Calla")


def test_facts_of_both_are_joined() -> None:
    a = reading("a", contact(MARVEK_SURNAME, SOLIS, date="2031-05-01", precision="day"))
    b = reading("b", contact(MARVEK, SOLIS, place="Ortega City", duration="forty minutes"))
    common = common_contact(a, b, "Alpha", "Beta")
    assert common.warnings == ()
    found = common.contact
    assert found is not None
    assert (found.date, found.precision, found.place, found.duration) == (
        "2031-05-01",
        "day",
        "Ortega City",
        "forty minutes",
    )
    assert [(p.name, p.office) for p in found.participants] == [
        ("Olen Marvek", "President"),
        ("Ina Solis", "Prime Minister"),
    ]


def test_two_days_are_left_open_and_told() -> None:
    a = reading("a", contact(MARVEK, SOLIS, date="2031-05-01", precision="day"))
    b = reading("b", contact(MARVEK, SOLIS, date="2031-05-02", precision="day"))
    common = common_contact(a, b, "Alpha", "Beta")
    assert common.contact is not None
    assert (common.contact.date, common.contact.precision) == (None, "unknown")
    assert common.warnings == ("The accounts name different days: 2031-05-01 (Alpha) and 2031-05-02 (Beta).",)


def test_the_more_precise_day_wins() -> None:
    a = reading("a", contact(MARVEK, SOLIS, date="2031-05", precision="month"))
    b = reading("b", contact(MARVEK, SOLIS, date="2031-05-01", precision="day"))
    common = common_contact(a, b, "Alpha", "Beta")
    assert common.contact is not None
    assert (common.contact.date, common.contact.precision, common.warnings) == ("2031-05-01", "day", ())


def test_different_contacts_are_refused_unless_wanted() -> None:
    a, b = reading("a", contact(MARVEK, SOLIS)), reading("b", contact(OTHER, THIRD))
    with pytest.raises(DifferentContacts, match="Olen Marvek"):
        common_contact(a, b, "Alpha", "Beta")
    assert "different contacts" in common_contact(a, b, "Alpha", "Beta", anyway=True).warnings[0]


def test_the_contact_that_both_tell_is_found_among_several() -> None:
    a = reading("a", contact(MARVEK, OTHER, kind="meeting"), contact(MARVEK, SOLIS))
    b = reading("b", contact(SOLIS, MARVEK))
    found = common_contact(a, b, "Alpha", "Beta").contact
    assert found is not None
    assert {p.name for p in found.participants} == {"Olen Marvek", "Ina Solis"}


def test_a_text_without_a_contact_takes_the_others() -> None:
    a, b = reading("a"), reading("b", contact(MARVEK, SOLIS))
    assert common_contact(a, b, "Alpha", "Beta").contact == b.contacts[0]
    assert common_contact(a, a, "Alpha", "Beta").contact is None
