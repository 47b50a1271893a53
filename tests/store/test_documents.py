"""Documents and readings: put in by batches, twice the same, given back whole."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from diptych.errors import UnknownId
from diptych.store import Entry, Feed, Store
from tests.store.readings import NOON, document, entry, location, reading


def test_a_reading_comes_back_as_it_was_put(store: Store) -> None:
    entries = [entry(number) for number in range(40)]
    added = store.put(entries)
    assert set(added.new) == {one.document.id for one in entries}
    assert added.known == ()
    for one in entries:
        assert store.document(one.document.id) == one.document
        assert store.reading(one.document.id) == one.reading


def test_every_field_of_a_document_is_kept(store: Store) -> None:
    full = document(
        1,
        text="Ein Satz über Grenzen — «привет» 🕊. Und noch einer.",
        language="de",
        updated=dt.date(2026, 2, 3),
        translated_from="ru",
        byline=("A. Verdu", "B. Lenz"),
    )
    bare = document(2, publisher=None, country=None, published=None, byline=(), blocks=())
    store.put([Entry(document=one, location=location(one)) for one in (full, bare)])
    assert store.document(full.id) == full
    assert store.document(bare.id) == bare
    assert store.reading(full.id) is None


def test_the_same_batch_again_adds_nothing(store: Store) -> None:
    entries = [entry(number) for number in range(20)]
    store.put(entries)
    before = store.counts()
    again = store.put([*entries, *entries])
    assert again.new == ()
    assert len(again.known) == 20
    assert store.counts() == before
    assert before.documents == before.read == before.locations == before.tellings == 20
    assert before.statements == sum(len(one.reading.statements) for one in entries if one.reading)
    assert before.mentions == sum(len(one.reading.mentions) for one in entries if one.reading)


def test_known_tells_which_documents_are_there(store: Store) -> None:
    store.put([entry(number) for number in range(5)])
    ids = [entry(number).document.id for number in range(10)]
    assert store.known(ids) == frozenset(ids[:5])
    assert store.known([]) == frozenset()
    assert store.known([f"doc-{number}" for number in range(3000)]) == frozenset()


def test_a_document_in_a_language_not_read_gets_its_reading_later(store: Store) -> None:
    one = entry(7)
    store.put([Entry(document=one.document, location=one.location)])
    assert [found.id for found in store.documents(unread=True)] == [one.document.id]
    assert store.put([one]).known == (one.document.id,)
    assert store.reading(one.document.id) is None
    store.put([one], again=True)
    assert store.reading(one.document.id) == one.reading
    assert list(store.documents(unread=True)) == []


def test_reading_again_replaces_what_was_read(store: Store) -> None:
    entries = [entry(number) for number in range(3)]
    store.put(entries)
    first = entries[0]
    assert first.reading is not None
    fewer = msgspec.structs.replace(first.reading, statements=first.reading.statements[:2], accounts=())
    store.put([Entry(document=first.document, location=first.location, reading=fewer)], again=True)
    assert store.reading(first.document.id) == fewer
    assert store.reading(entries[1].document.id) == entries[1].reading
    assert len(list(store.tellings())) == 2
    assert store.counts().statements == 2 + sum(len(one.reading.statements) for one in entries[1:] if one.reading)


def test_a_place_keeps_its_first_and_last_fetch(store: Store) -> None:
    one = document(1)
    store.put([Entry(document=one, location=location(one, minutes=5))])
    store.saw([location(one, minutes=90), location(one, minutes=1)])
    (version,) = store.versions(one.uri)
    assert version.fetched_at == NOON + dt.timedelta(minutes=1)
    assert version.last_fetched_at == NOON + dt.timedelta(minutes=90)


def test_versions_of_a_page_come_by_the_day_of_fetching(store: Store) -> None:
    first = document(1)
    second = document(1, text="The ministers agreed on less. Nothing else was said.", uri=first.uri)
    elsewhere = "https://mirror.example/1"
    store.put([Entry(document=second, location=location(second, minutes=60))])
    store.put([Entry(document=first, location=location(first))])
    store.saw([location(second, uri=elsewhere, minutes=61)])
    assert [version.document for version in store.versions(first.uri)] == [first.id, second.id]
    assert {version.uri for version in store.versions(second.id)} == {first.uri, elsewhere}
    assert [version.document for version in store.versions(first.id)] == [first.id, second.id]


def test_locations_are_told_for_asking_a_server_again(store: Store) -> None:
    one = document(1)
    place = location(one)
    store.put([Entry(document=one, location=place)])
    assert store.locations([one.uri, "https://nowhere.example/"]) == [place]


def test_a_moment_in_another_zone_is_the_same_moment(store: Store) -> None:
    one = document(1)
    eastern = NOON.astimezone(dt.timezone(dt.timedelta(hours=9)))
    place = location(one)
    moved = type(place)(uri=place.uri, document=one.id, fetched_at=eastern)
    store.put([Entry(document=one, location=moved)])
    (version,) = store.versions(one.uri)
    assert version.fetched_at == NOON


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(UnknownId, match="no document doc-none"):
        store.document("doc-none")
    with pytest.raises(UnknownId):
        store.reading("doc-none")
    with pytest.raises(UnknownId):
        store.versions("https://nowhere.example/")
    with pytest.raises(UnknownId):
        store.saw([location(document(1))])
    with pytest.raises(UnknownId):
        store.document("")


def test_a_beginning_of_an_id_is_enough_where_it_is_the_only_one(store: Store) -> None:
    entries = [entry(number) for number in range(30)]
    store.put(entries)
    id = entries[0].document.id
    assert store.document(id[:12]).id == id
    with pytest.raises(UnknownId, match="Several"):
        store.document("doc-")
    with pytest.raises(UnknownId):
        store.document("doc%")


def test_tellings_come_by_day_and_id_whatever_the_order_of_arrival(store: Store) -> None:
    entries = [entry(number) for number in (30, 4, 17, 9)]
    for one in entries:
        store.put([one])
    found = list(store.tellings())
    assert found == sorted((t for one in entries for t in one.tellings), key=lambda t: (t.contact.date or "", t.id))
    assert dict(store.signatures()) == {one.document.id: one.signature for one in entries}


def test_an_entry_that_cannot_be_written_takes_its_batch_with_it(store: Store) -> None:
    good, bad = entry(1), entry(2)
    assert bad.reading is not None
    broken = msgspec.structs.replace(bad.reading.mentions[0], quote=None)
    mentions = (broken, *bad.reading.mentions[1:])
    reading_ = msgspec.structs.replace(bad.reading, mentions=mentions)
    with pytest.raises(Exception, match=r"(?i)null|cannot be used"):
        store.put([good, Entry(document=bad.document, location=bad.location, reading=reading_)])
    assert store.counts().documents == 0
    store.put([good])
    assert store.reading(good.document.id) == reading(good.document)


def test_what_a_publisher_published_between_two_days(store: Store) -> None:
    day = dt.date(2031, 1, 5)
    for number, days in enumerate((0, 2, 3, -1)):
        one = document(number, publisher="Office of Velm", country="VLM", published=day + dt.timedelta(days=days))
        store.put([Entry(document=one, location=location(one))])
    assert store.count_published("Office of Velm", "VLM", day, day + dt.timedelta(days=2)) == 2
    assert store.count_published("Office of Velm", None, day, day + dt.timedelta(days=3)) == 3
    assert store.count_published("Office of Velm", "ORT", day, day + dt.timedelta(days=3)) == 0


def test_when_a_feed_was_polled_first_is_remembered(store: Store) -> None:
    moment = dt.datetime(2031, 1, 5, 12, tzinfo=dt.UTC)
    assert store.watched_since("https://velm.example/feed") is None
    for hours in (0, 5):
        store.put_feed(Feed(uri="https://velm.example/feed", last_polled=moment + dt.timedelta(hours=hours)))
    assert store.watched_since("https://velm.example/feed") == moment
    store.forget_feed("https://velm.example/feed")
    assert store.watched_since("https://velm.example/feed") is None
