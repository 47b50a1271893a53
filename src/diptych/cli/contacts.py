"""``diptych contacts``: who met whom, by the archive, and whose accounts there are."""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import Annotated, get_args

import typer

from diptych.cli.archive import countries, first_day, gathered_archive, last_day
from diptych.cli.main import app
from diptych.cli.output import Output, Width, terminal_width, wants_color, write
from diptych.errors import UsageError
from diptych.records import ContactKind, ContactStatus

EXAMPLES = """\b
Examples:
  diptych contacts --between USA UKR --since 2022-01
  diptych contacts --with "Ada Bell" --kind phone_call
  diptych contacts --two-sided --format csv --output contacts.csv     both sides published an account
  diptych --db team.db contacts --since 2024-03 --until 2024-03 --format json
"""
#: Rows of the terminal view where nobody says how many.
SCREEN = 50


class Format(StrEnum):
    """How contacts are shown."""

    terminal = "terminal"
    json = "json"
    csv = "csv"


@app.command(epilog=EXAMPLES)
def contacts(
    context: typer.Context,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="ISO3 ISO3", help="Only between these two states (codes or names)."),
    ] = None,
    of: Annotated[
        list[str] | None, typer.Option("--of", metavar="ISO3", help="Only with this state; may be given again.")
    ] = None,
    with_name: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help="Only with this person (a part of the name will do).")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="From this day on: 2022-01-27, 2022-01 or 2022.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, month or year.")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help=f"Only of this form: {', '.join(get_args(ContactKind))}.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help=f"Only with this status: {', '.join(get_args(ContactStatus))}.")
    ] = None,
    two_sided: Annotated[
        bool, typer.Option("--two-sided", help="Only those of which two sides published accounts of their own.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"At most so many; {SCREEN} in the terminal where it is left out.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to show them.")] = Format.terminal,
    output: Output = None,
    width: Width = None,
) -> None:
    """List the contacts that the archive's documents tell of, by day, and whose accounts of them there are."""
    _one_of(kind, get_args(ContactKind), "--kind")
    _one_of(status, get_args(ContactStatus), "--status")
    first, last = first_day(since), last_day(until)
    from diptych.knowledge import load

    sides = [*(between or ()), *(of or ())]
    codes = countries(sides, load()) if sides else ()
    most = limit or (SCREEN if format is Format.terminal else None)
    with gathered_archive(context) as store:
        found = store.contacts(
            between=codes,
            with_name=with_name,
            since=first,
            until=last,
            kind=kind,
            status=status,
            two_sided=two_sided,
            limit=most + 1 if most else None,
        )
        shown = list(itertools.islice(found, most + 1 if most else None))
    more = most is not None and len(shown) > most
    shown = shown[:most]
    if format is Format.json:
        from diptych.report.archive import contacts_json

        write(contacts_json(shown), output)
    elif format is Format.csv:
        from diptych.report.archive import contacts_csv

        write(contacts_csv(shown), output)
    else:
        from diptych.report.archive import contacts_terminal

        view = contacts_terminal(shown, terminal_width(width), wants_color() and output is None, more=more)
        write(view, output)


def _one_of(value: str | None, allowed: tuple[str, ...], option: str) -> None:
    if value is not None and value not in allowed:
        raise UsageError(f"{option} {value} is not known", f"Choose one of {', '.join(allowed)}")
