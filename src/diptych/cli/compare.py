"""``diptych compare A B``: two accounts in, one comparison out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diptych.cli.main import app
from diptych.cli.output import terminal_width, wants_color, write
from diptych.errors import UsageError

EXAMPLES = """\b
Examples:
  diptych compare ours.txt theirs.txt
  diptych compare https://example.org/readout page.html --format html --output diptych.html
  diptych compare article.txt            an article that tells both sides' accounts
  curl -s https://example.org/page | diptych compare - theirs.pdf --format json
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
    a: Annotated[str, typer.Argument(metavar="A", help="One account: a file, an address, or - for standard input.")],
    b: Annotated[
        str | None,
        typer.Argument(
            metavar="B", help="The other account. Left out: A is an article that tells both sides' accounts."
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="How to show it; left out, the suffix of --output tells, else the terminal view."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
    ] = None,
    width: Annotated[int | None, typer.Option(min=40, help="Columns of the terminal view.")] = None,
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
) -> None:
    """Lay two accounts of one contact side by side."""
    from diptych.pipeline import Engine, fetch, refuse_same

    if a == b == "-":
        raise UsageError("Standard input can be read once only", "Give one of the accounts as a file")
    first, second = fetch(a), fetch(b) if b is not None else None
    if second is not None:
        refuse_same(first, second)
    comparison = Engine.start("compare").compare(first, second, undecided=undecided, anyway=anyway)
    shown = format or SUFFIXES.get(output.suffix.lower() if output else "", Format.terminal)
    if shown is Format.terminal:
        from diptych.report.terminal import comparison_terminal

        write(comparison_terminal(comparison, terminal_width(width), wants_color() and output is None), output)
        return
    from diptych.report import render

    write(render(comparison, shown.value), output)
