"""The whole archive as lines of JSON, gzipped: what is written from one backend can be read into the other."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from diptych.errors import DamagedStore, NewerStore, NotFound, StoreError
from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.schema import REVISIONS

__all__ = ["dump_lines", "is_dump", "load", "read_dump", "table_rows"]

SCHEMA = "diptych.archive/1"
_AT_ONCE = 500

#: A table's name and some of its rows.
Part = tuple[str, list[dict[str, Any]]]


def table_rows(connection: sa.Connection) -> Iterator[Part]:
    """Every row of the archive, tables that others refer to first."""
    for table in t.metadata.sorted_tables:
        query = sa.select(table).order_by(*table.primary_key.columns)
        result = connection.execution_options(yield_per=_AT_ONCE).execute(query)
        for block in result.mappings().partitions(_AT_ONCE):
            yield str(table.name), [{str(name): value for name, value in row.items()} for row in block]


def dump_lines(connection: sa.Connection) -> Iterator[bytes]:
    """The archive as lines: a head, one line a row, and an end with the number of rows, to tell a whole dump."""
    yield _line({"schema": SCHEMA, "tables": REVISIONS[-1]})
    count = 0
    for name, rows in table_rows(connection):
        for row in rows:
            yield _line({"table": name, "row": row})
        count += len(rows)
    yield _line({"end": count})


def is_dump(path: Path) -> bool:
    """Whether a file is gzipped, as dumps are. Raises :class:`NotFound`."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"\x1f\x8b"
    except OSError as error:
        raise NotFound(f"{path} cannot be opened: {(error.strerror or '').lower()}", "Check the path") from error


def read_dump(path: Path) -> Iterator[Part]:
    """The rows of a dump. Raises :class:`DamagedStore` where it is broken off, :class:`NewerStore`."""
    try:
        with gzip.open(path) as lines:
            yield from _parts(path, lines)
    except (gzip.BadGzipFile, EOFError, zlib.error, ValueError, KeyError, OSError) as error:
        raise DamagedStore(f"{path} is damaged or not whole ({error})", "Take another backup") from error


def load(database: Database, connection: sa.Connection, parts: Iterable[Part]) -> None:
    """Put the rows of a dump in the place of all that the archive holds. Raises :class:`DamagedStore`."""
    for table in reversed(t.metadata.sorted_tables):
        connection.execute(sa.delete(table))
    try:
        for name, rows in parts:
            connection.execute(sa.insert(t.metadata.tables[name]), rows)
    except IntegrityError as error:
        raise DamagedStore("The backup does not hold together: rows of it are missing", "Take another one") from error
    if database.sqlite:
        return
    for table in (t.documents, t.statements):
        highest = sa.select(sa.func.max(table.c.number)).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(table.name, "number")
        connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1), highest.is_not(None))))


def _line(value: dict[str, Any]) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _parts(path: Path, lines: Iterable[bytes]) -> Iterator[Part]:
    binary = {
        name: [column.name for column in table.c if isinstance(column.type, sa.LargeBinary)]
        for name, table in t.metadata.tables.items()
    }
    numbered = iter(lines)
    _head(path, msgspec.json.decode(next(numbered, b"null")))
    batch: list[dict[str, Any]] = []
    current, count, end = "", 0, None
    for line in numbered:
        item = msgspec.json.decode(line)
        if "end" in item:
            end = item["end"]
            break
        if batch and (item["table"] != current or len(batch) == _AT_ONCE):
            yield current, batch
            batch = []
        current, row = item["table"], item["row"]
        for column in binary[current]:
            row[column] = base64.b64decode(row[column])
        batch.append(row)
        count += 1
    if batch:
        yield current, batch
    if end != count:
        raise EOFError(f"it breaks off after {count} rows")


def _head(path: Path, head: Any) -> None:
    if not isinstance(head, dict) or head.get("schema") != SCHEMA:
        raise DamagedStore(f"{path} is no backup of an archive", "Give what `diptych db backup` wrote")
    found = head.get("tables")
    if found == REVISIONS[-1]:
        return
    if found not in REVISIONS:
        raise NewerStore(f"{path} was written by a later version of diptych", "Update diptych")
    raise StoreError(
        f"{path} was written by an earlier version of diptych (tables {found})",
        "Restore it with that version, then run `diptych db upgrade`",
    )
