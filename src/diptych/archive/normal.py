"""Whether what came in is what the publisher normally gives: a redesigned page or a silent feed is noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diptych.knowledge.sources import Source, Sources

__all__ = ["Arrival", "unusual", "unusual_week"]

#: Share of a publisher's documents (0 to 1) that may be shorter or longer than normal before it is told.
TOLERATED = 0.2
#: With fewer documents than this, one odd text proves nothing of the layout.
ENOUGH = 5


@dataclass(frozen=True)
class Arrival:
    """A document that came in: who published it where and when, and how many words its body has."""

    publisher: str | None
    country: str | None
    uri: str
    words: int
    published: dt.date | None


def unusual(arrivals: Iterable[Arrival], sources: Sources) -> Iterator[str]:
    """Yield one sentence for each thing about texts that is outside what is normal for a publisher that is followed.

    Only lengths are judged: an archive that is filled from files says nothing about a week.
    """
    by_source: dict[str, tuple[Source, list[Arrival]]] = {}
    for arrival in arrivals:
        source = sources.of_address(arrival.uri) or sources.of_publisher(arrival.publisher, arrival.country)
        if source is not None:
            by_source.setdefault(source.id, (source, []))[1].append(arrival)
    for _, (source, group) in sorted(by_source.items()):
        yield from _lengths(source, group)


def unusual_week(source: Source, documents: int) -> str | None:
    """Say what is unusual about so many documents of a publisher in a week that was seen whole; None: nothing is."""
    told = source.unusual_week(documents)
    return None if told is None else f"{told}; look whether the feed is complete and the days are read right"


def _lengths(source: Source, group: list[Arrival]) -> Iterator[str]:
    least, most = source.normal.words
    short = sum(arrival.words < least for arrival in group)
    long = sum(arrival.words > most for arrival in group)
    for count, what, remedy in (
        (
            short,
            f"shorter than {least:,} words",
            "its pages may have a new layout, so that the body is not found whole",
        ),
        (long, f"longer than {most:,} words", "its pages may have a new layout, so that furniture is taken for text"),
    ):
        if len(group) >= ENOUGH and count / len(group) > TOLERATED:
            yield f"{count} of {len(group)} texts of {source.publisher} are {what}; {remedy}"
