"""Views of an archive: what they name, how they fit a terminal, and what programs get."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from diptych.archive.add import Summary
from diptych.archive.history import Revision
from diptych.records import Change, GatheredContact, HeldAccount, Participant
from diptych.report.added import summary_json, summary_terminal
from diptych.report.archive import between, contact_terminal, contacts_csv, contacts_terminal
from diptych.report.found import hits_terminal
from diptych.report.history import history_terminal
from diptych.store import Hit, Refusal, Version

MOMENT = dt.datetime(2031, 3, 1, 12, tzinfo=dt.UTC)


def person(name: str, side: str) -> Participant:
    return Participant(name=name, office="Minister of Foreign Affairs", country=side, side=side)


CONTACT = GatheredContact(
    id="gathered-0123456789abcdef",
    kind="phone_call",
    status="planned",
    date="2031-03-01",
    precision="day",
    place="Port Ellery",
    participants=(person("Ada Bell", "Lakemark"), person("Ina Solis", "Veldara"), person("Rolf Anders", "Veldara")),
    accounts=(
        HeldAccount(
            side="Lakemark",
            publisher="=Ministry",
            document="doc-1",
            uri="https://lakemark.example/1",
            published=dt.date(2031, 3, 1),
            telling="telling-1",
            title="Call with Minister Solis",
        ),
        HeldAccount(
            side="Veldara",
            publisher="Daily Courier",
            document="doc-2",
            uri="https://courier.example/2",
            published=None,
            telling="telling-2",
            via="Daily Courier",
            lead=False,
        ),
    ),
    because=("Both tell of a call of Ada Bell and Ina Solis.",),
    silent=("Veldara",),
)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_table_of_contacts_fits_the_terminal(width: int) -> None:
    view = contacts_terminal([CONTACT] * 3, width)
    assert max(map(len, view.splitlines())) <= width
    assert view.count("01234567") == 3
    assert ("Port" in view) == (width >= 110)
    assert "3 contacts" in view


def test_a_contact_tells_whose_accounts_there_are_and_whose_not() -> None:
    view = contact_terminal(CONTACT, 100)
    assert "Lakemark, =Ministry, 2031-03-01, “Call with Minister Solis”" in view
    assert "Veldara, as reported by Daily Courier, day of publication unknown, in passing" in view
    assert "Veldara: no account of its own published that we know of" in view
    assert "Both tell of a call" in view


def test_many_participants_are_told_in_short() -> None:
    sides = [person(f"Minister {n}", f"State {n}") for n in range(7)]
    assert between(sides).endswith("– 3 more")
    assert between([person(f"Envoy {n}", "Veldara") for n in range(4)]) == "Veldara (Envoy 0, Envoy 1 and 2 more)"
    assert between([]) == "not named"


def test_a_spreadsheet_runs_nothing() -> None:
    first, second = csv.DictReader(io.StringIO(contacts_csv([CONTACT])))
    assert first["account_publisher"] == "'=Ministry"
    assert (second["account_via"], second["account_published"]) == ("Daily Courier", "")


def test_no_contacts_and_no_hits_are_said_in_words() -> None:
    assert "No contact" in contacts_terminal([])
    assert "Nothing" in hits_terminal([])


def summary(refused: int = 0) -> Summary:
    refusals = tuple(
        Refusal(
            uri=f"page-{n}.txt", source="pages", reason="It is empty", remedy="Save the page again", tried_at=MOMENT
        )
        for n in range(refused)
    )
    return Summary(
        added=1200,
        unread=3,
        known=7,
        skipped=1,
        refused_by={"There is nothing in it": 25} if refused else {},
        refused=refusals,
        contacts=345,
        seconds=125.0,
        warnings=("2 of 9 texts are short",),
    )


def test_a_summary_for_people() -> None:
    view = summary_terminal(summary(20), "archive.db")
    assert "Added 1,200 documents to archive.db in 2 min 05 s (9.6 documents/s)" in view
    assert "Known already: 7" in view
    assert "Warning: 2 of 9 texts are short." in view
    assert "  25: there is nothing in it" in view
    assert view.count("Save the page again.") == 20
    assert "and 5 more" in view
    assert "Refused" not in summary_terminal(summary(), "archive.db")


def test_a_summary_for_programs() -> None:
    value = json.loads(summary_json(summary(20)))
    assert value["schema"] == "diptych.added/1"
    assert (value["added"], value["refused"], value["unread_language"]) == (1200, 25, 3)
    assert value["refusals"][0] == {"uri": "page-0.txt", "reason": "It is empty", "remedy": "Save the page again"}


def test_hits_are_marked_in_colour_or_by_brackets() -> None:
    hit = Hit(
        id="statement-0123456789abcdef",
        document="doc-1",
        quote="to reopen the\nborder crossing",
        start=10,
        end=39,
        spans=((14, 20),),
        score=1.0,
        uri="https://lakemark.example/1",
        title="Call with Minister Solis",
        publisher="Ministry",
        country="Lakemark",
        published=dt.date(2031, 3, 1),
        source="Ada Bell",
        act="agree",
    )
    assert "to reopen the [border] crossing" in hits_terminal([hit])
    coloured = hits_terminal([hit], color=True)
    assert "[border]" not in coloured
    assert "\x1b[" in coloured


def test_a_history_tells_substance_and_counts_the_rest() -> None:
    def version(day: int, document: str) -> Version:
        moment = MOMENT + dt.timedelta(days=day)
        return Version(
            uri="https://lakemark.example/1",
            document=document,
            title="Call",
            published=dt.date(2031, 3, 1 + day),
            updated=None,
            fetched_at=moment,
            last_fetched_at=moment,
        )

    changes = (
        Change(before="fourteen", after="twelve", start=3, end=9, substance="number"),
        Change(before="colour", after="color", start=20, end=25, substance=None),
    )
    revisions = [
        Revision(version(0, "doc-1"), first=True),
        Revision(
            version(1, "doc-2"),
            first=False,
            changes=changes,
            redated=(dt.date(2031, 3, 1), dt.date(2031, 3, 2)),
        ),
    ]
    view = history_terminal(revisions, 100)
    assert "re-dated by its publisher: 2031-03-01 → 2031-03-02" in view
    assert "number: “fourteen” → “twelve”" in view
    assert "1 trivial edit (--all shows them)" in view
    assert "colour" not in view
    assert "trivial: “colour” → “color”" in history_terminal(revisions, 100, everything=True)
