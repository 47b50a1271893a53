"""``diptych people [NAME]``: who appears in the archive, and in which office."""

from __future__ import annotations

from typing import Annotated

import typer

from diptych.cli.archive import countries, open_archive
from diptych.cli.main import app
from diptych.cli.output import Format, Output, Width, terminal_width, wants_color, write

EXAMPLES = """\b
Examples:
  diptych people                        who appears most
  diptych people bell                   everybody of that name, with each office and its days
  diptych people --country KOR --limit 100 --format json
"""


@app.command(epilog=EXAMPLES)
def people(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A name, or a part of one.")] = None,
    country: Annotated[str | None, typer.Option(metavar="ISO3", help="Only of this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to show them.")] = Format.terminal,
    output: Output = None,
    width: Width = None,
) -> None:
    """List the persons of the archive's documents with the offices they appear in, the most frequent first."""
    from diptych.archive.people import as_one
    from diptych.knowledge import load
    from diptych.report.holders import people_json, people_terminal

    code = countries((country,), load())[0] if country else None
    with open_archive(context, read_only=True) as store:
        everybody = as_one(store.people(name=name))
    found = [person for person in everybody if code in (None, person.country)][:limit]
    if format is Format.json:
        write(people_json(found), output)
    else:
        write(people_terminal(found, terminal_width(width), wants_color() and output is None), output)
