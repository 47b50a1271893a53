"""From a feed to the pages that it names, politely; what a page lacks, the feed fills."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import msgspec

from diptych.errors import DiptychError, NotFound, TooLarge, UnreachableError
from diptych.read.feeds import Entry, parse_listing
from diptych.read.items import Item, KnownPage, Refused, Skipped, make_raw
from diptych.read.limits import ReadLimits
from diptych.read.network import is_outside, is_private
from diptych.read.polite import PoliteFetcher
from diptych.read.unpack import Budget, packing_of, unpacked
from diptych.records import RawDocument

__all__ = ["follow"]

#: Words from which on what a feed carries of an entry is taken for its text where the page cannot be had.
_A_TEXT = 40


def follow(
    body: bytes,
    url: str,
    source: str,
    fetcher: PoliteFetcher | None,
    limits: ReadLimits,
    known: Callable[[str], KnownPage | None],
) -> Iterator[Item]:
    """Yield the pages that the listing ``body`` from ``url`` names, and those of the listings that it names.

    Without a ``fetcher`` nothing is fetched: an entry is what the feed itself carries of it. A page that is ``known``
    is asked for again only where the listing says that it was changed since. Raises
    :class:`~diptych.errors.Undecodable` where ``body`` is no listing.
    """
    pending: deque[tuple[str, bytes | None]] = deque([(url, body)])
    seen = {url}
    pages = entries = 0
    while pending:
        address, content = pending.popleft()
        pages += 1
        if pages > limits.max_pages:
            yield Refused(address, source, _too_many(url, f"{limits.max_pages:,} pages of entries"))
            return
        try:
            if content is None:
                content = _listing(address, fetcher, url, limits)
            listing = parse_listing(content, address, limits.max_entries)
        except DiptychError as error:
            if address == url:
                raise
            yield Refused(address, source, error)
            continue
        for number, entry in enumerate(listing.entries, 1):
            key = entry.url or f"{address}#{number}"
            if key in seen:
                continue
            seen.add(key)
            entries += 1
            if entries > limits.max_entries:
                yield Refused(address, source, _too_many(url, f"{limits.max_entries:,} entries"))
                return
            yield _item(entry, key, url, source, fetcher, known)
        if listing.broken:
            yield Refused(address, source, listing.broken)
        for other in listing.more:
            if other not in seen:
                seen.add(other)
                pending.append((other, None))


def _listing(address: str, fetcher: PoliteFetcher | None, url: str, limits: ReadLimits) -> bytes:
    _trusted(address, url)
    if fetcher is None:
        raise UnreachableError(f"{address} is named in {url} and was not fetched", "Give its address by itself")
    body = fetcher.fetch(address, outside=is_outside(url)).body
    packing = packing_of(body)
    if packing is None:
        return body
    rest = memoryview(body)

    def read(size: int) -> bytes:
        nonlocal rest
        part, rest = bytes(rest[:size]), rest[size:]
        return part

    out = bytearray()
    flow = unpacked(read, packing, address, Budget(address, limits, len(body)).spend)
    while part := flow.read(65_536):
        out += part
        if len(out) > limits.max_feed_bytes:
            raise TooLarge(f"{address} unpacks to more than a list of pages may have", "Name the pages themselves")
    return bytes(out)


def _item(
    entry: Entry,
    uri: str,
    url: str,
    source: str,
    fetcher: PoliteFetcher | None,
    known: Callable[[str], KnownPage | None],
) -> Item:
    try:
        if entry.url is None or fetcher is None:
            carried = _carried(entry, uri)
            if carried is None:
                raise NotFound(f"{uri} in {url} is a headline without its text", "Give the address of the feed or page")
            return carried
        _trusted(entry.url, url)
        before = known(entry.url)
        if before is not None and not _changed(entry.updated, before.fetched_at):
            return Skipped(entry.url, source, "it is known already and its feed tells of no change", unchanged=True)
        try:
            return _page(entry, entry.url, source, fetcher, before, outside=is_outside(url))
        except DiptychError:
            carried = _carried(entry, uri)
            if carried is None:
                raise
            return carried
    except DiptychError as error:
        return Refused(uri, source, error)


def _changed(updated: dt.datetime | None, fetched: dt.datetime) -> bool:
    """Whether a change is told of since a page was fetched; a day to come is that of an event, not of a change."""
    return updated is not None and fetched < updated <= dt.datetime.now(dt.UTC)


def _page(
    entry: Entry, url: str, source: str, fetcher: PoliteFetcher, before: KnownPage | None, *, outside: bool
) -> Item:
    page = fetcher.fetch(
        url,
        etag=before.etag if before else None,
        last_modified=before.last_modified if before else None,
        outside=outside,
    )
    if page.unchanged:
        return Skipped(url, source, "the server says that it has not changed", unchanged=True)
    # On its own host a page keeps the address that its feed gives, by which it is found again at the next poll.
    uri = url if urlsplit(url).hostname == urlsplit(page.url).hostname else page.url
    raw = make_raw(
        uri,
        page.body,
        name=page.url,
        declared=page.content_type,
        charset=page.charset,
        etag=page.etag,
        last_modified=page.last_modified,
    )
    asked = url if url != uri else None
    return msgspec.structs.replace(raw, title=entry.title, published=entry.published, asked=asked)


def _carried(entry: Entry, uri: str) -> RawDocument | None:
    """Return what the feed carries of an entry as a page of its own; None where that is a teaser only."""
    if entry.content is None or len(re.sub(r"<[^>]+>", " ", entry.content).split()) < _A_TEXT:
        return None
    title = html.escape(entry.title or "")
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{entry.content}</article></body></html>"
    )
    raw = make_raw(uri, page.encode("utf-8", "replace"), declared="text/html", charset="utf-8")
    return msgspec.structs.replace(raw, title=entry.title, published=entry.published)


def _trusted(address: str, url: str) -> None:
    """Raise where a listing names what it must not lead to: files, or this machine's own network from outside it."""
    try:
        parts, from_parts = urlsplit(address), urlsplit(url)
        host, from_host = parts.hostname, from_parts.hostname
    except ValueError as error:
        raise UnreachableError(f"{address} is no valid web address", "Check the feed") from error
    if parts.scheme not in ("http", "https") or not host:
        raise UnreachableError(f"{address}, named in {url}, is no web address", "Give it by itself if you trust it")
    if is_private(host) and from_host is not None and not is_private(from_host):
        raise UnreachableError(
            f"{url} names an address in your own network ({address})", "Give it by itself if you trust it"
        )


def _too_many(url: str, what: str) -> TooLarge:
    return TooLarge(f"{url} leads to more than {what}; the rest is not read", "Name the parts of it that you need")
