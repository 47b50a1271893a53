"""Whether what came in is what the publisher normally gives: a redesigned page or a silent feed is noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diptych.knowledge.sources import Source, Sources

__all__ = ["Arrival", "unusual"]

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


def unusual(arrivals: Iterable[Arrival], sources: Sources, *, week_of: dt.date | None = None) -> Iterator[str]:
    """Yield one sentence for each thing that is outside what is normal for a publisher that is followed.

    ``week_of`` is the day on which a week of the publisher's feed has been seen whole: then the documents of the seven
    days up to it are counted too. Without it only lengths are judged, because an archive that is filled from files
    says nothing about a week.
    """
    by_source: dict[str, tuple[Source, list[Arrival]]] = {}
    for arrival in arrivals:
        source = sources.of_address(arrival.uri) or sources.of_publisher(arrival.publisher, arrival.country)
        if source is not None:
            by_source.setdefault(source.id, (source, []))[1].append(arrival)
    for _, (source, group) in sorted(by_source.items()):
        yield from _lengths(source, group)
        if week_of is not None:
            first = week_of - dt.timedelta(days=6)
            count = sum(a.published is not None and first <= a.published <= week_of for a in group)
            told = source.unusual_week(count)
            if told is not None:
                yield f"{told}; look whether the feed is complete and the days are read right"


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
