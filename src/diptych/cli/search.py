"""``diptych search WORDS…``: statements and documents of the archive, by words, by meaning, and by who said what."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from diptych.cli.archive import countries, first_day, last_day, open_archive
from diptych.cli.main import app
from diptych.cli.output import Format, Output, Width, terminal_width, wants_color, write
from diptych.errors import UsageError
from diptych.records import Act

if TYPE_CHECKING:
    from diptych.store import Hit, Search

EXAMPLES = """\b
Examples:
  diptych search prisoner exchange                       statements with both words
  diptych search '"prisoner exchange"' --act agree       the phrase, where it was agreed
  diptych search ferries --documents --since 2023        whole documents
  diptych search --source "Ada Bell" --counterpart UKR   all that she says where Ukraine is the other side
  diptych search "letting captives go home" --meaning    by meaning, in any of sixteen languages
"""


@app.command(epilog=EXAMPLES)
def search(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help='Words that all must stand in it; "a phrase" in quotes.')
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this person or institution is quoted with.")
    ] = None,
    holder: Annotated[str | None, typer.Option(metavar="NAME", help="Only acts of this one.")] = None,
    act: Annotated[str | None, typer.Option(metavar="ACT", help=f"Only this act: {', '.join(get_args(Act))}.")] = None,
    side: Annotated[
        str | None,
        typer.Option(metavar="ISO3", help="Only what belongs to this side's account; of documents: published by it."),
    ] = None,
    counterpart: Annotated[
        str | None, typer.Option(metavar="ISO3", help="Only where this state is the other side.")
    ] = None,
    topic: Annotated[str | None, typer.Option(metavar="TOPIC", help="Only on this topic of the taxonomy.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Published from this day on: 2022-01-27, 2022-01 or 2022.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Published up to this day, month or year.")] = None,
    documents: Annotated[bool, typer.Option("--documents", help="Find documents instead of statements.")] = False,
    meaning: Annotated[
        bool,
        typer.Option("--meaning", help="Find statements that mean alike; the first time it has to read all of them."),
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to show them.")] = Format.terminal,
    output: Output = None,
    width: Width = None,
) -> None:
    """Search the statements or the documents of the archive; the passages that fit are shown with the words marked."""
    from diptych.report.found import hits_json, hits_terminal
    from diptych.store import Search

    if act is not None and act not in get_args(Act):
        raise UsageError(f"There is no act {act!r}", f"Choose one of {', '.join(get_args(Act))}")
    wanted = Search(
        query=" ".join(words or ()),
        kind="documents" if documents else "statements",
        source=source,
        holder=holder,
        act=cast("Act | None", act),
        side=_code(side),
        counterpart=_code(counterpart),
        topic=topic,
        since=first_day(since),
        until=last_day(until),
        limit=limit,
    )
    if not wanted.query and not any((source, holder, act, side, counterpart, topic, since, until)):
        raise UsageError("Nothing is looked for", "Give words, or a filter such as --source")
    if meaning:
        found = _by_meaning(context, wanted)
    else:
        with open_archive(context, read_only=True) as store:
            found = store.search(wanted)
    if format is Format.json:
        write(hits_json(found, wanted.kind), output)
    else:
        color = wants_color() and output is None
        otherwise = "" if meaning or documents else "try --documents, or --meaning for other words"
        write(hits_terminal(found, terminal_width(width), color, otherwise=otherwise), output)


def _code(named: str | None) -> str | None:
    if named is None:
        return None
    from diptych.knowledge import load

    return countries((named,), load())[0]


def _by_meaning(context: typer.Context, wanted: Search) -> list[Hit]:
    from diptych.archive.meaning import encode_statements, search_by_meaning
    from diptych.models.encoder import load_encoder

    if wanted.kind == "documents" or not wanted.query:
        raise UsageError(
            "--meaning finds statements by words that say what is meant", "Give words, without --documents"
        )
    encoder = load_encoder()
    with open_archive(context, read_only=True) as store:
        total = store.count_without_vectors(encoder.name)
        if not total:
            return search_by_meaning(store, wanted, encoder)
    with open_archive(context) as store:
        with _progress(total) as notify:
            encode_statements(store, encoder, notify)
        return search_by_meaning(store, wanted, encoder)


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """Show how far encoding is, on standard error where a person looks."""
    if not total or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("reading statements for their meaning", total=total)
        yield lambda done: bar.update(task, completed=done)
