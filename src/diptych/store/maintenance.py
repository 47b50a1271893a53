"""Looking after an archive: checking it, copying it, bringing a copy back, upgrading its tables."""

from __future__ import annotations

import contextlib
import gzip
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from diptych.errors import BusyStore, NewerStore, NotFound, StoreError, UnwritableStore, UsageError
from diptych.store import tables as t
from diptych.store.database import Database, connect, told
from diptych.store.dump import dump_lines, is_dump, load, read_dump, table_rows
from diptych.store.schema import REVISIONS, ensure, migrate, revision

__all__ = ["backup", "restore", "upgrade"]


def backup(where: str | Path, target: Path, *, patience: float = 30.0) -> None:
    """Write a copy of one state of the archive, while others may go on using it; whole or not at all.

    An SQLite archive is copied to an SQLite file; where ``target`` ends in ``.jsonl.gz``, and from PostgreSQL always,
    it is written as lines of JSON, which can be restored into either. Raises the :class:`StoreError` tree.
    """
    portable = target.name.endswith(".jsonl.gz")
    with _opened(where, patience) as database:
        if not database.sqlite and not portable:
            raise UsageError(
                f"A backup of PostgreSQL is written as lines of JSON, and {target.name} does not say so",
                "Give it a name that ends in .jsonl.gz",
            )
        if database.path is not None and target.exists() and target.samefile(database.path):
            raise UsageError("The backup would overwrite the archive itself", "Give another place")
        with _whole(target) as temporary:
            if portable:
                with (
                    database.reading() as connection,
                    temporary.open("wb") as raw,
                    # No clock time and no name: the same archive gives the same bytes.
                    gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as out,
                ):
                    out.writelines(dump_lines(connection))
            else:
                _copy(database, temporary)


def restore(source: Path, where: str | Path, *, force: bool = False, patience: float = 30.0) -> None:
    """Put a backup in the place of an archive, in one transaction.

    An archive that holds documents is overwritten only with ``force``, one that is damaged too. Raises
    :class:`NotFound`, :class:`DamagedStore` where the backup is not whole, :class:`StoreError`.
    """
    portable = is_dump(source)
    if not portable:
        _require_archive(source)
    target = connect(where, create=True, read_only=False, patience=patience)
    if target.path is not None and target.path.exists() and source.samefile(target.path):
        raise UsageError("The archive would be restored from itself", "Give the backup")
    try:
        if target.path is not None and target.path.exists() and force and not _usable(target):
            target.engine.dispose()
            _set_aside(target.path)
        ensure(target)
        with target.reading() as connection:
            filled = connection.scalar(sa.select(sa.func.count()).select_from(t.documents))
        if filled and not force:
            raise StoreError(
                f"{target.name} holds {filled:,} documents already", "Give another archive, or overwrite with --force"
            )
        if portable:
            with target.writing() as connection:
                load(target, connection, read_dump(source))
            return
        with _opened(source, patience, read_only=True) as copy, copy.reading() as rows, target.writing() as connection:
            load(target, connection, table_rows(rows))
    finally:
        target.engine.dispose()


def upgrade(where: str | Path, *, patience: float = 30.0) -> tuple[str, str, Path | None]:
    """Bring an archive's tables to this version; return the version before, the one now, and the backup made.

    SQLite is copied beside the archive first (``NAME.before-VERSION``); on either backend the upgrade is one
    transaction. Raises :class:`NewerStore` and :class:`StoreError`.
    """
    database = connect(where, create=False, read_only=False, patience=patience)
    try:
        with database.reading() as connection:
            found = revision(connection)
        if found is None:
            raise StoreError(f"{database.name} is empty", "Add documents to it: `diptych add`")
        if found not in REVISIONS:
            raise NewerStore(f"{database.name} was written by a later version of diptych", "Update diptych")
        copy = None
        if found != REVISIONS[-1]:
            if database.path is not None:
                copy = database.path.with_name(f"{database.path.name}.before-{REVISIONS[-1]}")
                with _whole(copy) as temporary:
                    _copy(database, temporary)
            migrate(database)
        return found, REVISIONS[-1], copy
    finally:
        database.engine.dispose()


@contextlib.contextmanager
def _opened(where: str | Path, patience: float, *, read_only: bool = False) -> Iterator[Database]:
    database = connect(where, create=False, read_only=read_only, patience=patience)
    try:
        ensure(database)
        yield database
    finally:
        database.engine.dispose()


def _copy(database: Database, target: Path) -> None:
    """Copy SQLite through its backup interface: one state, though others write meanwhile."""
    with told(str(target)), database.engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with contextlib.closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=4096)
            # The copy is one file: nothing of it stays beside it.
            copy.execute("PRAGMA journal_mode = DELETE")


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A temporary file that takes the target's name once all is in it."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
        os.close(handle)
    except OSError as error:
        raise _unwritable(target, error) from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        for left in (temporary, Path(f"{name}-journal"), Path(f"{name}-wal"), Path(f"{name}-shm")):
            left.unlink(missing_ok=True)


def _unwritable(target: Path, error: OSError) -> UnwritableStore:
    return UnwritableStore(
        f"{target} cannot be written: {(error.strerror or str(error)).lower()}", "Give another place"
    )


def _require_archive(source: Path) -> None:
    """Raise what opening a backup raises, before anything is done to the archive that it is to replace."""
    if not source.is_file():
        raise NotFound(f"There is no backup {source}", "Check the path")
    with _opened(source, 1.0, read_only=True):
        pass


def _usable(database: Database) -> bool:
    try:
        ensure(database)
    except BusyStore:
        raise  # whoever holds it goes on using it: it is neither damaged nor to be set aside
    except StoreError:
        return False
    return True


def _set_aside(path: Path) -> None:
    """Keep a file that is no usable archive under another name; a restored one takes its place."""
    for part in ("", "-wal", "-shm"):
        old = path.with_name(path.name + part)
        if old.exists():
            old.replace(path.with_name(f"{path.name}.damaged{part}"))
