"""Contacts: one however often it is told, two where there are two, with who, when, where and whether."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from diptych.annotate.contacts import find_contacts
from diptych.annotate.mentions import find_mentions
from diptych.records import Contact, Document

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge
    from diptych.records import DocumentKind

THURSDAY = dt.date(2031, 3, 13)


class Reader:
    def __init__(self, nlp: Language, knowledge: Knowledge) -> None:
        self.nlp, self.knowledge = nlp, knowledge

    def __call__(
        self, text: str, published: dt.date | None = THURSDAY, kind: DocumentKind = "news", country: str | None = None
    ) -> tuple[Contact, ...]:
        document = Document(id="d", uri="d", text=text, country=country, published=published, kind=kind)
        doc = self.nlp(text)
        actors, mentions = find_mentions(document, doc, self.knowledge)
        found = find_contacts(document, doc, actors, mentions, self.knowledge)
        assert all(text[c.start : c.end] == c.quote for c in found)
        return found


@pytest.fixture(scope="module")
def read(nlp: Language, knowledge: Knowledge) -> Reader:
    return Reader(nlp, knowledge)


def names(contact: Contact) -> list[str | None]:
    return [p.name for p in contact.participants]


def test_one_call_told_three_times_is_one(read: Reader) -> None:
    (call,) = read(
        "Foreign Minister Ilda Maranz of Veloria spoke by telephone with Foreign "
        "Minister Tomas Brekk of Karnovia on "
        "Wednesday. During the call, Maranz thanked Brekk. The conversation lasted about "
        "40 minutes and took place at the "
        "request of the Karnovian side."
    )
    assert (call.kind, call.status, call.date) == ("phone_call", "held", "2031-03-12")
    assert [(p.name, p.office, p.country) for p in call.participants] == [
        ("Ilda Maranz", "Minister of Foreign Affairs", "Veloria"),
        ("Tomas Brekk", "Minister of Foreign Affairs", "Karnovia"),
    ]
    assert call.duration == "about 40 minutes"
    assert call.requested_by == "Karnovian side"


def test_two_meetings_on_one_page_are_two(read: Reader) -> None:
    first, second = read(
        "President Ilda Maranz of Veloria met with President Petra Oldan of Karnovia in "
        "Lindau on Tuesday. On Wednesday, "
        "Maranz held talks with Prime Minister Tomas Brekk of Akitsu."
    )
    assert (names(first), first.date, first.place) == (["Ilda Maranz", "Petra Oldan"], "2031-03-11", "Lindau")
    assert (names(second), second.date) == (["Ilda Maranz", "Tomas Brekk"], "2031-03-12")


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("{A} will meet with {B} on Friday.", "meeting", "planned"),
        ("{A} is set to meet {B}.", "meeting", "planned"),
        ("{A} could meet {B}.", "meeting", "proposed"),
        ("{A} held a video call with {B}.", "video_call", "held"),
        ("{A} and {B} spoke today.", "phone_call", "held"),
        ("{A} called {B}.", "phone_call", "held"),
        ("{A} received {B}.", "meeting", "held"),
        ("{A} was received by {B}.", "meeting", "held"),
        ("{A} paid a courtesy call on {B}.", "meeting", "held"),
        ("A telephone conversation took place between {A} and {B}.", "phone_call", "held"),
    ],
)
def test_kind_and_status(read: Reader, text: str, kind: str, status: str) -> None:
    (contact,) = read(text.format(A="President Ilda Maranz of Veloria", B="President Petra Oldan of Karnovia"))
    assert (contact.kind, contact.status) == (kind, status)
    assert set(names(contact)) == {"Ilda Maranz", "Petra Oldan"}


def test_a_refused_meeting_is_none(read: Reader) -> None:
    assert read("President Ilda Maranz of Veloria did not meet President Petra Oldan of Karnovia.") == ()


def test_the_day_of_a_report_is_not_the_day_of_the_contact(read: Reader) -> None:
    (contact,) = read(
        "The Velorian ministry said on Wednesday that Foreign Minister Ilda Maranz of "
        "Veloria met Foreign Minister Tomas "
        "Brekk of Karnovia."
    )
    assert contact.date is None


def test_no_day_without_publication(read: Reader) -> None:
    (contact,) = read(
        "Foreign Minister Ilda Maranz of Veloria met Foreign Minister Tomas Brekk of Karnovia on Monday.",
        published=None,
    )
    assert (contact.date, contact.precision, contact.date_quote) == (None, "unknown", "Monday")


def test_the_same_day_and_the_meeting_before(read: Reader) -> None:
    found = read(
        "On Tuesday, President Ilda Maranz of Veloria met President Petra Oldan of "
        "Karnovia. Later in the day, Maranz met "
        "Prime Minister Tomas Brekk of Karnovia for their first meeting since October 2026."
    )
    assert [(c.date, c.background) for c in found] == [("2031-03-11", False), ("2031-03-11", False), ("2026-10", True)]
    assert found[1].ordinal == "first since October 2026"
    assert {p.country for p in found[2].participants} == {"Veloria", "Karnovia"}


def test_visits_and_those_who_come_along(read: Reader) -> None:
    found = read("Foreign Minister Ilda Maranz of Veloria is visiting Japan along with Envoy Jon Ask.")
    assert [(c.kind, c.status, c.place) for c in found] == [("visit", "ongoing", "Japan")]
    assert set(names(found[0])) == {"Ilda Maranz", "Jon Ask"}


def test_remarks_to_the_press_are_contacts_of_their_own(read: Reader) -> None:
    found = read(
        "“We are content,” Foreign Minister Ilda Maranz of Veloria told reporters at Lindau Airport on Wednesday."
    )
    assert [(c.kind, c.date, c.place) for c in found] == [("press_conference", "2031-03-12", "Lindau Airport")]


def test_a_party_without_a_name_keeps_its_words(read: Reader) -> None:
    (contact,) = read(
        "Foreign Minister Ilda Maranz of Veloria met with representatives of several companies on Tuesday."
    )
    assert [(p.name, p.office) for p in contact.participants][1:] == [(None, "representatives of several companies")]


def test_the_delegation_is_led_by(read: Reader) -> None:
    (contact,) = read(
        "On March 2, talks on the dam were held in Izmara. The Velorian delegation was "
        "led by Deputy Minister Ilda Maranz.",
        country="Veloria",
        kind="readout",
    )
    assert (contact.date, contact.place, names(contact)) == ("2031-03-02", "Izmara", ["Ilda Maranz"])
    assert contact.participants[0].country == "Veloria"


@pytest.mark.parametrize(
    "text",
    [
        "President Ilda Maranz met the needs of the poor.",
        "The leaders called on Karnovia to continue close consultations and dialogue.",
        "The commission will meet its target.",
        "Karnovia welcomed the decision.",
    ],
)
def test_words_that_are_no_contact(read: Reader, text: str) -> None:
    assert read(text) == ()


def test_a_long_transcript_takes_linear_time(read: Reader) -> None:
    import time

    turn = (
        "SECRETARY MARANZ: Thank you. We met with Foreign Minister Brekk of Karnovia on Monday and spoke about trade.\n"
    )
    short, long = turn * 20, turn * 80
    for text in (short, long):
        read.nlp(text)
    started = time.perf_counter()
    read(short)
    middle = time.perf_counter()
    read(long)
    assert time.perf_counter() - middle < 12 * (middle - started) + 1.0


def test_the_title_tells_the_form_of_what_the_text_only_discusses(nlp: Language, knowledge: Knowledge) -> None:
    text = "The two leaders discussed plans for cooperation."
    document = Document(
        id="d",
        uri="d",
        text=text,
        title="President Levan Oster spoke by telephone with President Petra Oldan of Karnovia",
        country="Veloria",
        kind="readout",
    )
    doc = nlp(text)
    actors, mentions = find_mentions(document, doc, knowledge)
    (call,) = find_contacts(document, doc, actors, mentions, knowledge)
    assert call.kind == "phone_call"
    assert [(p.name, p.country) for p in call.participants] == [("Levan Oster", "Veloria"), ("Petra Oldan", "Karnovia")]


def test_what_went_before_is_background(read: Reader) -> None:
    found = read(
        "Following President Ilda Maranz of Veloria’s fruitful conversation with "
        "President Petra Oldan of Karnovia, Envoy "
        "Jon Ask of Veloria met today with Envoy Tomas Brekk of Karnovia."
    )
    assert [c.background for c in found if "Jon Ask" in names(c)] == [False]


def test_present_tense_with_a_day_ahead_is_planned(read: Reader) -> None:
    (meeting,) = read("Foreign Minister Ilda Maranz of Veloria meets President Tomas Brekk of Karnovia tomorrow.")
    assert (meeting.status, meeting.date) == ("planned", "2031-03-14")


def test_visit_that_still_goes_on_is_ongoing(read: Reader) -> None:
    visit = read("President Tomas Brekk of Karnovia arrived in Lindau on Wednesday on a three-day visit.")[0]
    assert (visit.kind, visit.status, visit.date) == ("visit", "ongoing", "2031-03-12")


def test_second_of_two_coordinated_meetings_is_planned(read: Reader) -> None:
    held, planned = read(
        "Foreign Minister Ilda Maranz of Veloria called on President Tomas Brekk of Karnovia on Tuesday and is "
        "slated to meet Prime Minister Juri Aske on Friday."
    )
    assert (held.status, held.date, names(held)) == ("held", "2031-03-11", ["Ilda Maranz", "Tomas Brekk"])
    assert (planned.status, planned.date, names(planned)) == ("planned", "2031-03-14", ["Ilda Maranz", "Juri Aske"])


def test_joint_news_conference_has_the_day_and_both_speakers_of_the_talks(read: Reader) -> None:
    talks, press = read(
        "Foreign Minister Ilda Maranz of Veloria held talks with President Tomas Brekk of Karnovia on Tuesday. "
        "Maranz told a joint news conference that the talks went well."
    )
    assert (press.kind, press.date, set(names(press))) == ("press_conference", talks.date, set(names(talks)))


def test_later_this_week_is_no_day(read: Reader) -> None:
    (meeting,) = read(
        "Foreign Minister Ilda Maranz of Veloria will meet President Tomas Brekk of Karnovia later this week, "
        "her office said on Monday."
    )
    assert (meeting.status, meeting.date) == ("planned", None)


def test_days_from_one_to_another(read: Reader) -> None:
    (visit,) = read("Foreign Minister Ilda Maranz of Veloria will visit Karnovia from March 20 to 22.")
    assert (visit.date, visit.precision) == ("2031-03-20/2031-03-22", "day")


def test_working_group_of_officials_meets_for_its_states(read: Reader) -> None:
    (group,) = read(
        "A working group of officials from South Korea, Japan and the United States is expected to convene in "
        "Seoul on March 27."
    )
    assert (group.status, group.date) == ("planned", "2031-03-27")
    assert {p.country for p in group.participants} == {"KOR", "JPN", "USA"}


def test_summit_in_passing_is_background_of_the_states_told(read: Reader) -> None:
    found = read(
        "Foreign Minister Ilda Maranz of Veloria met President Tomas Brekk of Karnovia on Tuesday. Maranz recalled "
        "last year's three-way Lindau summit between South Korea, Japan and the United States."
    )
    assert found[1].background
    assert {p.country for p in found[1].participants} == {"KOR", "JPN", "USA"}


def test_official_text_that_never_says_they_met(read: Reader) -> None:
    (contact,) = read(
        "Prime Minister Juri Aske of Karnovia thanked President Ilda Maranz for the help.",
        kind="readout",
        country="Veloria",
    )
    assert set(names(contact)) == {"Juri Aske", "Ilda Maranz"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Tarsia said President Olen Marvek of Tarsia met President Ina Solis of Ortega in Dolna on Monday. "
            "Ortega denied that the meeting took place.",
            "disputed",
        ),
        (
            "Tarsia denied that President Olen Marvek had spoken by phone with President Ina Solis of Ortega.",
            "disputed",
        ),
        ("President Olen Marvek of Tarsia denied holding a meeting with President Ina Solis of Ortega.", "disputed"),
        (
            "President Olen Marvek of Tarsia met President Ina Solis of Ortega on Monday. He denied that his country "
            "supplies arms.",
            "held",
        ),
        ("Ortega did not deny that President Olen Marvek of Tarsia met President Ina Solis of Ortega.", "held"),
    ],
)
def test_a_contact_that_somebody_denies_is_disputed(read: Reader, text: str, status: str) -> None:
    (contact,) = read(text)
    assert contact.status == status


def test_a_dateline_that_the_parse_takes_for_a_subject_hides_nobody(read: Reader) -> None:
    (contact,) = read(
        "Velm TV News (Evening Horizon): On March 13, President Ilmar Tovek held a Sarvenia-Tolmara summit meeting "
        "with Tolmaran President Odell Harrow at the Quay House in Port Ellery."
    )
    assert contact.kind == "summit"
    assert {"Ilmar Tovek", "Odell Harrow"} <= set(names(contact))
