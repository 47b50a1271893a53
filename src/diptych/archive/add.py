"""Documents into the archive: expanded, cleaned, told apart from known ones, read by workers, written batch by batch.

The main process expands, asks the store and writes; workers read. A batch is written in one transaction, so that a
process killed at any moment loses at most the batches in work, and the same call again completes the rest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from diptych.archive.normal import Arrival, unusual
from diptych.archive.pages import known_pages
from diptych.archive.pool import Pool
from diptych.archive.regather import regather
from diptych.archive.retry import refused_again
from diptych.archive.work import ReadDocument, Unread
from diptych.errors import DiptychError
from diptych.pipeline import BATCH, document_of, unforeseen
from diptych.read import Refused, Row, Skipped, expand
from diptych.records import Document, RawDocument
from diptych.store import Entry, Location, Refusal

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.read import Item
    from diptych.store import Store

__all__ = ["Progress", "Summary", "add"]

#: Characters of documents that are read and written together: what a kill can cost, and what keeps memory flat.
BATCH_CHARACTERS = 30_000
#: Refusals that a summary names one by one.
NAMED = 20
#: Seconds after which documents that wait for a batch to fill are read all the same: addresses come in slowly.
PATIENCE = 3.0


@dataclass(frozen=True)
class Progress:
    """How far adding is: documents seen, and what became of them; ``stage`` says what is done right now."""

    stage: str
    seen: int
    added: int
    known: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What adding did.

    ``added`` counts new documents, ``unread`` those among them whose language is not read yet (their words are found
    all the same), ``known`` those that the archive had, ``skipped`` what was left out on purpose. ``refused_by``
    counts refusals by reason, ``refused`` names the first of them. ``contacts`` is how many contacts the archive has
    now. ``seconds`` is the time it all took.
    """

    added: int
    unread: int
    known: int
    skipped: int
    refused_by: Mapping[str, int]
    refused: tuple[Refusal, ...]
    contacts: int
    seconds: float
    warnings: tuple[str, ...] = ()

    @property
    def refused_in_all(self) -> int:
        """How many inputs were refused."""
        return sum(self.refused_by.values())


def add(
    store: Store,
    sources: Sequence[str],
    kb: Knowledge,
    *,
    columns: Mapping[str, str] | None = None,
    workers: int = 2,
    limit: int | None = None,
    retry: bool = False,
    items: Iterable[Item] = (),
    notify: Callable[[Progress], None] | None = None,
) -> Summary:
    """Add what ``sources`` hold (and, with ``retry``, what was refused before) and gather the contacts anew.

    ``columns`` says which column of a table is which field, ``limit`` ends it after so many documents; ``items`` are
    added after what the sources hold, as those of feeds that are watched. Nothing is raised for a document: it is
    refused, with the reason, and kept in the store's list. Raises :class:`~diptych.errors.StoreError`, and
    :class:`~diptych.errors.ModelError` where workers cannot start.
    """
    began = time.monotonic()
    adding = _Adding(store, notify)
    named = expand(sources, columns=columns, known=known_pages(store))
    again = refused_again(store.refused(), columns) if retry else ()
    everything = itertools.chain(again, named, items)
    with Pool(workers) as pool:
        for outcomes in pool.read(adding.batches(everything, limit)):
            adding.keep(outcomes)
    adding.flush()
    adding.tell("gathering")
    regather(store, kb)
    return adding.summary(time.monotonic() - began)


@dataclass(eq=False)
class _Adding:
    """The state of one run of :func:`add`."""

    store: Store
    notify: Callable[[Progress], None] | None
    added: int = 0
    unread: int = 0
    known: int = 0
    skipped: int = 0
    refused_by: Counter[str] = field(default_factory=Counter)
    named: list[Refusal] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    #: Documents that workers have, with where each was found and what the user named.
    _at_work: dict[str, list[tuple[Location, str]]] = field(default_factory=dict)
    _saw: list[Location] = field(default_factory=list)
    _refusals: list[Refusal] = field(default_factory=list)
    _refused_before: set[str] = field(default_factory=set)
    #: Addresses that were refused before and now led to another, by that other.
    _asked: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._refused_before = {refusal.uri for refusal in self.store.refused()}

    def batches(self, items: Iterator[Item], limit: int | None) -> Iterator[list[Document]]:
        """The documents among ``items`` that the archive does not have, in batches for the workers."""
        batch: list[Document] = []
        size, since = 0, time.monotonic()
        for new in self._new_documents(itertools.islice(items, limit)):
            for document in new:
                if batch and (len(batch) == BATCH or size + len(document.text) > BATCH_CHARACTERS):
                    yield batch
                    batch, size, since = [], 0, time.monotonic()
                batch.append(document)
                size += len(document.text)
            if batch and time.monotonic() - since > PATIENCE:
                yield batch
                batch, size, since = [], 0, time.monotonic()
            self.tell("reading")
        if batch:
            yield batch

    def keep(self, outcomes: Sequence[ReadDocument | Unread]) -> None:
        """Write what a worker read, all of it in one transaction, and note what it could not read."""
        entries: list[Entry] = []
        for outcome in outcomes:
            if isinstance(outcome, Unread):
                for location, source in self._at_work.pop(outcome.document):
                    self._refuse(location.uri, source, outcome.error)
                continue
            (location, _), *others = self._at_work.pop(outcome.document.id)
            self._saw.extend(other for other, _ in others)
            entries.append(
                Entry(
                    document=outcome.document,
                    location=location,
                    reading=outcome.reading,
                    tellings=outcome.tellings,
                    provenance=outcome.provenance,
                    signature=outcome.signature,
                )
            )
        new = frozenset(self.store.put(entries).new) if entries else frozenset()
        self.added += len(new)
        self.known += len(entries) - len(new)
        for entry in entries:
            if entry.document.id in new:
                self.unread += entry.reading is None
                self.arrivals.append(_arrival(entry.document))
        self.flush()
        self._admit([entry.location.uri for entry in entries])
        self.tell("reading")

    def flush(self) -> None:
        """Write what was noted: known documents seen again, and refusals."""
        if self._refusals:
            self.store.refuse(self._refusals)
            self._refusals = []
        if self._saw:
            self.store.saw(self._saw)
            self._admit([location.uri for location in self._saw])
            self._saw = []

    def tell(self, stage: str) -> None:
        """Say how far it is."""
        if self.notify is not None:
            refused = sum(self.refused_by.values())
            seen = self.added + self.known + self.skipped + refused
            self.notify(Progress(stage, seen, self.added, self.known, refused))

    def summary(self, seconds: float) -> Summary:
        """What was done in all."""
        from diptych.knowledge.sources import load_sources

        return Summary(
            added=self.added,
            unread=self.unread,
            known=self.known,
            skipped=self.skipped,
            refused_by=dict(self.refused_by.most_common()),
            refused=tuple(self.named),
            contacts=self.store.counts().contacts,
            seconds=seconds,
            warnings=tuple(unusual(self.arrivals, load_sources())),
        )

    def _new_documents(self, items: Iterator[Item]) -> Iterator[list[Document]]:
        """The unknown documents of each handful of items."""
        while handful := list(itertools.islice(items, BATCH)):
            yield self._unknown(self._cleaned(handful))
            if len(self._saw) + len(self._refusals) >= 10 * BATCH:
                self.flush()

    def _cleaned(self, items: Sequence[Item]) -> list[tuple[Document, Location, str]]:
        """The documents of ``items`` but for those that are known to stand unchanged where they stood."""
        given = [item for item in items if isinstance(item, RawDocument | Row)]
        prints = {item.uri: _fingerprint(item) for item in given}
        unchanged = self._unchanged(prints)
        cleaned: list[tuple[Document, Location, str]] = []
        for one in given:
            if isinstance(one, RawDocument) and one.asked in self._refused_before:
                self._asked[one.uri] = one.asked
        self._admit(sorted(unchanged))
        for item in items:
            if isinstance(item, Refused):
                self._refuse(item.uri, item.source, item.error)
            elif isinstance(item, Skipped):
                self.skipped += not item.unchanged
                self.known += item.unchanged
            elif item.uri in unchanged:
                self.known += 1
            else:
                source = item.source if isinstance(item, Row) else item.uri
                try:
                    document = document_of(item)
                except Exception as error:
                    self._refuse(item.uri, source, unforeseen(error))
                else:
                    cleaned.append((document, _location(item, document, prints[item.uri]), source))
        return cleaned

    def _unchanged(self, prints: Mapping[str, str]) -> frozenset[str]:
        """The addresses where the same bytes stood when they were last seen."""
        last: dict[str, str | None] = {}
        for location in self.store.locations(prints):
            last.setdefault(location.uri, location.sha256)
        return frozenset(uri for uri, fingerprint in prints.items() if last.get(uri) == fingerprint)

    def _unknown(self, cleaned: Sequence[tuple[Document, Location, str]]) -> list[Document]:
        known = self.store.known([document.id for document, _, _ in cleaned])
        new: list[Document] = []
        for document, location, source in cleaned:
            if document.id in known:
                self.known += 1
                self._saw.append(location)
            elif document.id in self._at_work:
                self.known += 1
                self._at_work[document.id].append((location, source))
            else:
                self._at_work[document.id] = [(location, source)]
                new.append(document)
        return new

    def _refuse(self, uri: str, source: str, error: DiptychError) -> None:
        refusal = Refusal(
            uri=uri, source=source, reason=error.happened, remedy=error.remedy, tried_at=dt.datetime.now(dt.UTC)
        )
        self._refusals.append(refusal)
        self._refused_before.add(uri)
        self.refused_by[_reason(error)] += 1
        if len(self.named) < NAMED:
            self.named.append(refusal)

    def _admit(self, uris: Sequence[str]) -> None:
        asked = [self._asked[uri] for uri in uris if uri in self._asked]
        again = self._refused_before.intersection((*uris, *asked))
        if again:
            self.store.admit(sorted(again))
            self._refused_before -= again


def _fingerprint(item: RawDocument | Row) -> str:
    """SHA-256 of the bytes of a page, of the fields of a row."""
    if isinstance(item, RawDocument):
        return item.sha256
    return hashlib.sha256(msgspec.json.encode(dict(item.fields), order="sorted")).hexdigest()


def _location(item: RawDocument | Row, document: Document, fingerprint: str) -> Location:
    if isinstance(item, Row):
        return Location(uri=item.uri, document=document.id, fetched_at=dt.datetime.now(dt.UTC), sha256=fingerprint)
    return Location(
        uri=item.uri,
        document=document.id,
        fetched_at=item.fetched_at,
        etag=item.etag,
        last_modified=item.last_modified,
        sha256=fingerprint,
    )


def _arrival(document: Document) -> Arrival:
    return Arrival(
        publisher=document.publisher,
        country=document.country,
        uri=document.uri,
        words=len(document.text.split()),
        published=document.published,
    )


def _reason(error: DiptychError) -> str:
    """The kind of error in words, as its class is described."""
    return (type(error).__doc__ or type(error).__name__).strip().splitlines()[0].rstrip(".")
