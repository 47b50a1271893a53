"""The contact that a title tells of: its form, its day, and whose contact it was."""

from __future__ import annotations

import datetime as dt

import pytest

from diptych.gather.titles import TitleContact, title_contact
from diptych.knowledge import Knowledge
from diptych.records import Actor, Document, DocumentKind, Reading

ACTORS = (
    Actor(id="a1", kind="state", name="Valdoria", country="Valdoria"),
    Actor(id="a2", kind="state", name="Tolmara", country="Tolmara"),
    Actor(id="a3", kind="person", name="Mira Solvang", country="Valdoria", office="President"),
    Actor(id="a4", kind="person", name="Odell Harrow", country="Tolmara", office="Prime Minister"),
    Actor(id="a5", kind="person", name="Ines Solvang", country="Healthcare", office="Minister"),
)


def told(
    knowledge: Knowledge,
    title: str,
    *,
    country: str = "Valdoria",
    publisher: str = "Office of the President, Valdoria",
    day: str = "2022-03-10",
    kind: DocumentKind = "readout",
    text: str = "They met.",
    actors: tuple[Actor, ...] = ACTORS,
) -> TitleContact | None:
    document = Document(
        id="d",
        uri="https://valdoria.example/1",
        text=text,
        title=title,
        country=country,
        publisher=publisher,
        published=dt.date.fromisoformat(day),
        kind=kind,
    )
    return title_contact(Reading(document=document, actors=actors), knowledge)


def who(found: TitleContact | None) -> list[tuple[str | None, str | None]]:
    assert found is not None
    return [(one.name, one.country) for one in found.participants]


@pytest.mark.parametrize(
    ("title", "kind", "planned"),
    [
        ("Readout of President Solvang’s Call with Prime Minister Harrow", "phone_call", False),
        ("Mira Solvang had a telephone conversation with Odell Harrow", "phone_call", False),
        ("Mira Solvang spoke by video conference with Odell Harrow", "video_call", False),
        ("Remarks by Mira Solvang and Odell Harrow Before Bilateral Meeting", "meeting", False),
        ("Mira Solvang and Odell Harrow at a Joint Press Availability", "press_conference", False),
        ("On March 12, Mira Solvang will hold talks with Odell Harrow", "meeting", True),
        ("Statement on Mira Solvang’s Upcoming Call with Odell Harrow", "phone_call", True),
        ("Joint Statement by Mira Solvang and Odell Harrow", "other", False),
        ("Official Visit of Odell Harrow, received by Mira Solvang", "meeting", False),
    ],
)
def test_form_and_people(knowledge: Knowledge, title: str, kind: str, planned: bool) -> None:
    found = told(knowledge, title)
    assert found is not None
    assert (found.kind, found.planned, found.between_sides) == (kind, planned, True)
    assert set(who(found)) == {("Mira Solvang", "Valdoria"), ("Odell Harrow", "Tolmara")}


@pytest.mark.parametrize(
    "title",
    [
        "Condolences to Odell Harrow",
        "Daily Press Briefing, 10 March 2022",
        "Written Reply to Parliamentary Question on Tolmara",
        "Public Schedule – March 10, 2022",
    ],
)
def test_titles_of_other_matters_tell_of_no_contact(knowledge: Knowledge, title: str) -> None:
    found = told(knowledge, title)
    assert found is not None
    assert found.kind is None
    assert not found.between_sides


def test_a_title_without_a_form_is_none(knowledge: Knowledge) -> None:
    assert told(knowledge, "Grain harvest in Tolmara doubles") is None


def test_whoever_publishes_takes_part_where_only_the_other_is_named(knowledge: Knowledge) -> None:
    found = told(knowledge, "Telephone conversation with Prime Minister of Tolmara Odell Harrow")
    assert who(found) == [(None, "Valdoria"), ("Odell Harrow", "Tolmara")]
    found = told(
        knowledge, "Meeting with Odell Harrow", country="UKR", publisher="President of Ukraine", day="2022-03-10"
    )
    assert who(found) == [("Volodymyr Zelenskyy", "UKR"), ("Odell Harrow", "Tolmara")]


def test_an_office_is_its_holder_on_the_day(knowledge: Knowledge) -> None:
    found = told(knowledge, "Mira Solvang spoke with the President of France", day="2022-03-10")
    assert who(found)[-1] == ("Emmanuel Macron", "FRA")
    found = told(knowledge, "Mira Solvang spoke with the President of France", day="2008-03-10")
    assert who(found)[-1] == ("Nicolas Sarkozy", "FRA")


def test_a_family_name_behind_an_office_is_the_holders_not_a_relatives(knowledge: Knowledge) -> None:
    relatives = (*ACTORS, Actor(id="r", kind="person", name="Jill Biden", country="USA", office="First Lady"))
    found = told(knowledge, "President Biden’s Call with Odell Harrow", country="USA", actors=relatives)
    assert who(found) == [("Joe Biden", "USA"), ("Odell Harrow", "Tolmara")]


def test_a_spokesperson_takes_no_part(knowledge: Knowledge) -> None:
    spoken = (*ACTORS, Actor(id="s", kind="person", name="Una Prell", country="Valdoria", office="Press Secretary"))
    found = told(
        knowledge, "Statement by Press Secretary Una Prell on Mira Solvang’s Call with Odell Harrow", actors=spoken
    )
    assert who(found) == [("Mira Solvang", "Valdoria"), ("Odell Harrow", "Tolmara")]


def test_a_topic_and_a_place_are_no_sides(knowledge: Knowledge) -> None:
    found = told(knowledge, "Mira Solvang’s Meeting with Odell Harrow on Haiti")
    assert set(who(found)) == {("Mira Solvang", "Valdoria"), ("Odell Harrow", "Tolmara")}
    found = told(knowledge, "Mira Solvang’s Meeting with Odell Harrow in Norway")
    assert set(who(found)) == {("Mira Solvang", "Valdoria"), ("Odell Harrow", "Tolmara")}


def test_people_of_a_nation_are_not_its_government(knowledge: Knowledge) -> None:
    found = told(knowledge, "Mira Solvang met with Canadian businessmen")
    assert found is not None
    assert not found.between_sides
    assert found.with_others
    found = told(knowledge, "Mira Solvang met with Canadian officials")
    assert found is not None
    assert found.between_sides


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Mira Solvang’s Meeting with Odell Harrow, 9 March 2022", "2022-03-09"),
        ("On March 12, Mira Solvang will meet with Odell Harrow", "2022-03-12"),
        ("Visit by Odell Harrow to Valdoria, 12 to 14 March 2022", "2022-03-12/2022-03-14"),
        ("Mira Solvang’s Meeting with Odell Harrow, 31 February 2022", None),
        ("Mira Solvang’s Meeting with Odell Harrow on the treaty of 9 March 1987", None),
        ("Mira Solvang’s Meeting with Odell Harrow", None),
    ],
)
def test_the_day_in_a_title(knowledge: Knowledge, title: str, date: str | None) -> None:
    found = told(knowledge, title)
    assert found is not None
    assert found.date == date


def test_a_joint_paper_is_of_the_states_in_whose_name_it_opens(knowledge: Knowledge) -> None:
    text = "The French Republic, the United Kingdom and the United States of America affirm that seas are free.\nMore."
    title = "Joint Statement of the Leaders of the Coastal States"
    found = told(knowledge, title, country="USA", kind="joint_statement", text=text)
    assert who(found) == [(None, "FRA"), (None, "GBR"), (None, "USA")]
    foreign = told(knowledge, title, country="NOR", kind="joint_statement", text=text)
    assert foreign is not None
    assert not foreign.between_sides
