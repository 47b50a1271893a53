"""``diptych offices``: who appears in which office when, and what the table of office-holders lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from diptych.cli.archive import countries, first_day, open_archive
from diptych.cli.main import app
from diptych.cli.output import Format, Output, Width, terminal_width, wants_color, write

if TYPE_CHECKING:
    from diptych.archive.offices import Dated
    from diptych.store import Store

EXAMPLES = """\b
Examples:
  diptych offices --country UKR                        who appears in which office, from when to when
  diptych offices --title "foreign affairs" --day 2022-03-01
  diptych offices --proposals                          holders that the table lacks or contradicts, by titles in texts
"""


@app.command(epilog=EXAMPLES)
def offices(
    context: typer.Context,
    country: Annotated[str | None, typer.Option(metavar="ISO3", help="Only of this state.")] = None,
    title: Annotated[str | None, typer.Option(metavar="WORDS", help="Only titles with these words.")] = None,
    day: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only who appears in the office on this day or around it.")
    ] = None,
    proposals: Annotated[
        bool,
        typer.Option("--proposals", help="Instead, list who is named in an office and stands otherwise in the table."),
    ] = False,
    everybody: Annotated[
        bool, typer.Option("--all", help="With --proposals: not only heads of state and government and ministers.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to show them.")] = Format.terminal,
    output: Output = None,
    width: Width = None,
) -> None:
    """List the offices of the archive's documents with who appears in them, or propose rows for the table of holders.

    A proposal is what titles in headings and openings say; look each up before it is written into the table.
    """
    from diptych.knowledge import load
    from diptych.report import holders as views

    columns, color = terminal_width(width), wants_color() and output is None
    knowledge = load()
    code = countries((country,), knowledge)[0] if country else None
    with open_archive(context, read_only=True) as store:
        if proposals:
            from diptych.archive.offices import findings
            from diptych.archive.offices import proposals as proposed

            mined = [
                one
                for one in proposed(findings(_texts(store), knowledge), everybody=everybody)
                if code is None or one.office.startswith(f"{code.lower()}-")
            ][:limit]
            told = (
                views.proposals_json(mined)
                if format is Format.json
                else views.proposals_terminal(mined, columns, color).encode()
            )
        else:
            found = store.offices(country=code, title=title, day=first_day(day), limit=limit)
            told = (
                views.offices_json(found)
                if format is Format.json
                else views.offices_terminal(found, columns, color).encode()
            )
    write(told, output)


def _texts(store: Store) -> Iterator[Dated]:
    from diptych.archive.offices import Dated, opening_of

    for document in store.documents():
        if document.published is not None and document.language in (None, "en"):
            yield Dated(document.published, document.title or "", opening_of(document.text))
