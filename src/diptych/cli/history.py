"""``diptych history DOC|URL``: the versions of a page, and what changed in substance."""

from __future__ import annotations

from typing import Annotated

import typer

from diptych.cli.archive import open_archive
from diptych.cli.main import app
from diptych.cli.output import Format, Output, Width, terminal_width, wants_color, write

EXAMPLES = """\b
Examples:
  diptych history https://example.org/readouts/12        all versions of the page that were fetched
  diptych history doc-07c4e1aa --all                     trivial edits too
  diptych history https://example.org/readouts/12 --format json
"""


@app.command(epilog=EXAMPLES)
def history(
    context: typer.Context,
    named: Annotated[str, typer.Argument(metavar="DOC|URL", help="The id of a document, or the address of a page.")],
    everything: Annotated[bool, typer.Option("--all", help="Show trivial edits too, not only how many.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to show it.")] = Format.terminal,
    output: Output = None,
    width: Width = None,
) -> None:
    """Show what stood at an address when, and what changed: a number, an act, a dropped word, the day it bears."""
    from diptych.archive.history import history as history_of
    from diptych.knowledge import load
    from diptych.report.history import history_json, history_terminal

    with open_archive(context, read_only=True) as store:
        revisions = history_of(store, named, load())
    if format is Format.json:
        write(history_json(revisions), output)
        return
    color = wants_color() and output is None
    write(history_terminal(revisions, terminal_width(width), color, everything=everything), output)
