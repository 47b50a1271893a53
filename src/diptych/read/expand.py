"""What a user names, one document after the other: lazily, in bounded memory, and nothing stops for a bad one."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from diptych.errors import DiptychError, InputError, UnforeseenError, UnreachableError, UnsupportedMedia
from diptych.read.files import LeftOut, file_errors, path_of, walk
from diptych.read.items import Item, KnownPage, Refused, Skipped, as_text
from diptych.read.kinds import kind_of
from diptych.read.limits import DEFAULT_LIMITS, ReadLimits
from diptych.read.opened import Opened, open_file, open_stream
from diptych.read.rows import json_lines, json_objects, table_rows
from diptych.read.unpack import packing_of

if TYPE_CHECKING:
    from diptych.read.polite import PoliteFetcher

__all__ = ["expand"]

_SCHEME = re.compile(r"^(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def expand(
    sources: Sequence[str],
    *,
    columns: Mapping[str, str] | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
    fetcher: PoliteFetcher | None = None,
    known: Callable[[str], KnownPage | None] | None = None,
    by_person: bool = True,
    outside: bool = False,
) -> Iterator[Item]:
    """Yield what ``sources`` (paths of files and folders, addresses, ``-``) hold, one item at a time, in order.

    ``columns`` says which column of a table is which field (``{"text": "body"}``); what it leaves out is guessed by
    common names. ``fetcher`` asks for addresses (None: one that is made when the first is named). ``known`` tells of an
    address when it was last fetched, so that only what may have changed is fetched again. ``by_person`` tells that a
    person named the addresses; where a feed did, robots.txt is heeded, and where that is from the public web
    (``outside``), nothing in the own network is asked.

    Nothing is raised for a source: what cannot be had is a :class:`~diptych.read.items.Refused` item in its place.
    """
    web = _Web(fetcher, limits, known or (lambda uri: None), by_person, outside)
    for source in sources:
        expansion = _Expansion(source, columns, limits, web)
        yield from map(as_text, expansion.guarded(source, expansion.run()))


class _Web:
    """The one fetcher of an expansion; httpx is loaded only once an address is named."""

    def __init__(
        self,
        fetcher: PoliteFetcher | None,
        limits: ReadLimits,
        known: Callable[[str], KnownPage | None],
        by_person: bool,
        outside: bool,
    ) -> None:
        self._fetcher, self._limits, self.known = fetcher, limits, known
        self.by_person, self.outside = by_person, outside

    @property
    def fetcher(self) -> PoliteFetcher:
        if self._fetcher is None:
            from diptych.read.polite import PoliteFetcher

            self._fetcher = PoliteFetcher(self._limits)
        return self._fetcher


class _Expansion:
    """The expansion of one source."""

    def __init__(self, source: str, columns: Mapping[str, str] | None, limits: ReadLimits, web: _Web) -> None:
        self._source, self._columns, self._limits, self._web = source, columns, limits, web

    def run(self) -> Iterator[Item]:
        scheme = _SCHEME.match(self._source)
        kind = scheme["scheme"].casefold() if scheme else ""
        if self._source == "-":
            stdin = sys.stdin.buffer
            yield from self._open(open_stream(stdin, "standard input", self._source, self._limits, named=True))
        elif kind in ("http", "https"):
            yield from self._address()
        elif kind and kind != "file":
            raise UnreachableError(
                f"Addresses of the kind {kind}:// are not read", "Give an http or https address, or a file"
            )
        else:
            yield from self._path(path_of(self._source))

    def _address(self) -> Iterator[Item]:
        known = self._web.known(self._source)
        page = self._web.fetcher.fetch(
            self._source,
            etag=known.etag if known else None,
            last_modified=known.last_modified if known else None,
            named=self._web.by_person,
            outside=self._web.outside,
        )
        if page.unchanged:
            yield Skipped(self._source, self._source, "the server says that it has not changed", unchanged=True)
            return
        opened = replace(
            open_stream(io.BytesIO(page.body), page.url, self._source, self._limits, named=True),
            declared=page.content_type,
            charset=page.charset,
            etag=page.etag,
            last_modified=page.last_modified,
            asked=self._source if self._source != page.url else None,
        )
        yield from self._open(opened)

    def _feed(self, opened: Opened) -> Iterator[Item]:
        from diptych.read.follow import follow

        # A feed that was not named by itself, but lay in a folder, is no order to go and fetch.
        fetcher = self._web.fetcher if opened.named else None
        body = opened.body(self._limits.max_feed_bytes)
        yield from follow(body, opened.uri, self._source, fetcher, self._limits, self._web.known)

    def _path(self, path: str) -> Iterator[Item]:
        with file_errors(path):
            folder = stat.S_ISDIR(os.stat(path).st_mode)
        if not folder:
            yield from self._file(path, named=True)
            return
        found = False
        for entry in walk(path):
            if isinstance(entry, LeftOut):
                if entry.error:
                    yield Refused(entry.path, self._source, entry.error)
                else:
                    yield Skipped(entry.path, self._source, entry.why)
            else:
                found = True
                yield from self.guarded(entry.path, self._file(entry.path, named=False))
        if not found:
            raise InputError(
                f"{path} is a directory without a file to read", "Give a file, or a folder that holds some"
            )

    def _file(self, path: str, *, named: bool) -> Iterator[Item]:
        with open_file(path, self._source, self._limits, named=named) as opened:
            yield from self._open(opened)

    def guarded(self, uri: str, items: Iterator[Item]) -> Iterator[Item]:
        """Pass ``items`` on; an error ends them as a refused item, so that what comes after is still read."""
        try:
            yield from items
        except DiptychError as error:
            yield Refused(uri, self._source, error)
        except Exception as error:
            what = f"An unforeseen error ({type(error).__name__}: {error}) while {uri} was opened"
            yield Refused(uri, self._source, UnforeseenError(what, "Report it with the file if you can"))

    def _open(self, opened: Opened) -> Iterator[Item]:
        head = opened.head()
        packing = packing_of(head)
        if packing is not None:
            yield from self._open(opened.unpack(packing))
            return
        kind = kind_of(head, opened.name)
        if kind == "document":
            yield opened.document()
        elif kind == "lines":
            yield from json_lines(opened, self._columns)
        elif kind == "json":
            yield from json_objects(opened, self._columns)
        elif kind == "table":
            yield from table_rows(opened, self._columns)
        elif kind == "warc":
            from diptych.read.warc import warc_pages

            yield from warc_pages(opened)
        elif kind == "feed":
            yield from self._feed(opened)
        else:
            yield from self._members(opened, kind)

    def _members(self, opened: Opened, kind: Literal["zip", "tar"]) -> Iterator[Item]:
        from diptych.read.archives import tar_members, zip_members

        if opened.depth > 1:
            raise UnsupportedMedia(
                f"{opened.uri} is an archive within an archive within an archive",
                "Unpack the outer ones and give what comes out",
            )
        for member in zip_members(opened) if kind == "zip" else tar_members(opened):
            if isinstance(member, Refused):
                yield member
                continue
            yield from self.guarded(member.uri, self._open(member))
            # What is wrong with the archive as a whole ends it; what is wrong with a member, that member alone.
            opened.budget.check()
