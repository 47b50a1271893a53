"""``diptych read FILE|URL|-``: what one document tells, or thousands of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diptych.cli.main import app
from diptych.cli.output import Output, Width, terminal_width, wants_color, whole_file, write
from diptych.errors import UsageError

if TYPE_CHECKING:
    from diptych.pipeline import Engine, Failure
    from diptych.records import Reading

EXAMPLES = """\b
Examples:
  diptych read readout.txt
  diptych read https://example.org/news/call --format json
  diptych read archive.jsonl.gz --output readings.jsonl     one reading a line, with progress
  diptych read press.zip saved-pages/ --output readings.jsonl
  diptych read articles.csv --map text=body,title=headline --output readings.jsonl
"""


class Format(StrEnum):
    """How a reading is shown."""

    terminal = "terminal"
    json = "json"
    jsonl = "jsonl"


@app.command(epilog=EXAMPLES)
def read(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders, addresses, - for standard input. Tables (.jsonl, .json, .csv, .tsv, with the columns "
            "text, title, date, publisher, country, language, url), archives (.zip, .tar, .warc), feeds and sitemaps "
            "hold many documents; all may be packed (.gz, .bz2, .xz).",
        ),
    ],
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to show it; jsonl (one reading a line) for several documents."),
    ] = None,
    output: Output = None,
    width: Width = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many documents.")] = None,
    map: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN,…",
            help="Which column of a table is which field (text=body,title=headline); else they are guessed by name.",
        ),
    ] = None,
) -> None:
    """Read documents: who met whom, when, in what office; who said, agreed or denied what."""
    from diptych.pipeline import Engine, fetch
    from diptych.read import holds_many, parse_map

    columns = parse_map(map) if map else None
    many = len(sources) > 1 or holds_many(sources[0])
    if many and format in (Format.terminal, Format.json):
        raise UsageError(f"--format {format.value} shows one document", "Use --format jsonl for several")
    if many or format is Format.jsonl:
        _many(Engine.start("read"), sources, output, limit, columns)
        return
    document = fetch(sources[0])
    reading = Engine.start("read").read(document)
    if format is Format.json:
        from diptych.report.contract import reading_json

        write(reading_json(reading), output)
        return
    from diptych.report.terminal import reading_terminal

    write(reading_terminal(reading, terminal_width(width), wants_color() and output is None), output)


def _many(
    engine: Engine, sources: list[str], output: Path | None, limit: int | None, columns: Mapping[str, str] | None
) -> None:
    from diptych.pipeline import Failure
    from diptych.report.contract import reading_line

    failures: list[Failure] = []
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        total = engine.count(sources, limit=limit) if sys.stderr.isatty() else None
        for result in _progress(engine.read_many(sources, limit=limit, columns=columns), total):
            if isinstance(result, Failure):
                failures.append(result)
            else:
                read += 1
                yield reading_line(result)

    if output is None:
        for line in lines():
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    else:
        with whole_file(output) as append:
            for line in lines():
                append(line)
    for failure in failures[:20]:
        told = str(failure.error)
        typer.echo(f"diptych: {told if failure.uri in told else f'{failure.uri}: {told}'}", err=True)
    if len(failures) > 20:
        typer.echo(f"diptych: and {len(failures) - 20} more could not be read.", err=True)
    if failures:
        raise typer.Exit(failures[0].error.exit_code if len(failures) == 1 and not read else 4)


def _progress(results: Iterator[Reading | Failure], total: int | None) -> Iterator[Reading | Failure]:
    """Pass results on, showing count, rate and time left on standard error where a person looks."""
    if not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Documents a second since the start."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} documents/s" if task.speed else "")

    with Progress(
        "reading",
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    ) as progress:
        task = progress.add_task("reading", total=total)
        for result in results:
            progress.advance(task)
            yield result
