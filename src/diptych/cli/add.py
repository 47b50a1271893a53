"""``diptych add SOURCE…``: documents into the archive."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from diptych.cli.archive import open_archive
from diptych.cli.main import app
from diptych.cli.output import Format, write
from diptych.errors import UsageError

if TYPE_CHECKING:
    from diptych.archive.add import Progress

EXAMPLES = """\b
Examples:
  diptych add readouts/ press.jsonl.gz          files, folders, tables, archives: all that is in them
  diptych add https://example.org/feed.xml      a feed, a sitemap or a page
  diptych add clippings.csv --map text=body,title=headline,date=day
  diptych add --retry                           what was refused before, once more
  diptych --db postgresql://archive/team add readouts/
"""


@app.command(epilog=EXAMPLES)
def add(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Files and folders, addresses of pages, feeds and sitemaps, JSONL, CSV, WARC, zip and tar files, "
            "OPML lists of feeds, or - for standard input.",
        ),
    ] = None,
    map: Annotated[
        str | None,
        typer.Option("--map", metavar="FIELD=COLUMN,…", help="Which column of a table is which field; else guessed."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that read, one a core.")] = 2,
    retry: Annotated[bool, typer.Option("--retry", help="Take up again what was refused before.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many documents.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to show the summary.")] = Format.terminal,
) -> None:
    """Add documents to the archive, read them, and gather the contacts that they tell of.

    What is known already is left as it is. What cannot be read is told with the reason and kept in a list; the exit
    code is then 4. Killed or interrupted, the same call again does the rest.
    """
    if not sources and not retry:
        raise UsageError("Nothing is given to be added", "Name files, folders or addresses, or say --retry")
    from diptych.archive.add import add as add_documents
    from diptych.knowledge import load
    from diptych.read import parse_map
    from diptych.report.added import summary_json, summary_terminal

    columns = parse_map(map) if map else None
    with open_archive(context, create=True) as store, _progress(sources or [], limit) as notify:
        summary = add_documents(
            store,
            sources or [],
            load(),
            columns=columns,
            workers=workers,
            limit=limit,
            retry=retry,
            notify=notify,
        )
        name = store.name
    write(summary_json(summary) if format is Format.json else summary_terminal(summary, name), None)
    if summary.refused_by:
        raise typer.Exit(4)


@contextlib.contextmanager
def _progress(sources: list[str], limit: int | None) -> Iterator[Callable[[Progress], None] | None]:
    """Show count, rate and time left on standard error where a person looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from diptych.read import count_items

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), speed_estimate_period=120) as bar:
        task = bar.add_task("reading", total=count_items(sources, limit) if sources else None, rate="")

        def notify(progress: Progress) -> None:
            seconds = bar.tasks[0].elapsed or 0.0
            rate = f"{progress.added / seconds:.1f} documents/s" if progress.added and seconds else ""
            told = f"{rate}, {progress.refused:,} refused" if progress.refused else rate
            bar.update(task, completed=progress.seen, description=progress.stage, rate=told)

        yield notify
