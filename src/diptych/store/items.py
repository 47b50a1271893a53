"""What goes into the store and comes out of it beside the records: entries, locations, refusals, hits, counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from diptych.records import Act, Document, Provenance, Reading, Telling

__all__ = [
    "Added",
    "Counts",
    "Entry",
    "Feed",
    "Hit",
    "KnownOffice",
    "KnownPerson",
    "Location",
    "Refusal",
    "Search",
    "Version",
]


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where a document was found: an address (or a file, or a line of one), when, and what the server said of it."""

    uri: str
    document: str
    fetched_at: dt.datetime
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A document with all that is kept of it; ``reading`` is None in a language that is not read yet."""

    document: Document
    location: Location
    reading: Reading | None = None
    tellings: tuple[Telling, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    signature: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Added:
    """What a batch changed: ids that are new, and ids that were known already."""

    new: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """An input that was not taken, why, and what can be done; ``tried_at`` is the last try, ``tries`` how many."""

    uri: str
    source: str
    reason: str
    remedy: str
    tried_at: dt.datetime
    first_tried_at: dt.datetime | None = None
    tries: int = 1


@dataclass(frozen=True, kw_only=True)
class Version:
    """One state of what stood at ``uri``: the document, and when it was first and last fetched there."""

    uri: str
    document: str
    title: str | None
    published: dt.date | None
    updated: dt.date | None
    fetched_at: dt.datetime
    last_fetched_at: dt.datetime
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Feed:
    """Where polling of a feed stands."""

    uri: str
    etag: str | None = None
    last_modified: str | None = None
    last_polled: dt.datetime | None = None
    next_due: dt.datetime | None = None
    failures: int = 0
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for: words and "phrases", all of which must stand in a hit, and filters.

    ``source`` and ``holder`` are names or words of names; ``side`` and ``counterpart`` ISO 3166 alpha-3 codes;
    ``since`` and ``until`` bound the day of publication, both included.
    """

    query: str = ""
    kind: Literal["statements", "documents"] = "statements"
    source: str | None = None
    holder: str | None = None
    act: Act | None = None
    side: str | None = None
    counterpart: str | None = None
    topic: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    limit: int = 20


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found: its words, where they stand in the document, and which of them were looked for.

    ``spans`` are offsets into ``quote``; ``start`` and ``end`` into the document's text; a higher ``score`` is a
    better match. ``id`` is a statement's or a document's.
    """

    id: str
    document: str
    quote: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    score: float
    uri: str
    title: str | None
    publisher: str | None
    country: str | None
    published: dt.date | None
    source: str | None = None
    holder: tuple[str, ...] = ()
    act: Act | None = None
    cue: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much the archive holds; ``read`` counts the documents that have a reading."""

    documents: int
    read: int
    locations: int
    mentions: int
    statements: int
    tellings: int
    contacts: int
    two_sided: int
    accounts: int
    comparisons: int
    corrections: int
    refused: int
    feeds: int


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """A person as the documents name them: in what office, in which documents (their ids), between which days."""

    name: str
    country: str | None
    office: str | None
    office_from: Literal["text", "table"] | None
    document_ids: frozenset[str]
    first: dt.date | None
    last: dt.date | None

    @property
    def documents(self) -> int:
        """In how many documents."""
        return len(self.document_ids)


@dataclass(frozen=True, kw_only=True)
class KnownOffice:
    """An office as the documents give it: who held it, in how many documents, between which days.

    ``conflicts`` is what the dated table has instead where the two disagree.
    """

    title: str
    country: str | None
    person: str
    office_from: Literal["text", "table"] | None
    documents: int
    first: dt.date | None
    last: dt.date | None
    conflict: str | None = None
