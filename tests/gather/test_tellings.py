"""Which contacts a document tells of as accounts."""

from __future__ import annotations

import datetime as dt

from diptych.gather import tellings_of
from diptych.knowledge import Knowledge
from diptych.records import (
    Account,
    Actor,
    Contact,
    ContactKind,
    ContactStatus,
    Document,
    DocumentKind,
    Reading,
    Telling,
)
from tests.gather.builders import people

ACTORS = (
    Actor(id="a1", kind="state", name="Valdoria", country="Valdoria"),
    Actor(id="a2", kind="state", name="Tolmara", country="Tolmara"),
    Actor(id="a3", kind="person", name="Mira Solvang", country="Valdoria", office="President"),
    Actor(id="a4", kind="person", name="Odell Harrow", country="Tolmara", office="Prime Minister"),
)
BOTH = ("Mira Solvang (Valdoria)", "Odell Harrow (Tolmara)")


def contact(
    name: str,
    *who: str,
    kind: ContactKind = "phone_call",
    start: int = 0,
    date: str | None = None,
    status: ContactStatus = "held",
    background: bool = False,
) -> Contact:
    return Contact(
        id=name,
        kind=kind,
        status=status,
        date=date,
        precision="day" if date else "unknown",
        participants=people(*who),
        quote="",
        start=start,
        end=start,
        background=background,
    )


def tellings(
    knowledge: Knowledge,
    title: str,
    *contacts: Contact,
    country: str | None = "Valdoria",
    kind: DocumentKind = "readout",
    accounts: tuple[Account, ...] = (),
) -> tuple[Telling, ...]:
    document = Document(
        id="d",
        uri="https://valdoria.example/1",
        text="They spoke.",
        title=title,
        country=country,
        publisher="Office of the President, Valdoria" if country else "The Harbour Post",
        published=dt.date(2031, 5, 2),
        kind=kind,
    )
    return tellings_of(Reading(document=document, actors=ACTORS, contacts=contacts, accounts=accounts), knowledge)


CALL = "Mira Solvang’s Call with Odell Harrow"


def test_the_contact_of_the_title_leads_and_what_is_mentioned_does_not(knowledge: Knowledge) -> None:
    found = tellings(
        knowledge,
        CALL,
        contact("call", *BOTH, date="2031-05-02"),
        contact("before", *BOTH, kind="meeting", date="2030-11-20", background=True, start=300),
    )
    assert [(one.contact.id, one.lead, one.side, one.via) for one in found] == [
        ("call", True, "Valdoria", None),
        ("before", False, "Valdoria", None),
    ]


def test_the_title_names_those_whom_the_text_calls_the_two_leaders(knowledge: Knowledge) -> None:
    (found,) = tellings(knowledge, CALL, contact("talk", "(Valdoria)", "(Tolmara)", kind="meeting", start=200))
    assert found.contact.kind == "phone_call"
    assert {one.name for one in found.contact.participants} == {"Mira Solvang", "Odell Harrow"}


def test_a_title_tells_of_a_contact_that_the_text_does_not_state(knowledge: Knowledge) -> None:
    (found,) = tellings(knowledge, CALL)
    assert (found.lead, found.contact.kind, found.contact.status, found.contact.quote) == (
        True,
        "phone_call",
        "held",
        "",
    )


def test_remarks_before_a_meeting_are_of_a_meeting_that_was_held(knowledge: Knowledge) -> None:
    (found,) = tellings(
        knowledge,
        "Remarks by Mira Solvang and Odell Harrow Before Bilateral Meeting",
        contact("meeting", *BOTH, kind="meeting", status="planned"),
        kind="transcript",
    )
    assert found.contact.status == "held"


def test_what_is_said_again_of_a_contact_is_told_once(knowledge: Knowledge) -> None:
    found = tellings(knowledge, CALL, contact("call", *BOTH), contact("again", *BOTH, kind="other", start=500))
    assert [one.contact.id for one in found] == ["call"]


def test_a_paper_on_a_visit_tells_of_each_meeting_of_it(knowledge: Knowledge) -> None:
    found = tellings(
        knowledge,
        "Visit of Odell Harrow to Valdoria, 1 to 3 May 2031",
        contact("visit", "Odell Harrow (Tolmara)", "(Valdoria)", kind="visit"),
        contact("meeting", "Odell Harrow (Tolmara)", "Jonas Velt (Valdoria)", kind="meeting", start=300),
    )
    assert [(one.contact.id, one.lead, one.contact.date) for one in found] == [
        ("visit", True, "2031-05-01/2031-05-03"),
        ("meeting", True, "2031-05-01/2031-05-03"),
    ]


def test_a_visit_spoken_of_in_a_call_is_not_the_call(knowledge: Knowledge) -> None:
    visit = contact("visit", "Odell Harrow (Tolmara)", kind="visit", date="2031-05-08", status="planned")
    found = tellings(knowledge, CALL, visit)
    assert [(one.contact.kind, one.contact.status, one.lead) for one in found][:1] == [("phone_call", "held", True)]


def test_contacts_within_one_state_are_left_out(knowledge: Knowledge) -> None:
    inside = contact("inside", "Mira Solvang (Valdoria)", "Jonas Velt (Valdoria)", kind="meeting")
    assert tellings(knowledge, "Mira Solvang met with Jonas Velt", inside) == ()


def test_a_field_that_is_no_state_makes_no_side(knowledge: Knowledge) -> None:
    inside = contact("inside", "Mira Solvang (Valdoria)", "Velt (Healthcare)", kind="meeting")
    assert tellings(knowledge, "Working meeting on clinics", inside) == ()


def test_the_press_reports_both_sides(knowledge: Knowledge) -> None:
    accounts = tuple(
        Account(side=side, via="The Harbour Post", statements=(), contact="call") for side in ("Valdoria", "Tolmara")
    )
    found = tellings(
        knowledge, "Solvang and Harrow talk grain", contact("call", *BOTH), country=None, kind="news", accounts=accounts
    )
    assert [(one.side, one.via, one.lead) for one in found] == [
        ("Valdoria", "The Harbour Post", True),
        ("Tolmara", "The Harbour Post", True),
    ]


def test_a_government_that_reports_the_other_sides_words_gives_two_tellings(knowledge: Knowledge) -> None:
    reported = Account(side="Tolmara", via="Office of the President, Valdoria", statements=(), contact="call")
    found = tellings(knowledge, CALL, contact("call", *BOTH), accounts=(reported,))
    assert [(one.side, one.via) for one in found] == [
        ("Valdoria", None),
        ("Tolmara", "Office of the President, Valdoria"),
    ]
    assert len({one.id for one in found}) == 2
