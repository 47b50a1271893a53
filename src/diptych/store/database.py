"""The connection to SQLite or PostgreSQL: transactions, and what becomes of a backend's errors."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from diptych.errors import BusyStore, DamagedStore, NotFound, StoreError, UnwritableStore, UsageError

__all__ = ["Database", "connect", "told"]

#: Marks a SQLite file as an archive of diptych ("dipt").
APPLICATION_ID = 0x64697074
#: The lock that writers of one PostgreSQL database take in turn.
_WRITERS = 0x64697074
_RESTORE = "Restore a backup: `diptych db restore BACKUP --force`"
_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_SQLITE_UNWRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_AUTH,
}
_SQLITE_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT}


@dataclass(frozen=True)
class Database:
    """An engine, the name under which users know it, and for SQLite its file."""

    engine: sa.Engine
    name: str
    path: Path | None
    read_only: bool

    @property
    def sqlite(self) -> bool:
        """Whether it is SQLite (else it is PostgreSQL)."""
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the archive throughout. Raises the :class:`StoreError` tree."""
        with told(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes, all of it or nothing; writers wait for each other. Raises :class:`StoreError`."""
        if self.read_only:
            raise UnwritableStore(f"{self.name} was opened for reading only", "Open it for writing")
        with (
            told(self.name),
            self.engine.connect().execution_options(diptych_writing=True) as connection,
            connection.begin(),
        ):
            if not self.sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
            yield connection

    def insert_new(self, connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert the rows whose keys are not there yet."""
        if rows:
            connection.execute(self.insert(table).on_conflict_do_nothing(), rows)

    def insert(self, table: sa.Table) -> Any:
        """The backend's INSERT, which knows ON CONFLICT."""
        if self.sqlite:
            from sqlalchemy.dialects.sqlite import insert as sqlite_insert

            return sqlite_insert(table)
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(table)


def connect(where: str | Path, *, create: bool, read_only: bool, patience: float) -> Database:
    """Open a SQLite file, or the database that a URL names; nothing in it is looked at yet.

    ``patience`` is how many seconds to wait for another process's lock. Raises :class:`NotFound`,
    :class:`UsageError` for a URL of another kind, :class:`StoreError` where no driver is installed.
    """
    text = str(where)
    if "://" not in text or text.startswith("sqlite:"):
        return _sqlite(_path_of(text), create, read_only, patience)
    try:
        url = sa.make_url(text)
    except SQLAlchemyError as error:
        raise UsageError(f"{text} is no database address", "Give a file or postgresql://user@host/name") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise UsageError(
            f"Archives are not kept in {url.get_backend_name()}", "Give a file or postgresql://user@host/name"
        )
    return _postgresql(url.set(drivername="postgresql+psycopg"), read_only, patience)


def _path_of(text: str) -> Path:
    if text.startswith("sqlite:"):
        name = sa.make_url(text).database
        if not name or name == ":memory:":
            raise UsageError("An archive needs a file", "Give sqlite:///FILE")
        return Path(name)
    return Path(text)


def _sqlite(path: Path, create: bool, read_only: bool, patience: float) -> Database:
    if path.is_dir():
        raise UnwritableStore(f"{path} is a folder", "Give the name of a file in it")
    if not path.exists():
        if read_only or not create:
            raise NotFound(f"There is no archive {path}", "Check the path, or make one with `diptych add`")
        if not path.parent.is_dir():
            raise NotFound(f"There is no folder {path.parent}", "Make it, or give another place")
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if read_only else "mode=rwc" if create else "mode=rw"
    if read_only and not _writable(path.parent) and not (wal.exists() and wal.stat().st_size):
        # Without a writable folder the shared memory of WAL cannot be made; nobody can be writing there either.
        mode = "mode=ro&immutable=1"
    quoted = str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")

    def open_file() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quoted}?{mode}", uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    engine = sa.create_engine("sqlite://", creator=open_file, poolclass=sa.QueuePool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("diptych_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Database(engine, str(path), path, read_only)


def _writable(folder: Path) -> bool:
    import os

    return os.access(folder, os.W_OK)


def _postgresql(url: sa.URL, read_only: bool, patience: float) -> Database:
    name = url.set(drivername="postgresql").render_as_string(hide_password=True)
    milliseconds = max(1, round(patience * 1000))
    options = f"-c lock_timeout={milliseconds} -c timezone=UTC -c jit=off" + (
        " -c default_transaction_read_only=on" if read_only else ""
    )
    try:
        engine = sa.create_engine(url, connect_args={"options": options, "connect_timeout": 10}, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(
            "The driver for PostgreSQL is not installed", 'Install it with: pip install "diptych[postgresql]"'
        ) from error

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get("diptych_writing"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    return Database(engine, name, None, read_only)


@contextlib.contextmanager
def told(name: str) -> Iterator[None]:
    """Turn a backend's errors into those of the :class:`StoreError` tree, which say what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _translated(name, error) from error


def _translated(name: str, error: DBAPIError | sqlite3.Error) -> StoreError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(name, cause)
    return _of_postgresql(name, cause)


def _of_sqlite(name: str, cause: sqlite3.Error) -> StoreError:
    code = getattr(cause, "sqlite_errorcode", None) or 0
    primary = code & 0xFF
    if primary in _SQLITE_BUSY:
        return BusyStore(f"{name} is held by another process", "Wait until it is done, then run this again")
    if primary == sqlite3.SQLITE_FULL:
        return UnwritableStore(
            f"The disk of {name} is full", "Make room and run this again; what was stored before is whole"
        )
    if primary in _SQLITE_UNWRITABLE:
        return UnwritableStore(
            f"{name} cannot be written or opened ({cause})",
            "Check its permissions, its folder's and the disk; what was stored before is whole",
        )
    if primary in _SQLITE_DAMAGED:
        return DamagedStore(
            f"{name} is no database or is damaged ({cause})", "Restore a backup: `diptych db restore BACKUP --force`"
        )
    return StoreError(f"{name} cannot be used ({cause})", "Run `diptych db check`")


def _of_postgresql(name: str, cause: BaseException | None) -> StoreError:
    state = str(getattr(cause, "sqlstate", None) or "")
    told_by = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    if state in ("55P03", "57014", "40P01", "40001"):
        return BusyStore(f"{name} is held by another process", "Wait until it is done, then run this again")
    if state in ("25006", "42501", "53100", "28000", "28P01") or state.startswith("53"):
        return UnwritableStore(
            f"{name} cannot be written or opened ({told_by})", "Check the role's rights and the disk"
        )
    if state.startswith("XX"):
        return DamagedStore(f"{name} is damaged ({told_by})", _RESTORE)
    if not state or state.startswith(("08", "57", "3D")):
        return StoreError(f"{name} cannot be reached ({told_by})", "Check that the server runs and the database exists")
    return StoreError(f"{name} cannot be used ({told_by})", "Run `diptych db check`")
