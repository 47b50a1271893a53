"""``diptych compare A B``: two accounts in, one comparison out; ``diptych compare CONTACT``: out of the archive."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diptych.cli.archive import archive_of, countries, open_archive
from diptych.cli.main import app
from diptych.cli.output import Output, Width, terminal_width, wants_color, write
from diptych.errors import UnwritableStore, UsageError

if TYPE_CHECKING:
    from diptych.records import Comparison

EXAMPLES = """\b
Examples:
  diptych compare ours.txt theirs.txt
  diptych compare https://example.org/readout page.html --format html --output diptych.html
  diptych compare article.txt            an article that tells both sides' accounts
  curl -s https://example.org/page | diptych compare - theirs.pdf --format json
  diptych compare 9f1c2ab4               a contact of the archive, by its id or the beginning of it
  diptych compare 9f1c2ab4 --sides USA KOR
"""


class Format(StrEnum):
    """How a comparison is shown."""

    terminal = "terminal"
    html = "html"
    markdown = "markdown"
    json = "json"
    csv = "csv"


#: What the name of the output says of its format.
SUFFIXES = {
    ".html": Format.html,
    ".htm": Format.html,
    ".md": Format.markdown,
    ".json": Format.json,
    ".csv": Format.csv,
}


@app.command(epilog=EXAMPLES)
def compare(
    context: typer.Context,
    a: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="One account: a file, an address, or - for standard input. Alone, it may be the id of a contact in "
            "the archive.",
        ),
    ],
    b: Annotated[
        str | None,
        typer.Argument(
            metavar="B",
            help="The other account. Left out: A is an article that tells both sides' accounts, or a contact.",
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="How to show it; left out, the suffix of --output tells, else the terminal view."
        ),
    ] = None,
    output: Output = None,
    width: Width = None,
    undecided: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="How sure a one-sided call must be; below it a point is undecided. 0 decides everything.",
        ),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Compare even if the texts seem to tell of different contacts.")
    ] = False,
    sides: Annotated[
        tuple[str, str] | None,
        typer.Option("--sides", metavar="ISO3 ISO3", help="Of a contact of the archive: whose accounts, A and B."),
    ] = None,
) -> None:
    """Lay two accounts of one contact side by side.

    Of a contact of the archive each side's own account is taken, else what others report of it. Where a side has
    neither, that is told, and the exit code is 5.
    """
    if a == b == "-":
        raise UsageError("Standard input can be read once only", "Give one of the accounts as a file")
    if b is None and (sides is not None or _is_contact(context, a)):
        comparison = _of_contact(context, a, sides, undecided)
    elif sides is not None:
        raise UsageError("--sides chooses among the accounts of a contact", "Give the id of a contact alone with it")
    else:
        comparison = _of_two(a, b, undecided, anyway)
    shown = format or SUFFIXES.get(output.suffix.lower() if output else "", Format.terminal)
    if shown is Format.terminal:
        from diptych.report.terminal import comparison_terminal

        write(comparison_terminal(comparison, terminal_width(width), wants_color() and output is None), output)
        return
    from diptych.report import render

    write(render(comparison, shown.value), output)


def _of_two(a: str, b: str | None, undecided: float | None, anyway: bool) -> Comparison:
    from diptych.pipeline import Engine, fetch, refuse_same

    first, second = fetch(a), fetch(b) if b is not None else None
    if second is not None:
        refuse_same(first, second)
    return Engine.start("compare").compare(first, second, undecided=undecided, anyway=anyway)


def _is_contact(context: typer.Context, written: str) -> bool:
    """Whether a lone argument is the id of a contact: it looks like one, no file has that name, an archive is there."""
    from diptych.archive.ids import looks_like_id

    if not looks_like_id(written) or Path(written).exists():
        return False
    archive = archive_of(context)
    return written.startswith("gathered-") or "://" in archive or Path(archive).exists()


def _of_contact(
    context: typer.Context, written: str, sides: tuple[str, str] | None, undecided: float | None
) -> Comparison:
    from diptych.archive.ids import contact_of
    from diptych.archive.laid import compare_contact
    from diptych.knowledge import load
    from diptych.pipeline import Engine

    knowledge = load()
    try:
        opened = open_archive(context)
    except UnwritableStore:
        opened = open_archive(context, read_only=True)
    with opened as store:
        return compare_contact(
            store,
            contact_of(store, written),
            lambda: Engine.start("compare"),
            knowledge.hash,
            sides=countries(sides or (), knowledge),
            undecided=undecided,
        )
