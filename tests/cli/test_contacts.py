"""The commands that ask an archive: what they print for people and for programs, and how they say no."""

from __future__ import annotations

import csv
import io
import json
import os
import pwd
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from diptych.archive.regather import out_of_date, regather
from diptych.cli.main import app, register
from diptych.errors import ComparisonError, DiptychError, UnknownId, UnwritableStore, UsageError
from diptych.models.encoder import load_encoder
from diptych.pipeline import Engine
from diptych.records import Correction
from diptych.store import Store
from tests.archive.building import FETCHED, put
from tests.archive.documents import accounts

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

register()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, nlp: Language) -> Path:
    """Four contacts, three with the accounts of both sides and the last with that of one."""
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    with Store.open(path) as store:
        put(store, Engine(knowledge, nlp), list(accounts(4, length=5))[:7])
        regather(store, knowledge)
    return path


def call(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--db", str(archive), *arguments], env={"COLUMNS": "120"})


def told(archive: Path, *arguments: str) -> str:
    result = call(archive, *arguments)
    assert result.exception is None, result.exception
    return result.output


def printed(archive: Path, *arguments: str) -> Any:
    return json.loads(told(archive, *arguments, "--format", "json"))


def refused(archive: Path, kind: type[DiptychError], *arguments: str) -> str:
    result = call(archive, *arguments)
    assert isinstance(result.exception, kind), result.exception
    return str(result.exception)


@pytest.fixture(scope="module")
def contacts(archive: Path) -> list[dict[str, Any]]:
    return list(printed(archive, "contacts")["contacts"])


def test_contacts_for_programs(archive: Path, contacts: list[dict[str, Any]]) -> None:
    assert printed(archive, "contacts")["schema"] == "diptych.contacts/1"
    assert [contact["date"] for contact in contacts] == ["2031-01-06", "2031-01-09", "2031-01-12", "2031-01-15"]
    first = contacts[0]
    required = {"id", "kind", "status", "date", "precision", "place", "participants", "accounts"}
    assert required <= first.keys()
    assert (first["kind"], first["status"], first["precision"]) == ("phone_call", "held", "day")
    assert {person["side"] for person in first["participants"]} == {held["side"] for held in first["accounts"]}
    for person in first["participants"]:
        assert person.keys() == {"name", "office", "country", "side"}
        assert person["office"] == "Minister of Foreign Affairs"
    own = [held for held in first["accounts"] if held["via"] is None]
    assert len({held["document"] for held in own}) == 2
    for held in own:
        assert {"side", "publisher", "document", "uri", "published", "via"} <= held.keys()
        assert held["uri"].startswith("https://")
        assert held["published"] == "2031-01-06"


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        (("--since", "2031-01-10"), {"2031-01-12", "2031-01-15"}),
        (("--until", "2031-01-09"), {"2031-01-06", "2031-01-09"}),
        (("--since", "2031-01", "--until", "2031-01"), {"2031-01-06", "2031-01-09", "2031-01-12", "2031-01-15"}),
        (("--since", "2032"), set()),
        (("--limit", "2"), {"2031-01-06", "2031-01-09"}),
        (("--two-sided",), {"2031-01-06", "2031-01-09", "2031-01-12"}),
        (("--kind", "meeting"), set()),
        (("--status", "planned"), set()),
    ],
)
def test_contacts_are_filtered(archive: Path, arguments: tuple[str, ...], days: set[str]) -> None:
    assert {contact["date"] for contact in printed(archive, "contacts", *arguments)["contacts"]} == days


def test_contacts_between_states_and_with_persons(archive: Path, contacts: list[dict[str, Any]]) -> None:
    for contact in contacts:
        one, other = [person["side"] for person in contact["participants"]]
        found = printed(archive, "contacts", "--between", other, one)["contacts"]
        assert contact in found
        assert all({one, other} == {p["side"] for p in each["participants"]} for each in found)
        name = contact["participants"][0]["name"].split()[-1].lower()
        assert contact in printed(archive, "contacts", "--with", name)["contacts"]
    assert printed(archive, "contacts", "--with", "nobody")["contacts"] == []


def test_contacts_for_people_and_for_spreadsheets(archive: Path, contacts: list[dict[str, Any]]) -> None:
    view = told(archive, "contacts")
    for contact in contacts:
        assert contact["id"][9:17] in view
        assert contact["date"] in view
    assert "4 contacts" in view
    assert "and more" in told(archive, "contacts", "--limit", "2")
    rows = list(csv.DictReader(io.StringIO(told(archive, "contacts", "--format", "csv"))))
    assert {row["id"] for row in rows} == {contact["id"] for contact in contacts}
    assert len(rows) == sum(len(contact["accounts"]) for contact in contacts)


def test_wrong_filters_are_wrong_calls(archive: Path) -> None:
    assert "phone_call" in refused(archive, UsageError, "contacts", "--kind", "party")
    assert "held" in refused(archive, UsageError, "contacts", "--status", "merry")
    assert "2022-01" in refused(archive, UsageError, "contacts", "--since", "soon")
    assert "ISO 3166" in refused(archive, UsageError, "contacts", "--between", "XQX", "USA")


def test_a_contact_is_compared(archive: Path, contacts: list[dict[str, Any]]) -> None:
    contact = contacts[0]
    sides = [person["side"] for person in contact["participants"]]
    result = printed(archive, "compare", contact["id"][9:17], "--sides", *sides)
    assert result["schema"] == "diptych.comparison/1"
    assert [result["sides"][side]["country"] for side in "ab"] == sides
    documents = {held["side"]: held["document"] for held in contact["accounts"] if held["via"] is None}
    assert [result["sides"][side]["document"]["id"] for side in "ab"] == [documents[side] for side in sides]
    assert (result["contact"]["date"], result["contact"]["kind"]) == ("2031-01-06", "phone_call")
    assert any(relation["kind"] == "same" for relation in result["relations"])
    with Store.open(archive) as store:
        assert store.counts().comparisons == 1
    assert printed(archive, "compare", contact["id"], "--sides", *sides) == result
    with Store.open(archive) as store:
        assert store.counts().comparisons == 1


def test_a_side_without_an_account_is_told(archive: Path, contacts: list[dict[str, Any]]) -> None:
    last = contacts[-1]
    (own,) = {held["side"] for held in last["accounts"] if held["via"] is None}
    (silent,) = {person["side"] for person in last["participants"]} - {own}
    message = refused(archive, ComparisonError, "compare", last["id"])
    assert f"{silent}: none published that we know of" in message
    assert f"{own}: own account" in message
    view = told(archive, "show", last["id"])
    assert f"{silent}: no account of its own published that we know of" in view


def test_an_unknown_contact_and_sides_of_two_files(archive: Path) -> None:
    assert "diptych contacts" in refused(archive, UnknownId, "compare", "gathered-0000")
    refused(archive, UnknownId, "compare", "00000000")
    assert "--sides" in refused(archive, UsageError, "compare", "a.txt", "b.txt", "--sides", "USA", "UKR")


def test_show_names_everything(archive: Path, contacts: list[dict[str, Any]]) -> None:
    contact = contacts[0]
    view = told(archive, "show", contact["id"][9:15])
    for held in contact["accounts"]:
        assert held["document"] in view
        assert held["telling"] in view
    assert "Why these are one contact" in view
    assert printed(archive, "show", contact["id"])["contact"]["id"] == contact["id"]
    document = contact["accounts"][0]["document"]
    view = told(archive, "show", document)
    assert contact["id"][9:17] in view
    assert "Statements" in view
    whole = printed(archive, "show", document)
    assert whole["contacts"] == [contact["id"]]
    assert whole["reading"]["document"]["text"] == whole["document"]["text"]
    statement = printed(archive, "search", "agreed")["hits"] or printed(archive, "search", "--act", "agree")["hits"]
    shown = printed(archive, "show", statement[0]["id"])
    passage, content = shown["passage"], shown["statement"]["content"]
    assert passage["quote"][content["start"] - passage["start"] :].startswith(content["quote"])
    assert "Act: " in told(archive, "show", statement[0]["id"])
    assert "diptych search" in refused(archive, UnknownId, "show", "00000000")


def test_search_marks_what_was_looked_for(archive: Path) -> None:
    found = printed(archive, "search", "ready", "--documents")
    assert found["schema"] == "diptych.search/1"
    assert found["hits"]
    for hit in found["hits"]:
        assert hit["spans"]
        assert {hit["quote"][start:end].lower() for start, end in hit["spans"]} == {"ready"}
    assert "[ready]" in told(archive, "search", "ready", "--documents")
    assert printed(archive, "search", "zeppelin")["hits"] == []
    assert "try --documents, or --meaning" in told(archive, "search", "zeppelin")
    assert "--meaning" not in told(archive, "search", "zeppelin", "--documents")


def test_search_filters(archive: Path) -> None:
    agreed = printed(archive, "search", "--act", "agree", "--limit", "100")["hits"]
    assert {hit["act"] for hit in agreed} == {"agree"}
    some = printed(archive, "search", "--act", "agree", "--since", "2031-01-12", "--limit", "100")["hits"]
    assert 0 < len(some) < len(agreed)
    assert min(hit["published"] for hit in some) >= "2031-01-12"
    assert "Give words" in refused(archive, UsageError, "search")
    assert "commit" in refused(archive, UsageError, "search", "--act", "promise")


def test_people_and_offices(archive: Path) -> None:
    people = printed(archive, "people")["people"]
    assert {"Foreign Minister", "Minister of Foreign Affairs"} & {person["office"] for person in people}
    name = people[0]["name"]
    assert name in told(archive, "people", name.split()[-1].lower())
    offices = printed(archive, "offices")["offices"]
    assert name in {office["person"] for office in offices}
    assert "No proposal" in told(archive, "offices", "--proposals")


def test_history_of_a_page_that_did_not_change(archive: Path, contacts: list[dict[str, Any]]) -> None:
    uri = contacts[0]["accounts"][0]["uri"]
    (version,) = printed(archive, "history", uri)["versions"]
    assert (version["uri"], version["changes"], version["redated"]) == (uri, [], None)
    assert version["document"] in told(archive, "history", uri)


@pytest.fixture
def copied(archive: Path, tmp_path: Path) -> Path:
    """A copy of the archive that may be changed."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(archive.read_bytes())
    return copy


def call_as_nobody(archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as somebody who may read the archive only; what it loads, it loaded as root, for a copy."""
    for one in (archive.parent, *archive.parent.parents):
        if one != Path("/") and one.stat().st_uid == 0 and "pytest" in str(one):
            one.chmod(one.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    archive.chmod(0o644)
    nobody = pwd.getpwnam("nobody")
    warm = archive.with_name("warm.db")
    warm.write_bytes(archive.read_bytes())
    script = (
        "import contextlib, io, os, sys\n"
        "from diptych.cli.main import main\n"
        f"sys.argv = ['diptych', '--db', {str(warm)!r}, *{arguments!r}]\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main()\n"
        f"os.setgid({nobody.pw_gid}); os.setuid({nobody.pw_uid})\n"
        f"sys.argv[2] = {str(archive)!r}\n"
        "main()\n"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write")
def test_an_archive_for_reading_only_shows_what_there_is(copied: Path, contacts: list[dict[str, Any]]) -> None:
    correction = Correction(id="c", kind="set", tellings=("t",), field="place", value="Port Ellery", made_at=FETCHED)
    with Store.open(copied) as store:
        store.add_correction(correction)
        assert out_of_date(store)
        gone = store.count_without_vectors(load_encoder().name)
    ended = call_as_nobody(copied, "contacts", "--format", "json")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["contacts"] == contacts
    assert "not up to date" in ended.stderr
    assert gone
    assert call_as_nobody(copied, "search", "captives go home", "--meaning").returncode == UnwritableStore.exit_code
    found = printed(copied, "search", "captives go home", "--meaning")
    ended = call_as_nobody(copied, "search", "captives go home", "--meaning", "--format", "json")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == found


def test_corrections_by_hand(copied: Path, contacts: list[dict[str, Any]], tmp_path: Path) -> None:
    first, second = contacts[:2]
    told(copied, "correct", "set", first["id"], "place=Port Ellery", "--note", "by the schedule")
    changed = printed(copied, "contacts", "--limit", "1")["contacts"][0]
    assert changed["place"] == "Port Ellery"
    listed = told(copied, "correct", "list")
    assert "set place=Port Ellery" in listed
    assert "(by the schedule)" in listed
    told(copied, "correct", "join", first["id"], second["id"])
    assert len(printed(copied, "contacts")["contacts"]) == 3
    file = tmp_path / "corrections.jsonl"
    told(copied, "correct", "export", str(file))
    for line in told(copied, "correct", "list").splitlines():
        told(copied, "correct", "undo", line.split()[0])
    assert printed(copied, "contacts")["contacts"] == contacts
    assert told(copied, "correct", "import", str(file)) == "2 new corrections\n"
    assert len(printed(copied, "contacts")["contacts"]) == 3
    assert "sets nothing" in refused(copied, UsageError, "correct", "set", first["id"], "place")
    assert "no such file" in refused(copied, DiptychError, "correct", "import", str(tmp_path / "none"))
