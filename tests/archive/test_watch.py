"""Feeds that are followed, on a real server, into a real archive."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from diptych.archive.add import Summary, add
from diptych.archive.watch import LONGEST_WAIT, Poll, Unusual, feeds_in, feeds_of, watch
from diptych.errors import BusyStore, EmptyInput, Undecodable, UnforeseenError
from diptych.knowledge import Knowledge
from diptych.knowledge.sources import Sources, load_sources, parse_source
from diptych.read.polite import Manners, PoliteFetcher
from diptych.read.web import Page
from diptych.store import Entry, Feed, Store
from tests.read.web_server import Answer, Site, site
from tests.store.readings import document, location

HALF_HOUR = dt.timedelta(minutes=30)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with site() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive.db") as opened:
        yield opened


def page(number: int) -> Answer:
    text = (
        f"President Olen Marvek of Tarsia spoke by phone on {number} May 2031 with Prime Minister Ina Solis of Ortega. "
        f"The leaders agreed to reopen {number} border crossings. President Marvek thanked the Prime Minister."
    )
    html = f"<html><head><title>Call of {number} May</title></head><body><article><p>{text}</p></article></body></html>"
    return Answer(html.encode(), headers={"Content-Type": "text/html"})


def feed(*numbers: int, tag: str = "") -> Answer:
    items = "".join(
        f"<item><title>Call of {n} May</title><link>/{n}</link><pubDate>{n:02} May 2031 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    body = f'<rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'
    return Answer(body.encode(), headers={"ETag": tag} if tag else {})


class Told:
    """What a watch told, and how it is called."""

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self.store, self.knowledge = store, knowledge
        self.told: list[Poll | Summary | Unusual] = []

    def __call__(self, *feeds: str, **how: object) -> bool:
        self.told.clear()
        fetcher = PoliteFetcher(manners=Manners(delay=0.0, retries=0))
        arguments = {"every": HALF_HOUR, "once": True, "workers": 1, "fetcher": fetcher, "notify": self.told.append}
        return watch(self.store, list(feeds), self.knowledge, **{**arguments, **how})  # type: ignore[arg-type]

    @property
    def polls(self) -> list[Poll]:
        return [told for told in self.told if isinstance(told, Poll)]

    @property
    def summaries(self) -> list[Summary]:
        return [told for told in self.told if isinstance(told, Summary)]


@pytest.fixture
def watching(store: Store, knowledge: Knowledge) -> Told:
    return Told(store, knowledge)


def test_a_feed_brings_what_is_new_and_then_only_what_changed(web: Site, store: Store, watching: Told) -> None:
    address = web.address + "/feed"
    web.pages |= {"/feed": feed(2, 3, tag='"a"'), "/2": page(2), "/3": page(3), "/4": page(4)}
    assert watching(address)
    assert watching.polls[0].fetched == 2
    assert watching.summaries[0].added == 2
    assert {v.published for v in store.versions(web.address + "/2")} == {dt.date(2031, 5, 2)}
    state = store.feed(address)
    assert state is not None
    assert (state.etag, state.failures) == ('"a"', 0)
    assert state.next_due is not None
    assert state.last_polled is not None
    assert state.next_due - state.last_polled == HALF_HOUR

    assert watching(address)
    assert watching.polls[0].unchanged
    assert watching.summaries == []
    assert web.paths().count("/2") == 1

    web.pages["/feed"] = feed(2, 3, 4, tag='"b"')
    assert watching(address)
    assert (watching.polls[0].fetched, watching.polls[0].known) == (1, 2)
    assert watching.summaries[0].added == 1
    assert web.paths().count("/2") == 1
    assert store.counts().documents == 3


def test_a_feed_that_fails_is_left_alone_for_longer_and_longer(web: Site, store: Store, watching: Told) -> None:
    good, bad, busy = (web.address + path for path in ("/feed", "/broken", "/busy"))
    web.pages |= {"/feed": feed(2), "/2": page(2), "/broken": Answer(b"<rss>no feed")}
    web.pages["/busy"] = Answer(status=429, headers={"Retry-After": "7200"})
    assert not watching(bad, good, busy)
    assert [type(poll.failure) for poll in watching.polls][:2] == [Undecodable, type(None)]
    assert watching.summaries[0].added == 1

    def wait(uri: str) -> dt.timedelta:
        state = store.feed(uri)
        assert state is not None
        assert state.next_due is not None
        assert state.last_polled is not None
        assert state.message
        return state.next_due - state.last_polled

    assert wait(bad) == 2 * HALF_HOUR
    assert wait(busy) == dt.timedelta(hours=2)
    asked = web.paths().count("/broken")
    assert not watching(bad)
    assert watching.polls[0].waits
    assert web.paths().count("/broken") == asked

    for _ in range(9):
        state = store.feed(bad)
        assert state is not None
        store.put_feed(_due_now(state))
        watching(bad)
    assert wait(bad) == LONGEST_WAIT
    web.pages["/broken"] = feed(2)
    state = store.feed(bad)
    assert state is not None
    store.put_feed(_due_now(state))
    assert watching(bad)
    state = store.feed(bad)
    assert state is not None
    assert (state.failures, state.message) == (0, None)


def _due_now(state: object) -> object:
    import dataclasses

    return dataclasses.replace(state, next_due=dt.datetime.now(dt.UTC))  # type: ignore[type-var]


def test_pages_that_cannot_be_had_are_kept_as_refused(web: Site, store: Store, watching: Told) -> None:
    web.pages |= {"/feed": feed(2, 3), "/2": page(2)}
    assert watching(web.address + "/feed")
    assert watching.polls[0].refused == 1
    (refusal,) = store.refused()
    assert (refusal.uri, refusal.source) == (web.address + "/3", web.address + "/feed")
    web.pages["/3"] = page(3)
    summary = add(store, [], watching.knowledge, workers=1, retry=True)
    assert summary.added == 1
    assert store.refused() == []


def test_a_refused_page_is_asked_for_again_as_its_feed_named_it(web: Site, store: Store, watching: Told) -> None:
    inside = feed(2, 3)
    inside.body = inside.body.replace(b"<link>/2<", b"<link>/2#text<").replace(b"<link>/3<", b"<link>/old<")
    web.pages |= {"/feed": inside, "/robots.txt": Answer(b"User-agent: *\nDisallow: /old")}
    assert watching(web.address + "/feed")
    assert [one.uri for one in store.refused()] == [web.address + "/2#text", web.address + "/old"]
    web.pages |= {"/2": page(2), "/3": page(3), "/old": Answer(b"", 302, {"Location": "/3"})}
    summary = add(store, [], watching.knowledge, workers=1, retry=True)
    assert summary.added == 1
    assert [one.uri for one in store.refused()] == [web.address + "/old"]
    assert "robots.txt" in store.refused()[0].reason
    assert "/old" not in web.paths()
    web.pages["/robots.txt"] = Answer(b"")
    assert add(store, [], watching.knowledge, workers=1, retry=True).added == 1
    assert store.refused() == []


def test_a_page_that_comes_back_unchanged_is_refused_no_more(web: Site, store: Store, watching: Told) -> None:
    web.pages["/2"] = page(2)
    address = web.address + "/2"
    assert add(store, [address], watching.knowledge, workers=1).added == 1
    web.pages["/2"] = Answer(b"no", 404)
    assert add(store, [address], watching.knowledge, workers=1).refused_in_all == 1
    web.pages["/2"] = page(2)
    assert add(store, [], watching.knowledge, workers=1, retry=True).known == 1
    assert store.refused() == []


def test_a_schedule_waits_until_the_first_feed_is_due(web: Site, watching: Told) -> None:
    web.pages |= {"/feed": feed(2), "/2": page(2)}
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watching(web.address + "/feed", once=False, sleep=sleep)
    assert 1700 < slept[0] <= 1800
    assert web.paths().count("/feed") == 1


def test_a_page_of_a_public_feed_that_leads_into_the_own_network_is_refused(
    web: Site, store: Store, watching: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = "http://velm.example"  # the site is the proxy by which the public web is reached
    monkeypatch.setenv("HTTP_PROXY", web.address)
    web.pages |= {
        public + "/feed": feed(2, 3),
        public + "/2": page(2),
        public + "/3": Answer(status=302, headers={"Location": web.address + "/3"}),
        "/3": page(3),
    }
    assert watching(public + "/feed")
    assert watching.summaries[0].added == 1
    (refusal,) = store.refused()
    assert refusal.uri == public + "/3"
    assert "your own network" in refusal.reason
    assert add(store, [], watching.knowledge, workers=1, retry=True).refused_in_all == 1
    assert "/3" not in web.paths()


def test_a_silent_week_is_told_once_the_feed_was_watched_for_one(web: Site, store: Store, watching: Told) -> None:
    address = web.address + "/feed"
    today = dt.datetime.now(dt.UTC)
    text = f"""id: velm
publisher: Office of Velm
country: null
institution: Office
domains: [velm.example]
languages: [en]
feeds: ["{address}"]
normal: {{words: [1, 900], week: [1, 9]}}
source: https://velm.example
checked: "2031-03-04"
"""
    sources = Sources(all=(parse_source(text, "sources/velm.yaml"),))
    web.pages |= {"/feed": feed(2), "/2": page(2)}

    def told() -> list[str]:
        assert watching(address, sources=sources)
        return [one.told for one in watching.told if isinstance(one, Unusual)]

    assert told() == []
    assert told() == []
    store.forget_feed(address)
    for days in (8, 1):
        store.put_feed(Feed(uri=address, last_polled=today - dt.timedelta(days=days)))
    (sentence,) = told()
    assert sentence.startswith("0 documents in a week of Office of Velm, normally 1 to 9")
    for number, days in ((1, 6), (2, 9)):
        there = document(number, publisher="Office of Velm", published=today.date() - dt.timedelta(days=days))
        store.put([Entry(document=there, location=location(there))])
    assert told() == []


class Stop(Exception):
    """Ends a schedule."""


def _stop_after(rounds: int, slept: list[float]) -> Callable[[float], None]:
    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == rounds:
            raise Stop

    return sleep


def test_a_mistake_over_one_feed_is_noted_and_the_watch_goes_on(web: Site, store: Store, watching: Told) -> None:
    class Breaks(PoliteFetcher):
        def fetch(self, url: str, **how: Any) -> Page:
            if url.endswith("/odd"):
                raise RecursionError("too deep")
            return super().fetch(url, **how)

    odd, good = web.address + "/odd", web.address + "/feed"
    web.pages |= {"/feed": feed(2), "/2": page(2)}
    fetcher = Breaks(manners=Manners(delay=0.0, retries=0))
    with pytest.raises(Stop):
        watching(odd, good, once=False, sleep=_stop_after(1, []), fetcher=fetcher)
    assert [isinstance(poll.failure, UnforeseenError) for poll in watching.polls] == [True, False]
    assert watching.summaries[0].added == 1
    state = store.feed(odd)
    assert state is not None
    assert (state.failures, state.message) == (1, "An unforeseen error (RecursionError: too deep)")


def test_an_archive_that_another_holds_does_not_end_the_watch(web: Site, tmp_path: Path, knowledge: Knowledge) -> None:
    web.pages |= {"/feed": feed(2), "/2": page(2)}
    address = web.address + "/feed"
    archive = tmp_path / "held.db"
    with Store.open(archive, patience=0.2) as store, contextlib.closing(sqlite3.connect(archive)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        watching = Told(store, knowledge)
        slept: list[float] = []
        with pytest.raises(Stop):
            watching(address, once=False, sleep=_stop_after(2, slept))
        assert isinstance(watching.polls[-1].failure, BusyStore)
        assert web.paths().count("/feed") == 1
        assert slept[0] > 1800
        other.execute("ROLLBACK")
        assert store.feed(address) is None
        assert watching(address)
        assert store.counts().documents == 1


def test_lists_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<opml><body><outline xmlUrl="https://a.example/f"/><outline xmlUrl="https://b.example/f"/></body></opml>'
    )
    assert feeds_in(str(path)) == ("https://a.example/f", "https://b.example/f")
    path.write_text("<opml><body></body></opml>")
    with pytest.raises(EmptyInput, match="names no feeds"):
        feeds_in(str(path))
    path.write_text('<opml><body><outline xmlUrl="https://a.example/f"/>')
    with pytest.raises(Undecodable, match="broken XML"):
        feeds_in(str(path))


def test_feeds_of_official_publishers() -> None:
    sources = load_sources()
    everything = feeds_of(sources)
    some = feeds_of(sources, ["UKR"])
    assert some
    assert set(some) < set(everything)
    assert all(address.startswith("http") for address in everything)


def diptych(archive: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-c", "from diptych.cli import main; main()", "--db", str(archive), "watch", *arguments]


def test_the_command_prints_one_line_a_poll(web: Site, tmp_path: Path) -> None:
    web.pages |= {"/feed": feed(2), "/2": page(2)}
    address = web.address + "/feed"
    done = subprocess.run(
        diptych(tmp_path / "a.db", address, "--once", "--workers", "1"), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert f"{address}: 1 fetched; next" in first
    assert second.startswith("Added 1, known already 0, refused 0; contacts in the archive: ")
    again = subprocess.run(diptych(tmp_path / "a.db", "--once"), capture_output=True, text=True)
    assert "1 known already" in again.stdout
    told = subprocess.run(diptych(tmp_path / "b.db", "--every", "10s", address), capture_output=True, text=True)
    assert told.returncode == 2
    assert "five minutes" in told.stderr


def test_a_signal_stops_it_cleanly_and_the_next_goes_on(web: Site, tmp_path: Path) -> None:
    web.pages |= {"/feed": feed(2, 3), "/2": page(2), "/3": Answer(b"slow ", pieces=300, pause=0.1)}
    archive = tmp_path / "a.db"
    command = diptych(archive, web.address + "/feed", "--workers", "1")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        for _ in range(300):
            if "/3" in web.paths():
                break
            time.sleep(0.1)
        os.kill(running.pid, signal.SIGTERM)
        out, error = running.communicate(timeout=20)
    assert running.returncode == 0, error
    assert "Stopped" in out
    assert error == ""
    web.pages["/3"] = page(3)
    done = subprocess.run([*command, "--once"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with Store.open(archive) as store:
        assert store.counts().documents == 2
        assert store.feed(web.address + "/feed") is not None
