"""What feeds, sitemaps and lists of feeds name. Bytes in: nothing is fetched here."""

from __future__ import annotations

import calendar
import datetime as dt
import email.utils
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from diptych.errors import Undecodable

__all__ = ["Entry", "Listing", "parse_listing"]

_ROOT = re.compile(rb"<(?:\w+:)?(?P<root>rss|feed|RDF|urlset|sitemapindex|opml)\b")
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d\d)?")


@dataclass(frozen=True)
class Entry:
    """One entry: ``url`` of the page, what is said of it, and ``content`` where the feed carries all of it (HTML)."""

    url: str | None
    title: str | None = None
    published: dt.date | None = None
    updated: dt.datetime | None = None
    content: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Listing:
    """``entries`` in the order of the listing; ``more`` names other listings: next pages, sitemaps, feeds.

    ``broken`` is what ended the listing before its end.
    """

    entries: tuple[Entry, ...]
    more: tuple[str, ...] = ()
    broken: Undecodable | None = None


def parse_listing(body: bytes, url: str, most: int) -> Listing:
    """Read a feed, a sitemap, an index of sitemaps or an OPML list of feeds; of its entries ``most`` and one more.

    ``url`` is where it is from, for links within it. Raises :class:`~diptych.errors.Undecodable`.
    """
    match = _ROOT.search(body[:8192])
    root = match["root"].decode() if match else ""
    if root in ("urlset", "sitemapindex"):
        return _sitemap(body, url, most)
    if root == "opml":
        return _opml(body, url)
    return _feed(body, url, most)


def _feed(body: bytes, url: str, most: int) -> Listing:
    import feedparser

    # A stream, never a string: of a string feedparser would fetch the address that it may hold.
    try:
        parsed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": url}, sanitize_html=False)
    except Exception as error:  # feedparser lets errors of many kinds through for what no feed should hold
        raise Undecodable(f"{url} cannot be read as a feed ({error})", "Check the address of the feed") from error
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        why = parsed.get("bozo_exception") or "it is no RSS or Atom"
        raise Undecodable(f"{url} cannot be read as a feed ({why})", "Check the address of the feed")
    language = parsed.feed.get("language")
    entries = tuple(_entry(entry, url, language) for entry in parsed.entries[: most + 1])
    links = parsed.feed.get("links", ())
    return Listing(
        entries, tuple(_joined(url, link.href) for link in links if link.get("rel") == "next" and "href" in link)
    )


def _entry(entry: Any, url: str, language: str | None) -> Entry:
    contents = [part.get("value") or "" for part in entry.get("content", ())]
    content = max((*contents, entry.get("summary") or ""), key=len)
    link = (entry.get("link") or "").strip()
    published, updated = _moment(dict.get(entry, "published_parsed")), _moment(dict.get(entry, "updated_parsed"))
    day = _day(dict.get(entry, "published"), published) or _day(dict.get(entry, "updated"), updated)
    return Entry(
        _joined(url, link) if link else None,
        title=_words(entry.get("title") or ""),
        published=day,
        updated=updated or published,
        content=content or None,
        language=language,
    )


def _joined(url: str, address: str) -> str:
    """Return ``address`` as seen from ``url``; what is no address stays as it is, to be refused when it is asked."""
    try:
        return urljoin(url, address)
    except ValueError:
        return address


def _words(markup: str) -> str | None:
    """Return the words of a title, which some feeds write with markup, and some escape twice."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split()) or None


def _day(told: str | None, moment: dt.datetime | None) -> dt.date | None:
    """Return the day as the publisher's own clock shows it, where the feed tells that, else the day in UTC."""
    for read in (dt.datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            return read((told or "").strip()).date()
        except (ValueError, TypeError):
            continue
    return moment.date() if moment else None


def _moment(parsed: Any) -> dt.datetime | None:
    """Return what feedparser read of a day and time, which is in UTC."""
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _sitemap(body: bytes, url: str, most: int) -> Listing:
    entries: list[Entry] = []
    more: list[str] = []
    try:
        for element in _elements(body, url, "{*}url", "{*}sitemap"):
            found = {_local(child.tag): (child.text or "").strip() for child in element.iter() if child.text}
            address = found.get("loc")
            if address and _local(element.tag) == "sitemap":
                more.append(_joined(url, address))
            elif address:
                entries.append(_page(_joined(url, address), found))
            if len(entries) > most:
                break
    except Undecodable as error:
        return Listing(tuple(entries), tuple(more), error)
    return Listing(tuple(entries), tuple(more))


def _page(address: str, found: dict[str, str]) -> Entry:
    day = _told(found.get("publication_date"))
    return Entry(
        address,
        title=found.get("title"),
        published=day.date() if day else None,
        updated=_told(found.get("lastmod")) or day,
    )


def _opml(body: bytes, url: str) -> Listing:
    feeds: list[str] = []
    try:
        for element in _elements(body, url, "outline"):
            address = element.get("xmlUrl") or element.get("xmlurl")
            if address:
                feeds.append(_joined(url, address.strip()))
    except Undecodable as error:
        return Listing((), tuple(feeds), error)
    return Listing((), tuple(feeds))


def _elements(body: bytes, url: str, *tags: str) -> Iterator[Any]:
    """Yield the elements with these tags as they end, each forgotten once it was used."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.iterparse(
        io.BytesIO(body), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for _, element in parser:
            yield element
            element.clear()
    except etree.XMLSyntaxError as error:
        raise Undecodable(f"{url} is broken XML ({error})", "Check the address, or fetch it again") from error


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _told(text: str | None) -> dt.datetime | None:
    """Read a W3C day and time; a month or a year alone says too little."""
    if not text or _MONTH_OR_YEAR.fullmatch(text):
        return None
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
