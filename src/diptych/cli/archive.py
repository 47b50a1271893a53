"""What the commands over an archive share: opening it, and days as people write them."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from diptych.errors import UnwritableStore, UsageError

if TYPE_CHECKING:
    from diptych.cli.main import Globals
    from diptych.knowledge import Knowledge
    from diptych.store import Store

__all__ = ["archive_of", "countries", "first_day", "gathered_archive", "last_day", "open_archive", "patience_of"]

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def archive_of(context: typer.Context) -> str:
    """The archive that the global option ``--db`` names: a path or a URL."""
    return _globals(context).db


def patience_of(context: typer.Context) -> float:
    """How many seconds to wait for another who writes to the archive."""
    return _globals(context).patience


def open_archive(context: typer.Context, *, create: bool = False, read_only: bool = False) -> Store:
    """Open the archive that ``--db`` names; raises what :meth:`diptych.store.Store.open` raises."""
    from diptych.store import Store

    chosen = _globals(context)
    return Store.open(chosen.db, create=create, read_only=read_only, patience=chosen.patience)


@contextlib.contextmanager
def gathered_archive(context: typer.Context) -> Iterator[Store]:
    """The archive for reading, its contacts up to date: gathered anew first where a run was broken off before that.

    Where it may not be written, the contacts are those gathered last, and a warning says so.
    """
    from diptych.archive.regather import out_of_date

    with open_archive(context, read_only=True) as store:
        stale = out_of_date(store)
    if stale:
        _gather(context)
    with open_archive(context, read_only=True) as store:
        yield store


def _gather(context: typer.Context) -> None:
    from diptych.archive.regather import regather

    try:
        with open_archive(context) as store:
            regather(store)
    except UnwritableStore as error:
        typer.echo(f"The contacts are not up to date with the documents and with diptych, and {error}", err=True)


def first_day(written: str | None) -> dt.date | None:
    """The first day of ``2022``, ``2022-01`` or ``2022-01-27``; None for None."""
    return _day(written, last=False)


def last_day(written: str | None) -> dt.date | None:
    """The last day of ``2022``, ``2022-01`` or ``2022-01-27``; None for None."""
    return _day(written, last=True)


def countries(named: list[str] | tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The codes of states or blocs named by code or by name; a name that no table has stands as it is written.

    Raises :class:`~diptych.errors.UsageError` for three capitals that are no code.
    """
    return tuple(_country(name.strip(), knowledge) for name in named)


def _globals(context: typer.Context) -> Globals:
    from diptych.cli.main import Globals

    return context.find_object(Globals) or Globals("diptych.db")


def _country(name: str, knowledge: Knowledge) -> str:
    code = name.upper()
    if knowledge.state(code) or knowledge.bloc(code):
        return code
    found = knowledge.find_state(name) or knowledge.find_bloc(name)
    if found is None and len(name) == 3 and name.isupper():
        raise UsageError(f"{name} is no ISO 3166 code of a country", "Give three letters such as UKR, or the name")
    return found or name


def _day(written: str | None, *, last: bool) -> dt.date | None:
    if written is None:
        return None
    match = _DAY.fullmatch(written.strip())
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            month = month or (12 if last else 1)
            return dt.date(year or 0, month, day or (calendar.monthrange(year or 0, month)[1] if last else 1))
        except (ValueError, IndexError):
            pass
    raise UsageError(f"{written!r} is no day", "Write 2022-01-27, or 2022-01 for a month, or 2022 for a year")
