"""``diptych watch FEED…``: feeds that are followed, once or on a schedule."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from diptych.cli.archive import open_archive
from diptych.cli.main import app
from diptych.errors import UsageError

if TYPE_CHECKING:
    from types import FrameType

    from diptych.archive.add import Summary
    from diptych.archive.watch import Poll, Unusual
    from diptych.store import Store

EXAMPLES = """\b
Examples:
  diptych watch https://example.org/feed.xml                every 30 minutes, until it is stopped
  diptych watch --opml feeds.opml --every 2h
  diptych watch --official --country UKR --country USA      the publishers that diptych knows
  diptych watch --once                                      all feeds followed before, as from cron
"""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@app.command(epilog=EXAMPLES)
def watch(
    context: typer.Context,
    feeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FEED", help="Addresses of RSS or Atom feeds and sitemaps; left out, those followed before."
        ),
    ] = None,
    opml: Annotated[str | None, typer.Option("--opml", metavar="FILE", help="An OPML list of feeds.")] = None,
    official: Annotated[
        bool, typer.Option("--official", help="The feeds of the official publishers that diptych knows.")
    ] = False,
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="ISO3", help="With --official: of these countries only.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Ask every feed once and stop.")] = False,
    every: Annotated[
        str, typer.Option(metavar="TIME", help="Time between two polls of a feed: 30m, 2h, 1d; 5m at least.")
    ] = "30m",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that read, one a core.")] = 2,
) -> None:
    """Follow feeds, and add the new pages that they name to the archive.

    Servers are asked politely: as robots.txt allows, slowly, only for what has changed, and ever more rarely where
    they fail. One line a poll. Ctrl-C or SIGTERM stops it at any moment with nothing half-written; with --once the
    exit code is 4 where a feed failed.
    """
    from diptych.archive.watch import watch as watch_feeds
    from diptych.knowledge import load

    pause = _pause(every)
    with open_archive(context, create=True) as store, _stoppable():
        good = True
        try:
            followed = _feeds(feeds or [], opml, official, country or [], store)
            good = watch_feeds(store, followed, load(), every=pause, once=once, workers=workers, notify=_tell)
        except KeyboardInterrupt:
            typer.echo("Stopped; the next watch goes on from here.")
    if not good:
        raise typer.Exit(4)


def _feeds(named: list[str], opml: str | None, official: bool, countries: list[str], store: Store) -> list[str]:
    from diptych.archive.watch import feeds_in, feeds_of

    if countries and not official:
        raise UsageError("--country is for --official", "Add --official, or leave --country out")
    wrong = next((feed for feed in named if not feed.casefold().startswith(("http://", "https://"))), None)
    if wrong is not None:
        raise UsageError(f"{wrong} is no web address", "Give the http or https address of a feed, or --opml FILE")
    found = [*named, *(feeds_in(opml) if opml else ())]
    if official:
        from diptych.knowledge.sources import load_sources

        known = feeds_of(load_sources(), [code.upper() for code in countries])
        if not known:
            raise UsageError("No official publisher of these countries has a feed", "Name its feed, or other countries")
        found += known
    found = found or [feed.uri for feed in store.feeds()]
    if not found:
        raise UsageError("No feed is followed yet", "Name feeds, or give --opml FILE or --official")
    return list(dict.fromkeys(found))


def _tell(told: Poll | Summary | Unusual) -> None:
    from diptych.archive.watch import Poll, Unusual

    if isinstance(told, Unusual):
        typer.echo(f"  {told.told}")
        return
    typer.echo(_poll_line(told) if isinstance(told, Poll) else _summary_line(told))


def _poll_line(poll: Poll) -> str:
    at = f"{poll.at.astimezone():%Y-%m-%d %H:%M} {poll.uri}: "
    next_time = f"; next {poll.next_due.astimezone():%Y-%m-%d %H:%M}"
    if poll.waits:
        return f"{at}failed before, not asked{next_time}"
    if poll.failure is not None:
        return f"{at}{poll.failure.happened}{next_time}"
    if poll.unchanged:
        return f"{at}unchanged{next_time}"
    counts = ((poll.fetched, "fetched"), (poll.known, "known already"), (poll.refused, "refused"))
    return at + (", ".join(f"{count:,} {what}" for count, what in counts if count) or "no entries") + next_time


def _summary_line(summary: Summary) -> str:
    told = f"Added {summary.added:,}, known already {summary.known:,}, refused {summary.refused_in_all:,}"
    lines = [f"{told}; contacts in the archive: {summary.contacts:,}"]
    lines += [f"  {refusal.uri}: {refusal.reason}" for refusal in summary.refused]
    return "\n".join([*lines, *(f"  {warning}" for warning in summary.warnings)])


def _pause(every: str) -> dt.timedelta:
    match = re.fullmatch(r"(\d{1,5})\s*([smhd])", every.strip().casefold())
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if seconds < 300:
        raise UsageError(f"--every {every} is no time of five minutes or more", "Write 30m, 2h or 1d")
    return dt.timedelta(seconds=seconds)


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Make SIGTERM stop as Ctrl-C does, wherever it finds us."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
