"""Something that was opened and is about to be expanded."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field

from diptych.errors import TooLarge
from diptych.read.items import make_raw
from diptych.read.limits import ReadLimits, in_megabytes
from diptych.read.unpack import Budget, Flow
from diptych.records import RawDocument

__all__ = ["HEAD", "Opened"]

#: Bytes that are looked at to tell what something is.
HEAD = 65_536


@dataclass(frozen=True)
class Opened:
    """A stream of bytes with all that is known of where it is from.

    ``uri`` is its address, path, or ``archive.zip#member``; ``name`` what its ending is taken from; ``source`` what
    the user named. ``depth`` counts the archives around it, ``packings`` the packings; ``named`` tells that the user
    named it by itself, so that a feed is followed.
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
    fetched_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    declared: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    def head(self) -> bytes:
        """Return the first bytes, which stay to be read."""
        return self.stream.peek(HEAD)

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
        )
