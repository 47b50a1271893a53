"""Something that was opened and is about to be expanded."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from diptych.errors import TooLarge, UnsupportedMedia
from diptych.read.files import file_errors
from diptych.read.items import make_raw
from diptych.read.limits import ReadLimits, in_megabytes
from diptych.read.unpack import PACKINGS, Budget, Flow, unpacked
from diptych.records import RawDocument

__all__ = ["HEAD", "Opened", "open_file", "open_stream"]

#: Bytes that are looked at to tell what something is.
HEAD = 65_536


@contextlib.contextmanager
def open_file(path: str, source: str, limits: ReadLimits, *, named: bool) -> Iterator[Opened]:
    """Open a file on disk; raises :class:`~diptych.errors.NotFound` and :class:`~diptych.errors.InputError`."""
    with file_errors(path):
        file = open(path, "rb")  # noqa: SIM115 (closed below: errors of opening are told here, those of reading later)
    with file:
        yield open_stream(file, path, source, limits, named=named)


def open_stream(file: BinaryIO, name: str, source: str, limits: ReadLimits, *, named: bool) -> Opened:
    """Return ``file``, which is called ``name``, ready to be expanded."""
    budget = Budget(name, limits)

    def read(size: int) -> bytes:
        part = file.read(size)
        budget.packed += len(part)
        return part

    stream = io.BufferedReader(Flow(read, name), HEAD)
    return Opened(name, name, source, stream, limits, budget, named=named, file=file if file.seekable() else None)


@dataclass(frozen=True)
class Opened:
    """A stream of bytes with all that is known of where it is from.

    ``uri`` is its address, path, or ``archive.zip#member``; ``name`` what its ending is taken from; ``source`` what
    the user named. ``depth`` counts the archives around it, ``packings`` the packings; ``named`` tells that the user
    named it by itself, so that a feed is followed. ``file`` is the file on disk that the stream reads, where it can be
    read from its end as well.
    """

    uri: str
    name: str
    source: str
    stream: io.BufferedReader[Flow]
    limits: ReadLimits
    budget: Budget
    depth: int = 0
    packings: int = 0
    named: bool = False
    file: BinaryIO | None = None
    fetched_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    declared: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    asked: str | None = None

    def head(self) -> bytes:
        """Return the first bytes, which stay to be read."""
        return self.stream.peek(HEAD)

    def unpack(self, packing: str) -> Opened:
        """Return what comes out of this packed stream; raises UnsupportedMedia where it was packed twice."""
        if self.packings:
            raise UnsupportedMedia(f"{self.uri} is packed twice", "Unpack it once and give what comes out")
        flow = unpacked(self.stream.read, packing, self.uri, self.budget.spend)
        name = self.name
        for ending in PACKINGS[packing][1]:
            if name.casefold().endswith(ending):
                name = name[: -len(ending)] + (".tar" if ending.startswith(".t") else "")
        return replace(self, name=name, stream=io.BufferedReader(flow, HEAD), file=None, packings=1)

    def body(self, most: int | None = None) -> bytes:
        """Return all bytes; raises :class:`~diptych.errors.TooLarge` where there are more than ``most``."""
        most = most or self.limits.max_bytes
        body = self.stream.read(most + 1)
        if len(body) > most:
            raise TooLarge(
                f"{self.uri} holds more than the {in_megabytes(most)} allowed",
                "Give one text instead of a collection, or raise the size limit",
            )
        return body

    def document(self) -> RawDocument:
        """Return the document that this is; raises what :func:`diptych.read.items.make_raw` raises."""
        return make_raw(
            self.uri,
            self.body(),
            name=self.name,
            declared=self.declared,
            charset=self.charset,
            fetched_at=self.fetched_at,
            etag=self.etag,
            last_modified=self.last_modified,
            asked=self.asked,
        )
