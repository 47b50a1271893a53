"""Contacts against each other: days counted from another, one text of many contacts, conferences, titles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from diptych.annotate import annotate
from diptych.records import Contact, Document

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge
    from diptych.records import DocumentKind

Read = Callable[..., tuple[Contact, ...]]
PAIR = "President Ilda Maranz of Veloria met Prime Minister Tomas Brekk of Karnovia"


@pytest.fixture(scope="module")
def read(nlp: Language, knowledge: Knowledge) -> Read:
    def run(
        text: str,
        kind: DocumentKind = "news",
        country: str | None = None,
        title: str | None = None,
        published: dt.date = dt.date(2031, 3, 13),
    ) -> tuple[Contact, ...]:
        document = Document(id="d", uri="d", text=text, country=country, published=published, kind=kind, title=title)
        reading = annotate(document, nlp(text), knowledge)
        for contact in reading.contacts:
            assert text[contact.start : contact.end] == contact.quote
            assert contact.time_quote is None or contact.time_quote in text
        return reading.contacts

    return run


def people(contact: Contact) -> list[tuple[str | None, str | None, str | None]]:
    return [(p.name, p.office, p.country) for p in contact.participants]


def test_clock_time_is_kept_with_its_words(read: Read) -> None:
    (call,) = read(
        "Foreign Minister Ilda Maranz of Veloria spoke by telephone with Foreign Minister Tomas Brekk of Karnovia. "
        "The call, which began at 8:30 p.m. Wednesday, Lindau time, lasted 40 minutes."
    )
    assert (call.date, call.time, call.time_quote) == ("2031-03-12", "20:30", "8:30 p.m.")


def test_a_day_counted_from_the_contact_told_before(read: Read) -> None:
    meeting, call = read(
        f"{PAIR} in Lindau on Wednesday. The meeting came two days after Maranz spoke by telephone with "
        "President Petra Oldan of Akitsu."
    )
    assert (meeting.date, call.kind, call.date) == ("2031-03-12", "phone_call", "2031-03-10")


def test_before_a_meeting_says_nothing_of_when_they_met(read: Read) -> None:
    meeting, call = read(
        f"{PAIR} on Wednesday. Foreign Minister Ewa Dorn of Veloria had telephoned Foreign Minister Aune Salo of "
        "Karnovia a day before the leaders met."
    )
    assert meeting.date == "2031-03-12"
    assert (call.kind, call.date, len(call.participants)) == ("phone_call", "2031-03-11", 2)


def test_the_day_of_a_statement_is_not_the_same_day(read: Read) -> None:
    _, second = read(
        "Foreign Minister Ilda Maranz of Veloria met Foreign Minister Tomas Brekk of Karnovia on Tuesday, the ministry "
        "said in a statement on Thursday. The same day, she called on Prime Minister Petra Oldan of Karnovia."
    )
    assert second.date == "2031-03-11"


def test_a_dateline_dates_the_report_not_the_contact(read: Read) -> None:
    (meeting,) = read(f"LINDAU, March 13 (Meridian) -- {PAIR}, the presidency said.")
    assert meeting.date is None


def test_a_day_that_does_not_exist_stays_open(read: Read) -> None:
    (meeting,) = read(f"{PAIR} on February 30, 2031.")
    assert (meeting.date, meeting.precision, meeting.date_quote) == (None, "unknown", "February 30, 2031")


@pytest.mark.parametrize(
    "words",
    [
        "met separately with Foreign Minister Tomas Brekk of Karnovia and Foreign Minister Petra Oldan of Akitsu",
        "held bilateral meetings with Foreign Minister Tomas Brekk of Karnovia and Foreign Minister Petra Oldan of "
        "Akitsu",
    ],
)
def test_several_counterparts_are_met_one_by_one(read: Read, words: str) -> None:
    first, second = read(f"Foreign Minister Ilda Maranz of Veloria {words} on Wednesday.")
    assert [c.kind for c in (first, second)] == ["meeting", "meeting"]
    assert [p[0] for p in people(first)] == ["Ilda Maranz", "Tomas Brekk"]
    assert [p[0] for p in people(second)] == ["Ilda Maranz", "Petra Oldan"]


def test_ministers_without_names_are_not_the_presidents(read: Read) -> None:
    presidents, ministers = read(
        f"{PAIR} on Wednesday. The talks followed a meeting of the trade ministers of the two countries in Lindau on "
        "March 3."
    )
    assert [p[0] for p in people(presidents)] == ["Ilda Maranz", "Tomas Brekk"]
    assert people(ministers) == [(None, "Minister of Trade", "Veloria"), (None, "Minister of Trade", "Karnovia")]
    assert ministers.date == "2031-03-03"


def test_who_is_invited_is_who_visits(read: Read) -> None:
    contacts = read(f"{PAIR} on Wednesday. President Maranz invited Prime Minister Brekk to visit Veloria.")
    visit = next(c for c in contacts if c.kind == "visit")
    assert (visit.status, [p[0] for p in people(visit)]) == ("proposed", ["Tomas Brekk"])


def test_a_summit_called_off_is_not_the_one_held(read: Read) -> None:
    held, off = read(
        f"{PAIR} on Wednesday. A summit between Maranz and Brekk that had been scheduled for June was cancelled."
    )
    assert (held.status, off.status, off.kind) == ("held", "cancelled", "summit")


def test_a_conference_is_where_they_met(read: Read) -> None:
    (meeting,) = read(
        "At the Lindau Security Conference on Wednesday, Foreign Minister Ilda Maranz of Veloria spoke with Foreign "
        "Minister Tomas Brekk of Karnovia."
    )
    assert (meeting.kind, meeting.date) == ("meeting", "2031-03-12")


def test_the_next_round_is_between_the_two_states(read: Read) -> None:
    contacts = read(
        "Foreign Minister Tomas Brekk of Karnovia met Foreign Minister Ilda Maranz in Lindau on Wednesday. The next "
        "round of political consultations will be held in Tarn later this year.",
        kind="readout",
        country="Veloria",
    )
    planned = [c for c in contacts if c.status == "planned"]
    assert [(c.date, sorted(p.country or "" for p in c.participants)) for c in planned] == [
        ("2031", ["Karnovia", "Veloria"])
    ]


def test_the_title_names_whom_an_official_text_leaves_out(read: Read) -> None:
    text = (
        "The discussion of developments in the region continued. The President of Veloria noted that fighting went on."
    )
    (call,) = read(text, "readout", "Veloria", "Telephone conversation with President of Karnovia Petra Oldan")
    assert (call.kind, call.status) == ("phone_call", "held")
    assert people(call) == [(None, "President", "Veloria"), ("Petra Oldan", "President", "Karnovia")]


def test_the_title_gives_the_day_that_the_text_leaves_out(read: Read) -> None:
    text = "Foreign Minister Ilda Maranz met Foreign Minister Petra Oldan of Karnovia."
    (meeting,) = read(text, "readout", "Veloria", "Meeting with Foreign Minister Petra Oldan, 11 March 2031")
    assert (meeting.date, meeting.precision, meeting.date_quote) == ("2031-03-11", "day", None)


def test_a_style_stands_for_who_bears_it(read: Read) -> None:
    contacts = read(
        "His Highness Sheikh Faisal bin Rashid, Minister of Foreign Affairs, met Foreign Minister Tomas Brekk of "
        "Karnovia today. His Highness had a telephone call yesterday with Her Excellency Petra Oldan, Minister of "
        "Foreign Affairs of Southern Akitsu.",
        kind="readout",
        country="Veloria",
    )
    call = next(c for c in contacts if c.kind == "phone_call")
    assert call.date == "2031-03-12"
    assert people(call) == [
        ("Faisal bin Rashid", "Minister of Foreign Affairs", "Veloria"),
        ("Petra Oldan", "Minister of Foreign Affairs", "Southern Akitsu"),
    ]


def test_short_forms_of_titles_are_those_of_the_text(read: Read) -> None:
    contacts = read(
        "Senior Minister (SM) Ewa Dorn visited Karnovia from 10 to 12 March 2031. SM Dorn met Prime Minister Tomas "
        "Brekk of Karnovia.",
        kind="readout",
        country="Veloria",
    )
    meeting = next(c for c in contacts if c.kind == "meeting")
    assert people(meeting)[0] == ("Ewa Dorn", "Senior Minister", "Veloria")


def test_a_council_of_a_bloc_is_not_its_commission(read: Read) -> None:
    (call,) = read(
        "President Ilda Maranz held a video conference with President of the European Council Ivo Maric.",
        kind="readout",
        country="Veloria",
    )
    assert people(call)[1] == ("Ivo Maric", "President of the European Council", "EU")


def test_who_asked_for_the_call(read: Read) -> None:
    (call,) = read(
        "Foreign Minister Ilda Maranz of Veloria spoke by phone with Foreign Minister Tomas Brekk of Karnovia on "
        "Tuesday at the latter's request."
    )
    assert call.requested_by == "Tomas Brekk"


def test_a_text_in_capitals_names_nobody(read: Read) -> None:
    assert read("FOREIGN MINISTER ILDA MARANZ OF VELORIA MET HER KARNOVIAN COUNTERPART TOMAS BREKK ON MONDAY.") == ()


def test_who_says_i_in_a_statement_is_whom_its_title_names(read: Read) -> None:
    (call,) = read(
        "This morning, I spoke with President Petra Oldan of Karnovia to discuss the ceasefire.",
        kind="readout",
        country="Veloria",
        title="Statement by President Ilda Maranz on Call with President Oldan of Karnovia",
    )
    assert (call.kind, call.date, [p[0] for p in people(call)]) == (
        "phone_call",
        "2031-03-13",
        ["Ilda Maranz", "Petra Oldan"],
    )


def test_a_host_is_told_of_with_the_conference(read: Read) -> None:
    summit, visit = read(
        "Karnovia is hosting the Summit for Rivers in Lindau next month. Foreign Minister Ilda Maranz of Veloria will "
        "travel to Akitsu on Friday, and the President of Karnovia, Petra Oldan, stays at home."
    )
    assert (summit.kind, summit.status, summit.format) == ("multilateral", "planned", "Summit for Rivers")
    assert [p[2] for p in people(summit)] == ["Karnovia"]
    assert visit.kind == "visit"


def test_a_day_belongs_to_the_contact_that_is_told_of_not_to_the_telling(read: Read) -> None:
    remarks, call = read(
        "Foreign Minister Ilda Maranz of Veloria told reporters that she had spoken by phone with Foreign Minister "
        "Tomas Brekk of Karnovia on Monday."
    )
    assert (remarks.kind, remarks.date) == ("press_conference", None)
    assert (call.kind, call.date) == ("phone_call", "2031-03-10")
