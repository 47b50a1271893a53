"""Search: words, phrases, endings, accents, filters; whatever is typed is no error."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Literal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diptych.records import Actor, Reading, content_id
from diptych.store import Entry, Hit, Search, Store, finding
from tests.store.readings import PEOPLE, STATES, TOPICS, document, entry, location, reading


def _put(store: Store, text: str, number: int = 1, **fields: object) -> Reading:
    read = reading(document(number, text=text, **fields))  # type: ignore[arg-type]
    store.put([Entry(document=read.document, location=location(read.document), reading=read)])
    return read


def _shown(hit: Hit) -> list[str]:
    return [hit.quote[start:end] for start, end in hit.spans]


def test_a_hit_says_where_its_words_stand(store: Store) -> None:
    read = _put(
        store, "Minister Mira Dovanu said that the harbour of Veskia stays open. Minister Ruta Zeltiņa said that no."
    )
    (hit,) = store.search(Search(query="harbours"))
    assert hit.id == read.statements[0].id
    assert read.document.text[hit.start : hit.end] == hit.quote == "the harbour of Veskia stays open"
    assert _shown(hit) == ["harbour"]
    assert (hit.title, hit.publisher, hit.published) == (
        read.document.title,
        read.document.publisher,
        read.document.published,
    )
    assert hit.source == "Mira Dovanu"
    assert hit.score > 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", True),
        ("HARBOURS", True),
        ("opened harbour", True),
        ("Brandao", True),
        ("Brandão", True),
        ('"open harbour"', False),
        ('"harbour opens"', True),
        ("“harbour opens”", True),
        ("U.S. harbour", True),
        ("US", False),
        ("sea/land", True),
        ("land sea", True),
        ('"land sea"', False),
        ("river", False),
        ("harb", False),
    ],
)
def test_words_and_phrases(store: Store, query: str, found: bool) -> None:
    _put(store, "Minister Mira Dovanu said that Brandão's harbour opens to the U.S. by sea/land.")
    hits = store.search(Search(query=query))
    assert bool(hits) == found
    assert all(hit.spans for hit in hits)


def test_phrases_are_marked_whole(store: Store) -> None:
    _put(
        store, "Minister Mira Dovanu said that grain transits, and only grain, need a transit of grain transit papers."
    )
    (hit,) = store.search(Search(query='"grain transit"'))
    assert _shown(hit) == ["grain transits", "grain transit"]


@pytest.mark.parametrize("kind", ["statements", "documents"])
@pytest.mark.parametrize(
    ("text", "query", "miss"),
    [
        ("Minister Mira Dovanu said that 两国外长讨论了边境问题 today.", "边境", "境边"),
        ("Minister Mira Dovanu said that 외교장관은 국경 문제를 논의했다 today.", "국경", "경국"),
    ],
)
def test_writing_without_spaces_is_found_by_its_characters(
    store: Store, kind: str, text: str, query: str, miss: str
) -> None:
    _put(store, text)
    (hit,) = store.search(Search(query=query, kind=kind))  # type: ignore[arg-type]
    assert _shown(hit) == [query]
    assert store.search(Search(query=miss, kind=kind)) == []  # type: ignore[arg-type]


def test_documents_are_found_by_title_and_text_with_a_passage(store: Store) -> None:
    long = "Nothing of note was said. " * 100 + "Then the observers spoke of fishing vessels. " + "And so on. " * 100
    one = document(1, text=long)
    store.put([Entry(document=one, location=location(one))])
    (hit,) = store.search(Search(query='"fishing vessels"', kind="documents"))
    assert hit.id == hit.document == one.id
    assert one.text[hit.start : hit.end] == hit.quote
    assert len(hit.quote) <= 300
    assert _shown(hit) == ["fishing vessels"]
    (by_title,) = store.search(Search(query="call 1 between", kind="documents"))
    assert by_title.id == one.id


def test_filters_find_what_a_look_through_all_readings_finds(store: Store) -> None:
    entries = [entry(number) for number in range(60)]
    store.put(entries)
    readings = [one.reading for one in entries if one.reading is not None]
    everything = [(read, statement) for read in readings for statement in read.statements]
    own = {id for read in readings for account in read.accounts for id in account.statements}

    def ids(**asked: object) -> set[str]:
        return {hit.id for hit in store.search(Search(limit=1000, **asked))}  # type: ignore[arg-type]

    assert ids(act="agree") == {s.id for _, s in everything if s.act == "agree"}
    assert ids(source="öztemir") == {s.id for _, s in everything if s.source_entity == "Kaan Öztemir"}
    assert ids(holder="government tolmara") == {s.id for r, s in everything if r.document.country == "Tolmara"}
    assert ids(side="Veskia") == {s.id for r, s in everything if r.document.country == "Veskia"}
    assert ids(topic=TOPICS[0]) == {s.id for _, s in everything if TOPICS[0] in s.topics}
    opposite = {
        s.id
        for r, s in everything
        if r.document.country != "Ondria" and any(p.side == "Ondria" for p in r.contacts[0].participants)
    }
    assert own & opposite
    assert ids(counterpart="Ondria") == opposite
    day = dt.date(2020, 1, 31)
    assert ids(since=day) == {s.id for r, s in everything if r.document.published and r.document.published >= day}
    assert ids(until=day) == {s.id for r, s in everything if r.document.published and r.document.published <= day}
    both = ids(query="peace", act="agree", side="Tolmara", since=dt.date(2020, 1, 5))
    assert both == {
        s.id
        for r, s in everything
        if s.act == "agree"
        and "peace" in s.content.quote.split()
        and r.document.country == "Tolmara"
        and r.document.published
        and r.document.published >= dt.date(2020, 1, 5)
    }
    documents = {hit.id for hit in store.search(Search(kind="documents", act="deny", source="Dovanu", limit=1000))}
    assert documents == {r.document.id for r, s in everything if s.act == "deny" and s.source_entity == "Mira Dovanu"}


def test_a_name_is_found_by_whole_words(store: Store) -> None:
    store.put([entry(number) for number in range(10)])
    assert store.search(Search(source="Dov")) == []
    assert store.search(Search(holder="nobody at all")) == []
    assert store.search(Search(source="Dovanu"))
    assert store.search(Search(source="%")) == []


def test_the_limit_holds_and_without_words_the_latest_comes_first(store: Store) -> None:
    store.put([entry(number) for number in range(40)])
    hits = store.search(Search(limit=7))
    assert len(hits) == 7
    days = [hit.published for hit in hits if hit.published]
    assert days == sorted(days, reverse=True)
    assert days[0] == dt.date(2020, 1, 1) + dt.timedelta(days=39)
    assert store.search(Search(limit=0)) == []


@pytest.mark.parametrize("kind", ["statements", "documents"])
def test_hits_without_number_are_asked_for_in_parts(
    store: Store, kind: Literal["statements", "documents"], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put([entry(number) for number in range(5)])
    wanted = Search(kind=kind, limit=1_000_000)
    whole = store.search(wanted)
    monkeypatch.setattr(finding, "_AT_ONCE", 2)
    assert len(whole) >= 5
    assert store.search(wanted) == whole


def test_better_matches_come_first(store: Store) -> None:
    _put(store, "Minister Mira Dovanu said that harbour harbour harbour.", 1)
    _put(store, "Minister Mira Dovanu said that the harbour was one of very many things of which they spoke.", 2)
    first, second = store.search(Search(query="harbour"))
    assert first.score > second.score
    assert first.quote.startswith("harbour")


def test_what_was_replaced_is_found_no_more(store: Store) -> None:
    one = entry(3)
    store.put([one])
    assert one.reading is not None
    word = one.reading.statements[0].content.quote.split()[0]
    assert store.search(Search(query=word))
    store.put([Entry(document=one.document, location=one.location)], again=True)
    assert store.search(Search(query=word)) == []
    assert store.search(Search(query=word, kind="documents"))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40), kind=st.sampled_from(["statements", "documents"]))
def test_nothing_that_is_typed_is_an_error(store: Store, query: str, kind: str) -> None:
    if not store.counts().documents:
        store.put([entry(number) for number in range(3)])
    for hit in store.search(Search(query=query, kind=kind, limit=3)):  # type: ignore[arg-type]
        assert all(0 <= start < end <= len(hit.quote) for start, end in hit.spans)


@pytest.mark.parametrize(
    "query",
    [
        " ".join(f"word{n}" for n in range(2000)),
        *('"', '"unclosed', "AND", "NOT (a OR", "a*", "col:x", "^", "near(a b)", "':*", "a & | !", "\x00", "\ud800 a"),
    ],
)
def test_the_syntax_of_databases_is_words(store: Store, query: str) -> None:
    store.put([entry(1)])
    assert isinstance(store.search(Search(query=query)), list)
    assert isinstance(store.search(Search(query=query, source=query, holder=query)), list)


def test_people_and_offices(store: Store) -> None:
    entries = [entry(number) for number in range(5)]
    store.put(entries)
    people = store.people()
    assert {person.name for person in people} == set(PEOPLE)
    assert all(person.documents == 5 for person in people)
    (one,) = store.people(name="oztemir")
    assert (one.name, one.first, one.last) == ("Kaan Öztemir", dt.date(2020, 1, 1), dt.date(2020, 1, 5))
    assert [p.name for p in store.people(country=STATES[0])] == [PEOPLE[0]]
    assert store.offices() == []


def test_a_document_with_two_actors_of_one_name_counts_once(store: Store) -> None:
    one = entry(1)
    assert one.reading is not None
    twins = tuple(
        Actor(id=content_id("actor", n), kind="person", name="Ada Bell", country=STATES[0], office="President")
        for n in ("1", "2")
    )
    actors = (*one.reading.actors, *twins)
    store.put([dataclasses.replace(one, reading=msgspec.structs.replace(one.reading, actors=actors))])
    (person,) = store.people(name="ada bell")
    assert (person.documents, person.document_ids) == (1, {one.document.id})
    (office,) = store.offices(title="president")
    assert office.documents == 1
