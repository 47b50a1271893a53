"""``diptych db check|backup|restore|upgrade``: looking after the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diptych.cli.archive import archive_of, open_archive, patience_of
from diptych.cli.main import app
from diptych.errors import DamagedStore, UnwritableStore

EXAMPLES = """\b
Examples:
  diptych db check
  diptych db backup archive-2026-03.db
  diptych --db postgresql://team@host/diptych db backup archive.jsonl.gz
  diptych --db copy.db db restore archive.jsonl.gz
"""


def _examples(lines: str) -> str:
    """The end of a command's help."""
    return f"\b\nExamples:\n{lines}\n"


db = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look after the archive: check it, back it up, bring a backup back, upgrade its tables.",
    epilog=EXAMPLES,
)
app.add_typer(db, name="db")


@db.command(
    epilog=_examples(
        """  diptych db check
  diptych --db postgresql://team@host/diptych db check"""
    )
)
def check(context: typer.Context) -> None:
    """See that the archive holds together.

    The database's own structure, the version of its tables, ids that lead nowhere, and that every quote stands in
    its text. Exit code 9 where something is wrong.
    """
    try:
        store = open_archive(context)
    except UnwritableStore:
        store = open_archive(context, read_only=True)
    with store:
        found, name = store.check(), store.name
    for problem in found.problems:
        typer.echo(problem)
    if found.problems:
        raise DamagedStore(
            f"{name} is damaged ({len(found.problems)} problems)",
            "Restore a backup: `diptych db restore BACKUP --force`",
        )
    typer.echo(f"{name} is whole: {found.documents:,} documents, {found.quotes:,} quotes, tables {found.version}.")


@db.command(
    epilog=_examples(
        """  diptych db backup archive-2026-03.db
  diptych --db postgresql://team@host/diptych db backup archive.jsonl.gz"""
    )
)
def backup(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Where to: an SQLite file, or with a name that ends in .jsonl.gz lines of JSON, which can be restored "
            "into SQLite and PostgreSQL (PostgreSQL is always backed up so).",
        ),
    ],
) -> None:
    """Copy the archive as it is now, whole or not at all; others may go on using it meanwhile."""
    from diptych.store import backup as write_backup

    write_backup(archive_of(context), file, patience=patience_of(context))
    typer.echo(f"{file}: {file.stat().st_size / 1e6:,.1f} MB.")


@db.command(
    epilog=_examples(
        """  diptych --db copy.db db restore archive.jsonl.gz
  diptych db restore archive-2026-03.db --force"""
    )
)
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `diptych db backup` wrote.")],
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite an archive that holds documents or is damaged.")
    ] = False,
) -> None:
    """Put a backup in the place of the archive, all of it or nothing."""
    from diptych.store import restore as bring_back

    where = archive_of(context)
    bring_back(file, where, force=force, patience=patience_of(context))
    with open_archive(context, read_only=True) as store:
        typer.echo(f"{store.name}: {store.counts().documents:,} documents.")


@db.command(epilog=_examples("""  diptych db upgrade"""))
def upgrade(context: typer.Context) -> None:
    """Bring the tables of an archive that an earlier version wrote to this one; SQLite is backed up beside it first."""
    from diptych.store import upgrade as bring_up

    before, now, copy = bring_up(archive_of(context), patience=patience_of(context))
    if before == now:
        typer.echo(f"The tables are {now} already.")
    else:
        typer.echo(f"The tables were {before} and are {now}." + (f" A backup is {copy}." if copy else ""))
