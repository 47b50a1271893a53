"""Feeds that are followed: polled politely, what is new added, what fails left alone for longer and longer.

Where a feed stands is kept in the store, and only after what it brought is stored: a watch that is killed asks again.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from diptych.archive.add import Summary, add
from diptych.archive.normal import unusual_week
from diptych.archive.pages import known_pages
from diptych.errors import BusyStore, ContentError, DiptychError, EmptyInput, InputError
from diptych.pipeline import unforeseen
from diptych.read import DEFAULT_LIMITS, Item, ReadLimits, Refused, Skipped, parse_listing, read_source
from diptych.records import RawDocument
from diptych.store import Feed

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.knowledge.sources import Sources
    from diptych.read.polite import PoliteFetcher
    from diptych.store import Store

__all__ = ["LONGEST_WAIT", "Poll", "Unusual", "feeds_in", "feeds_of", "watch"]

#: A feed that keeps failing is asked at least so often.
LONGEST_WAIT = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Poll:
    """What came of asking one feed.

    ``fetched`` counts pages that came, ``known`` entries that need not be fetched, ``refused`` those that could not.
    ``failure`` is why the feed itself could not be had, ``waits`` that it failed before and was not asked this time.
    """

    uri: str
    at: dt.datetime
    next_due: dt.datetime
    fetched: int = 0
    known: int = 0
    refused: int = 0
    unchanged: bool = False
    waits: bool = False
    failure: DiptychError | None = None


@dataclass(frozen=True)
class Unusual:
    """A sentence about a publisher of whom fewer or more documents came in a week than normally."""

    told: str


def feeds_in(opml: str) -> tuple[str, ...]:
    """Return the addresses of the feeds that an OPML list (a file or an address) names.

    Raises what :func:`diptych.read.read_source` raises, :class:`~diptych.errors.Undecodable`, and
    :class:`~diptych.errors.EmptyInput` where it names none.
    """
    raw = read_source(opml)
    listing = parse_listing(raw.body, raw.uri, DEFAULT_LIMITS.max_entries)
    if listing.broken:
        raise listing.broken
    if not listing.more:
        raise EmptyInput(f"{opml} names no feeds", 'Give an OPML file with <outline xmlUrl="…"/>')
    return listing.more


def feeds_of(sources: Sources, countries: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the feeds of the official publishers that diptych knows, of these countries or of all."""
    return tuple(
        feed for source in sources.all if not countries or source.country in countries for feed in source.feeds
    )


def watch(
    store: Store,
    feeds: Sequence[str],
    kb: Knowledge,
    *,
    every: dt.timedelta,
    once: bool = False,
    workers: int = 2,
    fetcher: PoliteFetcher | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
    sources: Sources | None = None,
    notify: Callable[[Poll | Summary | Unusual], None] = lambda told: None,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Poll ``feeds`` once, or for ever with ``every`` between two polls of one; say whether none failed the last time.

    ``notify`` is told of every poll, of what was added by each round that brought something, and once a day of a
    publisher (of ``sources``, None: those that diptych knows) whose feed has been watched for a week and whose
    documents of the last seven days are not as many as normally. A feed that fails
    is asked again after twice the time, and so on up to :data:`LONGEST_WAIT`, or when its server says; ``once`` leaves
    it alone until then. An archive that another process holds for long, and a mistake of diptych's own, count as a
    failure of the feeds that were asked. Ends for ever by an exception of ``sleep`` or ``notify``, or by
    KeyboardInterrupt, and then nothing is half-written. Raises :class:`~diptych.errors.StoreError`.
    """
    from diptych.read.polite import PoliteFetcher

    if sources is None:
        from diptych.knowledge.sources import load_sources

        sources = load_sources()
    watcher = _Watcher(store, fetcher or PoliteFetcher(limits, sleep=sleep), limits, every, notify, sources)
    while True:
        good = watcher.round(feeds, kb, workers, once=once)
        if once:
            return good
        sleep(max(1.0, (watcher.earliest(feeds) - _now()).total_seconds()))


@dataclass(eq=False)
class _Watcher:
    store: Store
    fetcher: PoliteFetcher
    limits: ReadLimits
    every: dt.timedelta
    notify: Callable[[Poll | Summary | Unusual], None]
    sources: Sources
    #: Where feeds stand that is not stored yet, by address: their entries are stored first.
    _done: dict[str, Feed] = field(default_factory=dict)
    #: Feeds that were asked in this round, as they stood before.
    _asked: list[Feed] = field(default_factory=list)
    _good: bool = True
    #: The day on which an unusual week was told last, by publisher.
    _told: dict[str, dt.date] = field(default_factory=dict)

    def round(self, feeds: Sequence[str], kb: Knowledge, workers: int, *, once: bool) -> bool:
        """Ask every feed that is due, and add what they name."""
        self._asked, self._good = [], True
        summary = None
        try:
            items = self._items(feeds, once=once)
            first = next((item for item in items if not isinstance(item, Skipped)), None)
            if first is not None:
                summary = add(self.store, [], kb, workers=workers, items=_chain(first, items))
        except Exception as error:
            # What they brought is not stored as a whole: all that were asked are asked again, and not at once.
            if not _passes(error) or not self._asked:
                raise
            for state in self._asked:
                self._failed(state, _now(), unforeseen(error))
        if summary is not None:
            self.notify(summary)
        came = [state for state in self._asked if not self._done[state.uri].failures]
        for feed in list(self._done.values()):
            try:
                self.store.put_feed(feed)
            except BusyStore:
                self._good = False  # remembered here, and written after the next round
                break
            del self._done[feed.uri]
        for state in came:
            self._count_week(state)
        return self._good

    def _count_week(self, state: Feed) -> None:
        """Tell where the publisher of a feed that came, seen for a week without a gap of one, is unusual."""
        now = _now()
        source = next((one for one in self.sources.all if state.uri in one.feeds), None)
        since = self.store.watched_since(state.uri)
        if source is None or since is None or now - since < _WEEK or self._told.get(source.id) == now.date():
            return
        if state.last_polled is None or now - state.last_polled > _WEEK:
            return
        first, last = now.date() - dt.timedelta(days=6), now.date()
        told = unusual_week(source, self.store.count_published(source.publisher, source.country, first, last))
        if told is not None:
            self._told[source.id] = last
            self.notify(Unusual(told))

    def earliest(self, feeds: Sequence[str]) -> dt.datetime:
        """When the first of the feeds is due."""
        return min((self._state(uri).next_due or _now() for uri in feeds), default=_now() + self.every)

    def _items(self, feeds: Sequence[str], *, once: bool) -> Iterator[Item]:
        for uri in dict.fromkeys(feeds):
            state = self._state(uri)
            now = _now()
            due = state.next_due is None or state.next_due <= now or (once and not state.failures)
            if due:
                yield from self._poll(state, now)
            elif state.failures and once:
                self._good = False
                self.notify(Poll(uri=uri, at=now, next_due=state.next_due or now, waits=True))

    def _poll(self, state: Feed, now: dt.datetime) -> Iterator[Item]:
        """Yield what one feed names; the feed that fails is told and noted, and yields nothing more."""
        from diptych.read.follow import follow

        fetched = known = refused = 0
        self._asked.append(state)
        try:
            page = self.fetcher.fetch(state.uri, etag=state.etag, last_modified=state.last_modified)
            if not page.unchanged:
                pages = known_pages(self.store)
                for item in follow(page.body, page.url, state.uri, self.fetcher, self.limits, pages):
                    fetched += isinstance(item, RawDocument)
                    known += isinstance(item, Skipped)
                    refused += isinstance(item, Refused)
                    yield item
        except Exception as error:
            if not _passes(error):
                raise
            self._failed(state, now, unforeseen(error))
            return
        due = now + self.every
        # A server that sends "unchanged" need not repeat what it goes by.
        etag = page.etag or (state.etag if page.unchanged else None)
        modified = page.last_modified or (state.last_modified if page.unchanged else None)
        self._done[state.uri] = Feed(uri=state.uri, etag=etag, last_modified=modified, last_polled=now, next_due=due)
        self.notify(
            Poll(
                uri=state.uri,
                at=now,
                next_due=due,
                fetched=fetched,
                known=known,
                refused=refused,
                unchanged=page.unchanged,
            )
        )

    def _failed(self, state: Feed, now: dt.datetime, error: DiptychError) -> None:
        self._good = False
        failures = state.failures + 1
        wait = min(self.every * 2 ** min(failures, 16), LONGEST_WAIT)
        asked_for = getattr(error, "after", None)
        if asked_for is not None:
            wait = min(max(wait, dt.timedelta(seconds=asked_for)), LONGEST_WAIT)
        self._done[state.uri] = Feed(
            uri=state.uri,
            etag=state.etag,
            last_modified=state.last_modified,
            last_polled=now,
            next_due=now + wait,
            failures=failures,
            message=error.happened,
        )
        self.notify(Poll(uri=state.uri, at=now, next_due=now + wait, failure=error))

    def _state(self, uri: str) -> Feed:
        return self._done.get(uri) or self.store.feed(uri) or Feed(uri=uri)


def _passes(error: Exception) -> bool:
    """Whether an error may concern one feed or one moment alone, so that the watch goes on."""
    return isinstance(error, InputError | ContentError | BusyStore) or not isinstance(error, DiptychError)


def _chain(first: Item, rest: Iterator[Item]) -> Iterator[Item]:
    yield first
    yield from rest


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
