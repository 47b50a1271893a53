"""The ``diptych`` command: its global options, its commands, and what happens to errors."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Annotated

import typer

from diptych.errors import DiptychError
from diptych.version import __version__

EPILOG = (
    "Exit codes: 0 done; 1 an unforeseen error; 2 wrong call; 3 the input cannot be had; 4 it cannot be read as an "
    "account; 5 the two cannot be laid side by side; 6 the result cannot be written; 7 knowledge is wrong; "
    "8 a model is missing or not the recorded one; 9 the archive cannot be used as it is; 130 interrupted."
)

#: Exit code of a command that Ctrl-C ended.
INTERRUPTED = 130

app = typer.Typer(
    name="diptych",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"diptych {__version__}")
        raise typer.Exit


@dataclass(frozen=True)
class Globals:
    """The global options that commands ask for.

    ``db`` is the archive, a path or a URL; ``patience`` how many seconds to wait for another who writes to it.
    """

    db: str
    patience: float = 30.0


@app.callback()
def diptych(
    context: typer.Context,
    db: Annotated[
        str,
        typer.Option(
            "--db",
            envvar="DIPTYCH_DB",
            metavar="FILE|URL",
            help="The archive: an SQLite file, or postgresql://user@host/name for teams.",
        ),
    ] = "diptych.db",
    patience: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="How long to wait for another who writes to the archive.")
    ] = 30.0,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Lay two accounts of one diplomatic contact side by side.

    What both tell, what one alone tells, where they differ and where they conflict, each with the exact words.
    """
    context.obj = Globals(db, patience)


def register() -> None:
    """Load every command, one file a command; each registers itself with :data:`app`."""
    from diptych.cli import (
        add,
        compare,
        contacts,
        correct,
        db,
        history,
        offices,
        people,
        read,
        relate,
        search,
        show,
        watch,
    )

    del add, compare, contacts, correct, db, history, offices, people, read, relate, search, show, watch


def main() -> None:
    """Run the command line; every error raised on purpose becomes one sentence on standard error and an exit code."""
    register()
    try:
        app()
    except DiptychError as error:
        if _debug():
            raise
        typer.echo(f"diptych: {error}", err=True)
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # what typer makes of KeyboardInterrupt
            typer.echo("diptych: interrupted; nothing was left half-written.", err=True)
        raise
    except BrokenPipeError:
        # The reader of our output went away (``| head``): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if _debug():
            raise
        typer.echo(
            f"diptych: an unforeseen error ({type(error).__name__}: {error}). "
            "Run again with --debug and report what it shows.",
            err=True,
        )
        sys.exit(1)


def _debug() -> bool:
    return "--debug" in sys.argv[1:]
