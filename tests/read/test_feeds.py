"""Feeds, sitemaps and lists of feeds, read from bytes and followed on a real server."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from diptych.errors import TooLarge, Undecodable, UnreachableError
from diptych.read import Item, KnownPage, ReadLimits, Refused, Skipped, expand
from diptych.read.feeds import parse_listing
from diptych.read.polite import Manners, PoliteFetcher
from diptych.records import RawDocument
from tests.read.web_server import Answer, Site, site

TEXT = "President Olen Marvek of Tarsia spoke by phone with Prime Minister Ina Solis of Ortega. "
LIMITS = ReadLimits(max_bytes=300_000, max_feed_bytes=400_000, read_timeout=0.5, total_timeout=1.0, max_entries=50)


def rss(*items: str, head: str = "") -> bytes:
    inside = f"<title>Press</title>{head}{''.join(items)}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{inside}</channel></rss>'.encode()


def item(link: str, title: str = "Call", day: str = "Fri, 02 May 2031 23:30:00 -0500", text: str = "") -> str:
    inside = f"<title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>"
    return f"<item>{inside}<description><![CDATA[{text}]]></description></item>"


def page(text: str = TEXT) -> Answer:
    return Answer(f"<html><body><p>{text}</p></body></html>".encode(), headers={"Content-Type": "text/html"})


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with site() as running:
        yield running


def followed(address: str, limits: ReadLimits = LIMITS, **how: object) -> list[Item]:
    fetcher = PoliteFetcher(limits, Manners(delay=0.0, retries=0))
    return list(expand([address], limits=limits, fetcher=fetcher, **how))  # type: ignore[arg-type]


def shown(items: list[Item], web: Site) -> list[tuple[str, str]]:
    return [(type(i).__name__, i.uri.removeprefix(web.address)) for i in items]


def test_rss_and_atom_tell_of_pages() -> None:
    (entry,) = parse_listing(
        rss(item("/1", "A <b>call</b> &amp; more", text=TEXT)), "https://mfa.example/feed", 9
    ).entries
    assert (entry.url, entry.title) == ("https://mfa.example/1", "A call & more")
    assert entry.published == dt.date(2031, 5, 2)
    assert entry.updated == dt.datetime(2031, 5, 3, 4, 30, tzinfo=dt.UTC)
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Press</title><link rel="next" href="?page=2"/>
      <entry><title>Call</title><link rel="alternate" href="https://mfa.example/2"/>
      <updated>2031-05-04T01:00:00Z</updated><published>2031-05-03T01:00:00+09:00</published>
      <content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""
    listing = parse_listing(atom.encode(), "https://mfa.example/feed", 9)
    (entry,) = listing.entries
    assert (entry.url, entry.published, entry.content) == (
        "https://mfa.example/2",
        dt.date(2031, 5, 3),
        f"<p>{TEXT}</p>",
    )
    assert entry.updated == dt.datetime(2031, 5, 4, 1, tzinfo=dt.UTC)
    assert listing.more == ("https://mfa.example/feed?page=2",)


def test_sitemaps_and_lists_of_feeds() -> None:
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    body = (
        f"<urlset {ns}><url><loc> https://mfa.example/1 </loc><lastmod>2031-05-02T10:00:00+02:00</lastmod></url>"
        "<url><loc>/2</loc><lastmod>2031-05</lastmod><n:news><n:publication_date>2031-05-01</n:publication_date>"
        "<n:title>Call</n:title></n:news></url><url><lastmod>2031-05-02</lastmod></url></urlset>"
    ).encode()
    one, two = parse_listing(body, "https://mfa.example/sitemap.xml", 9).entries
    assert (one.url, one.updated) == ("https://mfa.example/1", dt.datetime(2031, 5, 2, 8, tzinfo=dt.UTC))
    assert (two.url, two.title, two.published) == ("https://mfa.example/2", "Call", dt.date(2031, 5, 1))
    cut = parse_listing(body[:-150], "https://mfa.example/sitemap.xml", 9)
    assert len(cut.entries) == 1
    assert isinstance(cut.broken, Undecodable)
    index = f"<sitemapindex {ns}><sitemap><loc>https://mfa.example/a.xml.gz</loc></sitemap></sitemapindex>".encode()
    assert parse_listing(index, "https://mfa.example/", 9).more == ("https://mfa.example/a.xml.gz",)
    opml = b'<opml version="2.0"><body><outline text="State"><outline type="rss" xmlUrl="https://a.example/f"/></outline></body></opml>'
    assert parse_listing(opml, "list.opml", 9).more == ("https://a.example/f",)


def test_listings_that_attack_their_reader(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    entity = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    sitemap = f"{entity}<urlset><url><loc>https://mfa.example/&x;</loc></url></urlset>".encode()
    found = parse_listing(sitemap, "https://mfa.example/", 9)
    assert all("SECRET" not in (entry.url or "") for entry in found.entries)
    feed = (
        f"{entity}<rss version='2.0'><channel><item><title>&x;</title><link>/1</link></item></channel></rss>".encode()
    )
    with contextlib.suppress(Undecodable):
        entries = parse_listing(feed, "https://mfa.example/", 9).entries
        assert all("SECRET" not in (entry.title or "") for entry in entries)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>&l11;</loc></url></urlset>'
    parsed = parse_listing(bomb.encode(), "https://mfa.example/", 9)
    assert all(len(entry.url or "") < 1000 for entry in parsed.entries)
    with pytest.raises(Undecodable, match="cannot be read as a feed"):
        parse_listing(b"<rss>nothing", "https://mfa.example/", 9)


def test_a_feed_is_followed_and_fills_what_pages_lack(web: Site) -> None:
    web.pages["/feed"] = Answer(
        rss(
            item("/1", text="Teaser"),
            item("/gone", "Kept by the feed", text=f"<p>{TEXT * 5}</p>"),
            item("/lost", text="A teaser only"),
            item("/1"),
            item("/old", text="moved"),
            item("file:///etc/passwd"),
            item("javascript:alert(1)"),
        ),
        headers={"Content-Type": "application/rss+xml"},
    )
    web.pages |= {"/1": page(), "/old": Answer(status=301, headers={"Location": "/new"}), "/new": page("New. " + TEXT)}
    items = followed(web.address + "/feed")
    assert [kind for kind, _ in shown(items, web)] == [
        "RawDocument", "RawDocument", "Refused", "RawDocument", "Refused", "Refused",
    ]  # fmt: skip
    first, kept, lost, moved, *hostile = items
    assert isinstance(first, RawDocument)
    assert isinstance(kept, RawDocument)
    assert isinstance(moved, RawDocument)
    assert (first.title, first.published, first.media_type) == ("Call", dt.date(2031, 5, 2), "text/html")
    assert kept.uri == web.address + "/gone"
    assert TEXT in kept.body.decode()
    assert kept.title == "Kept by the feed"
    assert (moved.uri, moved.asked) == (web.address + "/old", None)
    assert b"New." in moved.body
    assert isinstance(lost, Refused)
    assert "404" in str(lost.error)
    assert lost.source == web.address + "/feed"
    assert all(isinstance(i, Refused) and isinstance(i.error, UnreachableError) for i in hostile)
    assert web.paths().count("/1") == 1


def test_a_page_that_moved_to_another_host_is_that_hosts(web: Site) -> None:
    there = web.address.replace("127.0.0.1", "localhost") + "/new"
    web.pages |= {"/feed": Answer(rss(item("/old"))), "/new": page()}
    web.pages["/old"] = Answer(status=301, headers={"Location": there})
    (moved,) = followed(web.address + "/feed")
    assert isinstance(moved, RawDocument)
    assert (moved.uri, moved.asked) == (there, web.address + "/old")


def test_pages_that_are_known_are_asked_for_only_where_they_changed(web: Site) -> None:
    then = dt.datetime(2021, 5, 10, tzinfo=dt.UTC)
    web.pages["/feed"] = Answer(
        rss(
            item("/known", day="Sun, 09 May 2021 10:00:00 GMT"),
            item("/event"),
            item("/new"),
            item("/same", day="Wed, 12 May 2021 10:00:00 GMT"),
            item("/changed", day="Wed, 12 May 2021 10:00:00 GMT"),
        )
    )
    same = page()
    same.headers["ETag"] = '"s"'
    web.pages |= {"/known": page(), "/new": page(), "/same": same, "/changed": page("Changed.")}
    known = {
        web.address + "/known": KnownPage(then),
        web.address + "/event": KnownPage(then),
        web.address + "/same": KnownPage(then, etag='"s"'),
        web.address + "/changed": KnownPage(then, etag='"old"'),
    }
    items = followed(web.address + "/feed", known=known.get)
    assert shown(items, web) == [
        ("Skipped", "/known"),
        ("Skipped", "/event"),
        ("RawDocument", "/new"),
        ("Skipped", "/same"),
        ("RawDocument", "/changed"),
    ]
    assert all(i.unchanged for i in items if isinstance(i, Skipped))
    assert "/known" not in web.paths()


def test_a_sitemap_index_a_packed_sitemap_and_a_list_of_feeds(web: Site) -> None:
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = "".join(
        f"<sitemap><loc>{web.address}/{name}</loc></sitemap>" for name in ("s1.xml.gz", "gone.xml", "loop.xml")
    )
    urls = f"<urlset {ns}><url><loc>{web.address}/1</loc></url><url><loc>{web.address}/2</loc></url></urlset>"
    loop = f"<sitemapindex {ns}><sitemap><loc>{web.address}/index.xml</loc></sitemap></sitemapindex>"
    web.pages |= {
        "/index.xml": Answer(f"<sitemapindex {ns}>{index}</sitemapindex>".encode()),
        "/s1.xml.gz": Answer(gzip.compress(urls.encode())),
        "/loop.xml": Answer(loop.encode()),
        "/1": page("One. " + TEXT),
        "/2": page("Two. " + TEXT),
    }
    assert shown(followed(web.address + "/index.xml"), web) == [
        ("RawDocument", "/1"), ("RawDocument", "/2"), ("Refused", "/gone.xml"),
    ]  # fmt: skip
    assert web.paths().count("/index.xml") == 1
    web.pages["/f"] = Answer(rss(item("/2")))
    opml = f'<opml><body><outline xmlUrl="{web.address}/f"/><outline xmlUrl="{web.address}/nofeed"/></body></opml>'
    web.pages["/list.opml"] = Answer(opml.encode())
    assert shown(followed(web.address + "/list.opml"), web) == [("RawDocument", "/2"), ("Refused", "/nofeed")]


def test_robots_txt_forbids_pages_but_not_what_the_feed_carries(web: Site) -> None:
    web.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /articles/")
    web.pages["/feed"] = Answer(rss(item("/articles/1"), item("/articles/2", text=TEXT * 5)))
    web.pages |= {"/articles/1": page(), "/articles/2": page()}
    first, second = followed(web.address + "/feed")
    assert isinstance(first, Refused)
    assert "robots.txt" in str(first.error)
    assert isinstance(second, RawDocument)
    assert web.paths() == ["/feed", "/robots.txt"]


def test_feeds_without_end(web: Site) -> None:
    web.pages["/stream"] = Answer(item("/1").encode() * 100, pieces=1000)
    (endless,) = followed(web.address + "/stream")
    assert isinstance(endless, Refused)
    assert isinstance(endless.error, TooLarge)
    web.pages["/long"] = Answer(rss(*(item(f"/p{n}", text=TEXT * 5) for n in range(200))))
    items = followed(web.address + "/long")
    assert sum(isinstance(i, RawDocument) for i in items) == 50
    assert isinstance(items[-1], Refused)
    assert "more than 50 entries" in str(items[-1].error)
    for n in range(30):
        more = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{web.address}/page{n + 1}"/>'
        web.pages[f"/page{n}"] = Answer(rss(item(f"/q{n}", text=TEXT * 5), head=more))
    items = followed(web.address + "/page0", ReadLimits(max_pages=10))
    assert sum(isinstance(i, RawDocument) for i in items) == 10
    assert "more than 10 pages" in str(items[-1].error)  # type: ignore[union-attr]


def test_a_feed_in_a_folder_is_no_order_to_fetch(web: Site, tmp_path: Path) -> None:
    web.pages |= {"/1": page(), "/2": page()}
    feed = rss(item(web.address + "/1"), item(web.address + "/2", text=TEXT * 5))
    (tmp_path / "feed.xml").write_bytes(feed)
    first, second = followed(str(tmp_path))
    assert isinstance(first, Refused)
    assert "headline" in str(first.error)
    assert isinstance(second, RawDocument)
    assert web.paths() == []
    named = followed(str(tmp_path / "feed.xml"))
    assert [type(i) for i in named] == [RawDocument, RawDocument]
    assert "/1" in web.paths()


def test_a_public_feed_does_not_lead_into_the_own_network() -> None:
    from diptych.read.follow import follow

    feed = rss(
        item("http://169.254.169.254/latest/meta-data"), item("http://localhost:9/admin"), item("http://[::1]/x")
    )
    fetcher = PoliteFetcher(LIMITS, Manners(delay=0.0, retries=0))
    items = list(follow(feed, "https://mfa.example/feed", "s", fetcher, LIMITS, lambda uri: None))
    assert len(items) == 3
    assert all(isinstance(i, Refused) and "own network" in str(i.error) for i in items)


def test_named_addresses(web: Site) -> None:
    web.pages["/page"] = page()
    web.pages["/rows.jsonl"] = Answer(b'{"text": "a"}\n{"text": "b"}\n', headers={"Content-Type": "text/plain"})
    assert shown(followed(web.address + "/page"), web) == [("RawDocument", "/page")]
    assert shown(followed(web.address + "/rows.jsonl"), web) == [("Row", "/rows.jsonl#1"), ("Row", "/rows.jsonl#2")]
    assert shown(followed(web.address + "/gone"), web) == [("Refused", "/gone")]
