"""Search by meaning over an archive, its ids, its history and its corrections, on one small real archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diptych.archive import corrections
from diptych.archive.history import history
from diptych.archive.ids import Told, contact_of, looks_like_id, named
from diptych.archive.meaning import encode_statements, search_by_meaning
from diptych.archive.regather import regather
from diptych.errors import Undecodable, UnknownId, UsageError
from diptych.pipeline import Engine
from diptych.records import Document, GatheredContact
from diptych.store import Search, Store
from tests.archive.building import FETCHED, put
from tests.archive.documents import accounts

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge
    from diptych.models.encoder import Encoder


@pytest.fixture(scope="module")
def engine(knowledge: Knowledge, nlp: Language) -> Engine:
    return Engine(knowledge, nlp)


@pytest.fixture
def filled(store: Store, engine: Engine) -> Store:
    """An archive of three contacts, on SQLite and on PostgreSQL."""
    put(store, engine, list(accounts(3, length=5)))
    regather(store, engine.knowledge)
    return store


def test_meaning_is_encoded_once_and_finds_other_words(filled: Store, encoder: Encoder) -> None:
    told: list[int] = []
    count = filled.counts().statements
    assert encode_statements(filled, encoder, told.append) == count == told[-1]
    assert encode_statements(filled, encoder) == 0
    by_words = filled.search(Search(query="captives home"))
    assert by_words == []
    wanted = Search(query="letting captives go home", limit=3)
    hits = search_by_meaning(filled, wanted, encoder)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    every = search_by_meaning(filled, Search(query=wanted.query, limit=10_000), encoder)
    assert len(every) == count
    assert {hit.id for hit in hits} <= {hit.id for hit in every}


def test_meaning_keeps_to_the_filters(filled: Store, encoder: Encoder) -> None:
    encode_statements(filled, encoder)
    hits = search_by_meaning(filled, Search(query="trade", act="agree", limit=100), encoder)
    assert hits
    assert {hit.act for hit in hits} == {"agree"}


def test_ids_are_known_by_their_beginnings(filled: Store) -> None:
    one = next(filled.contacts())
    assert looks_like_id(one.id[9:17])
    assert not looks_like_id("readout.txt")
    assert contact_of(filled, one.id[9:17]) == one
    assert named(filled, one.id) == one
    document = one.accounts[0].document
    found = named(filled, document[4:14])
    assert isinstance(found, Document)
    assert found.id == document
    (statement, *_) = filled.search(Search(query="agreed", side=found.country)) or filled.search(
        Search(side=found.country)
    )
    told = named(filled, statement.id)
    assert isinstance(told, Told)
    assert told.statement.content.quote == statement.quote
    with pytest.raises(UnknownId, match="no contact, document or statement"):
        named(filled, "00000000")


def test_a_page_that_changes_has_a_history(filled: Store, engine: Engine) -> None:
    row = next(accounts(1, length=5))
    text = row["text"].replace("agreed", "discussed how", 1)
    later = {**row, "text": f"{text} 14 buses were ordered.", "date": "2031-01-08"}
    put(filled, engine, [later], FETCHED + dt.timedelta(days=1))
    first, second = history(filled, row["url"], engine.knowledge)
    assert first.first
    assert second.redated == (dt.date(2031, 1, 6), dt.date(2031, 1, 8))
    assert {change.substance for change in second.substance} >= {"act"} | {"added"}
    assert history(filled, second.version.document, engine.knowledge) == [first, second]
    with pytest.raises(UnknownId):
        history(filled, "https://nowhere.example/", engine.knowledge)


def test_corrections_win_and_can_be_taken_back(filled: Store) -> None:
    before = list(filled.contacts())
    one, other = before[:2]
    made = corrections.join(filled, [one.id, other.id[9:]], "seen on the calendar")
    assert len(list(filled.contacts())) == len(before) - 1
    assert made.note == "seen on the calendar"
    corrections.undo(filled, made.id)
    assert list(filled.contacts()) == before
    telling = one.accounts[0].telling
    corrections.split(filled, telling)
    apart = [contact for contact in filled.contacts() if any(held.telling == telling for held in contact.accounts)]
    assert [{held.telling for held in contact.accounts if held.via is None} for contact in apart] == [{telling}]
    (whole,) = (contact for contact in filled.contacts() if _tells(contact, other))
    corrections.set_fields(filled, whole.id, [("date", "2031-01-10"), ("kind", "video_call")])
    (changed,) = (contact for contact in filled.contacts() if _tells(contact, other))
    assert (changed.date, changed.kind) == ("2031-01-10", "video_call")


def test_corrections_go_from_one_archive_to_another(filled: Store, engine: Engine, tmp_path: Path) -> None:
    one = next(filled.contacts())
    corrections.set_fields(filled, one.id, [("place", "Port Ellery")])
    body = corrections.exported(filled.corrections())
    with Store.open(tmp_path / "other.db") as other:
        put(other, engine, list(accounts(3, length=5)))
        assert corrections.imported(other, body, "corrections.jsonl") == 1
        assert corrections.imported(other, body, "corrections.jsonl") == 0
        assert list(other.contacts()) == list(filled.contacts())
        with pytest.raises(Undecodable, match="line 2"):
            corrections.imported(other, body + b'{"kind": "join"}\n', "corrections.jsonl")
        wrong = body.replace(b'"place"', b'"kind"')
        with pytest.raises(Undecodable, match=r"line 1 is no correction .+ is no kind"):
            corrections.imported(other, wrong, "corrections.jsonl")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([("colour", "red")], "no field"),
        ([("kind", "party")], "no kind"),
        ([("date", "yesterday")], "no day"),
        ([("date", "20310110")], "no day"),
    ],
)
def test_what_cannot_be_set_is_told(filled: Store, values: list[tuple[str, str]], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        corrections.set_fields(filled, next(filled.contacts()).id, values)
    assert filled.corrections() == []


def test_gathering_again_without_news_does_nothing(filled: Store) -> None:
    assert regather(filled) is False


def _tells(contact: GatheredContact, other: GatheredContact) -> bool:
    return any(held.telling == other.accounts[0].telling for held in contact.accounts)
