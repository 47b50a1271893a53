"""Fetching as a guest, against a real server; only the clock is the test's own, so that waiting takes no time."""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from diptych.errors import NotFound, TooLarge, UnreachableError
from diptych.read.limits import ReadLimits
from diptych.read.polite import Manners, PoliteFetcher
from diptych.read.web import TryLater
from tests.read.web_server import Answer, Site, site

QUICK = ReadLimits(max_bytes=50_000, max_feed_bytes=60_000, read_timeout=0.3, total_timeout=0.6, max_redirects=4)


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def fetcher(self, limits: ReadLimits = QUICK, **manners: float) -> PoliteFetcher:
        return PoliteFetcher(limits, Manners(**manners), clock=lambda: self.now, sleep=self.sleep)  # type: ignore[arg-type]


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as running:
        running.pages["/page"] = Answer(b"A page.", headers={"ETag": '"v1"', "Content-Type": "text/plain"})
        yield running


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


def test_every_request_says_who_asks_and_waits_its_turn(web: Site) -> None:
    clock = Clock()
    fetcher = clock.fetcher()
    for _ in range(3):
        assert fetcher.fetch(web.address + "/page").body == b"A page."
    assert web.paths() == ["/robots.txt", "/page", "/page", "/page"]
    assert {headers["User-Agent"] for _, headers in web.asked} == {
        "diptych/0.1.0 (+https://github.com/diptych-project/diptych)"
    }
    assert clock.slept == [2.0, 2.0, 2.0]
    clock.now += 1.5
    fetcher.fetch(web.address + "/page")
    assert clock.slept[-1] == 0.5


def test_hosts_do_not_wait_for_each_other(web: Site) -> None:
    clock = Clock()
    fetcher = clock.fetcher()
    with site() as other:
        other.pages["/page"] = Answer(b"Other.")
        fetcher.fetch(web.address + "/page", named=True)
        fetcher.fetch(other.address + "/page", named=True)
    assert clock.slept == []


def test_what_robots_txt_forbids_is_not_fetched(web: Site) -> None:
    web.pages["/robots.txt"] = Answer(
        b"User-agent: *\nDisallow: /\n\nUser-agent: diptych\nDisallow: /private\nAllow: /\nCrawl-delay: 7\n"
    )
    web.pages["/private/a"] = Answer(b"Secret.")
    web.pages["/away"] = Answer(status=302, headers={"Location": "/private/a"})
    clock = Clock()
    fetcher = clock.fetcher()
    with pytest.raises(UnreachableError, match=r"robots\.txt of 127\.0\.0\.1 forbids it"):
        fetcher.fetch(web.address + "/private/a")
    with pytest.raises(UnreachableError, match="forbids"):
        fetcher.fetch(web.address + "/away")
    assert "/private/a" not in web.paths()
    fetcher.fetch(web.address + "/page")
    assert clock.slept[-1] == 7.0
    assert fetcher.fetch(web.address + "/private/a", named=True).body == b"Secret."
    assert web.paths().count("/robots.txt") == 1


def test_what_a_public_page_names_must_not_lead_into_the_own_network(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = "http://velm.example"  # the site is the proxy by which the public web is reached
    monkeypatch.setenv("HTTP_PROXY", web.address)
    port = web.address.rpartition(":")[2]
    web.pages |= {
        public + "/page": Answer(b"Public."),
        public + "/near": Answer(status=302, headers={"Location": "/page"}),
        public + "/away": Answer(status=302, headers={"Location": web.address + "/page"}),
        public + "/named": Answer(status=302, headers={"Location": f"http://127.1:{port}/page"}),
        public + "/link": Answer(status=302, headers={"Location": "http://169.254.169.254/keys"}),
        "http://ortega.example/robots.txt": Answer(status=302, headers={"Location": web.address + "/robots.txt"}),
        "http://ortega.example/page": Answer(b"Public too."),
    }
    fetcher = Clock().fetcher(delay=0.0)
    assert fetcher.fetch(public + "/near", outside=True).body == b"Public."
    assert fetcher.fetch("http://ortega.example/page", outside=True).body == b"Public too."
    for path in ("/away", "/named", "/link"):
        with pytest.raises(UnreachableError, match="own network"):
            fetcher.fetch(public + path, outside=True)
    with pytest.raises(UnreachableError, match="own network"):
        fetcher.fetch(f"http://127.1:{port}/page", outside=True)
    assert {"/page", "/robots.txt", "http://169.254.169.254/keys"}.isdisjoint(web.paths())
    assert fetcher.fetch(web.address + "/page", named=True).body == b"A page."
    assert fetcher.fetch(public + "/away", named=True).body == b"A page."


def test_a_crawl_delay_has_a_cap(web: Site) -> None:
    web.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 86400\n")
    clock = Clock()
    clock.fetcher().fetch(web.address + "/page")
    assert clock.slept == [30.0]


def test_robots_txt_that_cannot_be_had(web: Site) -> None:
    web.pages["/robots.txt"] = Answer(b"broken", 503)
    with pytest.raises(TryLater, match=r"its robots\.txt cannot be had"):
        Clock().fetcher(retries=1).fetch(web.address + "/page")
    assert "/page" not in web.paths()
    web.pages["/robots.txt"] = Answer(b"no", 403)
    assert Clock().fetcher().fetch(web.address + "/page").body
    web.pages["/robots.txt"] = Answer(b"\xff\x00 no rules \xfe" * 99)
    assert Clock().fetcher().fetch(web.address + "/page").body
    web.pages["/robots.txt"] = Answer(status=302, headers={"Location": "/robots.txt"})
    assert Clock().fetcher().fetch(web.address + "/page").body


def test_only_what_has_changed_is_sent(web: Site) -> None:
    fetcher = Clock().fetcher()
    first = fetcher.fetch(web.address + "/page")
    assert (first.etag, first.unchanged) == ('"v1"', False)
    again = fetcher.fetch(web.address + "/page", etag=first.etag)
    assert again.unchanged
    assert again.body == b""
    web.pages["/page"] = Answer(b"Changed.", headers={"ETag": '"v2"'})
    assert fetcher.fetch(web.address + "/page", etag=first.etag).body == b"Changed."
    day = "Fri, 02 May 2031 10:00:00 GMT"
    web.pages["/dated"] = Answer(b"Dated.", headers={"Last-Modified": day})
    assert fetcher.fetch(web.address + "/dated").last_modified == day
    assert fetcher.fetch(web.address + "/dated", last_modified=day).unchanged


def test_what_may_pass_is_tried_again_ever_more_slowly(web: Site) -> None:
    web.pages["/shaky"] = [Answer(status=500), Answer(status=502), Answer(status=503), Answer(b"At last.")]
    clock = Clock()
    assert clock.fetcher(delay=0.0).fetch(web.address + "/shaky", named=True).body == b"At last."
    assert clock.slept == [2.0, 4.0, 8.0]
    web.pages["/down"] = Answer(status=500)
    with pytest.raises(TryLater, match="HTTP 500"):
        clock.fetcher(delay=0.0).fetch(web.address + "/down", named=True)
    assert web.paths().count("/down") == 4
    web.pages["/gone"] = Answer(status=410)
    with pytest.raises(NotFound):
        clock.fetcher(delay=0.0).fetch(web.address + "/gone", named=True)
    assert web.paths().count("/gone") == 1


def test_retry_after_as_seconds_and_as_a_time(web: Site) -> None:
    clock = Clock()
    soon = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=20), usegmt=True)
    web.pages["/busy"] = [
        Answer(status=429, headers={"Retry-After": "17"}),
        Answer(status=503, headers={"Retry-After": soon}),
        Answer(status=429, headers={"Retry-After": "nonsense"}),
        Answer(b"Now."),
    ]
    assert clock.fetcher(delay=0.0).fetch(web.address + "/busy", named=True).body == b"Now."
    assert clock.slept[0] == 17.0
    assert 15.0 < clock.slept[1] <= 20.0
    assert clock.slept[2] == 8.0
    web.pages["/later"] = Answer(status=429, headers={"Retry-After": "3600"})
    with pytest.raises(TryLater) as caught:
        clock.fetcher(delay=0.0).fetch(web.address + "/later", named=True)
    assert caught.value.after == 3600.0
    assert web.paths().count("/later") == 1


def test_waiting_for_a_turn_is_not_the_servers_time(web: Site) -> None:
    """A page of two hops with turns of many seconds is still had within the time that the server has."""
    web.pages["/hop"] = Answer(status=302, headers={"Location": "/page"})
    clock = Clock()
    assert clock.fetcher(delay=50.0).fetch(web.address + "/hop").body == b"A page."
    assert clock.slept == [50.0, 50.0]


def test_loops_slow_bodies_and_endless_ones(web: Site) -> None:
    web.pages["/loop"] = Answer(status=302, headers={"Location": "/loop"})
    web.pages["/slow"] = Answer(b"a" * 10, pieces=100, pause=0.1)
    web.pages["/endless"] = Answer(b"<item/>" * 1000, pieces=1000)
    fetcher = Clock().fetcher(retries=0, delay=0.0)
    with pytest.raises(UnreachableError, match="redirects in a loop"):
        fetcher.fetch(web.address + "/loop")
    with pytest.raises(TryLater, match=r"within 0\.6 seconds"):
        fetcher.fetch(web.address + "/slow")
    with pytest.raises(TooLarge):
        fetcher.fetch(web.address + "/endless")
