"""``diptych correct …``: what a person decides on the gathering, which survives every run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diptych.cli.archive import open_archive
from diptych.cli.main import app
from diptych.cli.output import write
from diptych.errors import NotFound, UsageError

if TYPE_CHECKING:
    from diptych.records import Correction

EXAMPLES = """\b
Examples:
  diptych correct join 9f1c2ab4 07d3e5f1              two contacts are one
  diptych correct split telling-51b0a7c2              this document tells of another contact
  diptych correct set 9f1c2ab4 date=2022-01-27 kind=phone_call --note "by the daily schedule"
  diptych correct export corrections.jsonl            to keep, or for a colleague's archive
"""

correct = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXAMPLES,
    help="Join, split and set right what was gathered. What a person decides wins over the rules, at every run.",
)
app.add_typer(correct, name="correct")

Note = Annotated[str | None, typer.Option("--note", metavar="WORDS", help="Why, for whoever reads it later.")]


@correct.command(epilog="\b\nExamples:\n  diptych correct join 9f1c2ab4 07d3e5f1")
def join(
    context: typer.Context,
    named: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Contacts or tellings that are of one contact, two or more.")
    ],
    note: Note = None,
) -> None:
    """Join contacts or tellings into one contact."""
    from diptych.archive import corrections

    with open_archive(context) as store:
        _tell(corrections.join(store, named, note))


@correct.command(epilog="\b\nExamples:\n  diptych correct split telling-51b0a7c2")
def split(
    context: typer.Context,
    telling: Annotated[str, typer.Argument(metavar="TELLING", help="The telling, as `diptych show CONTACT` names it.")],
    note: Note = None,
) -> None:
    """Take a telling out of its contact."""
    from diptych.archive import corrections

    with open_archive(context) as store:
        _tell(corrections.split(store, telling, note))


@correct.command("set", epilog="\b\nExamples:\n  diptych correct set 9f1c2ab4 date=2022-01-27")
def set_right(
    context: typer.Context,
    contact: Annotated[str, typer.Argument(metavar="CONTACT", help="The contact, or the beginning of its id.")],
    values: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help="kind, status, date or place, and what it is.")
    ],
    note: Note = None,
) -> None:
    """Set the form, status, day or place of a contact."""
    from diptych.archive import corrections

    pairs = []
    for written in values:
        name, equals, value = written.partition("=")
        if not equals:
            raise UsageError(f"{written!r} sets nothing", "Write FIELD=VALUE, as in date=2022-01-27")
        pairs.append((name.strip(), value.strip()))
    with open_archive(context) as store:
        for correction in corrections.set_fields(store, contact, pairs, note):
            _tell(correction)


@correct.command("list", epilog="\b\nExamples:\n  diptych correct list")
def list_all(context: typer.Context) -> None:
    """List all corrections, in the order in which they were made."""
    with open_archive(context, read_only=True) as store:
        for correction in store.corrections():
            _tell(correction)


@correct.command(epilog="\b\nExamples:\n  diptych correct undo correction-3ab9")
def undo(
    context: typer.Context,
    correction: Annotated[str, typer.Argument(metavar="ID", help="The correction, or the beginning of its id.")],
) -> None:
    """Take a correction back."""
    from diptych.archive import corrections

    with open_archive(context) as store:
        corrections.undo(store, correction)


@correct.command("export", epilog="\b\nExamples:\n  diptych correct export corrections.jsonl")
def export(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to write them; left out: standard output.")
    ] = None,
) -> None:
    """Write all corrections as JSON lines."""
    from diptych.archive.corrections import exported

    with open_archive(context, read_only=True) as store:
        write(exported(store.corrections()), file)


@correct.command("import", epilog="\b\nExamples:\n  diptych correct import corrections.jsonl")
def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `diptych correct export` wrote.")],
) -> None:
    """Take in corrections that were exported, all or none of them."""
    from diptych.archive.corrections import imported

    try:
        body = file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file} cannot be opened: {(error.strerror or '').lower()}", "Check the path") from error
    with open_archive(context) as store:
        new = imported(store, body, str(file))
    typer.echo(f"{new} new correction{'' if new == 1 else 's'}")


def _tell(correction: Correction) -> None:
    what = f" {correction.field}={correction.value}" if correction.field else ""
    note = f"  ({correction.note})" if correction.note else ""
    day = f"{correction.made_at:%Y-%m-%d %H:%M}"
    typer.echo(f"{correction.id}  {day}  {correction.kind}{what}  {' '.join(correction.tellings)}{note}")
