"""``diptych show ID``: a contact, a document or a statement of the archive in full."""

from __future__ import annotations

from typing import Annotated

import typer

from diptych.cli.archive import open_archive
from diptych.cli.main import app
from diptych.cli.output import Format, Output, Width, terminal_width, wants_color, write
from diptych.records import GatheredContact

EXAMPLES = """\b
Examples:
  diptych show 9f1c2ab4                       a contact: who, when, where, whose accounts, why they are one
  diptych show doc-07c4e1aa5b6d2f90           a document: what was read in it
  diptych show statement-51b0a7 --format json the document that a statement stands in, from there on
"""


@app.command(epilog=EXAMPLES)
def show(
    context: typer.Context,
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a contact, document or statement; its beginning will do.")
    ],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to show it.")] = Format.terminal,
    output: Output = None,
    width: Width = None,
) -> None:
    """Show a contact with its accounts, a document with what was read in it, or a statement where it stands."""
    from diptych.archive.ids import Told, named
    from diptych.report import archive
    from diptych.report import found as views

    columns, color = terminal_width(width), wants_color() and output is None
    with open_archive(context, read_only=True) as store:
        what = named(store, identifier)
        if isinstance(what, GatheredContact):
            told = (
                archive.contact_json(what)
                if format is Format.json
                else archive.contact_terminal(what, columns, color).encode()
            )
        elif isinstance(what, Told):
            told = (
                views.statement_json(what.statement, what.document)
                if format is Format.json
                else views.statement_terminal(what.statement, what.document, columns, color).encode()
            )
        else:
            reading = store.reading(what.id)
            if format is Format.json:
                told = views.document_json(what, reading, store.contacts_of(what.id), store.versions(what.id))
            else:
                told = views.document_terminal(
                    what, reading, store.contacts_of(what.id), store.versions(what.id), columns, color
                ).encode()
    write(told, output)
