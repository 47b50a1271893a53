"""Whether an archive holds together: the database's own structure, and that every quote is in its text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from diptych.errors import StoreError, UnwritableStore
from diptych.records import Reading
from diptych.store import rows
from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.schema import REVISIONS, revision

__all__ = ["Checked", "check"]

#: Problems of one kind that are told one by one.
_TOLD = 20


@dataclass(frozen=True)
class Checked:
    """What was looked at, and a sentence for each thing that is wrong."""

    version: str | None
    documents: int
    quotes: int
    problems: tuple[str, ...]


def check(database: Database) -> Checked:
    """Look through the whole archive. Raises the :class:`~diptych.errors.StoreError` tree where it cannot be read."""
    with database.reading() as connection:
        version = revision(connection)
        problems = [*_structure(connection), *(_sqlite(connection) if database.sqlite else ())]
        if any(problem.startswith("There is no") for problem in problems):
            return Checked(version, 0, 0, tuple(problems))
        problems += _shortened(_dangling(connection), "ids that lead nowhere")
        problems += _shortened(_misquoted(connection), "quotes that are not in their text")
        documents, quotes = 0, 0
        wrong: list[str] = []
        query = sa.select(t.documents, t.readings.c.packed).outerjoin(
            t.readings, t.readings.c.document == t.documents.c.id
        )
        listed = sa.select(t.statements.c.document, sa.func.count()).group_by(t.statements.c.document)
        kept = {row[0]: row[1] for row in connection.execute(listed)}
        for row in connection.execution_options(yield_per=200).execute(query).mappings():
            documents += 1
            if row["packed"] is None:
                continue
            try:
                reading = rows.unpacked(row["packed"], rows.document_of(row))
            except (zlib.error, msgspec.DecodeError, msgspec.ValidationError) as error:
                wrong.append(f"The reading of {row['id']} cannot be unpacked ({error}).")
                continue
            found = list(_quotes(reading))
            quotes += len(found)
            wrong += [
                f"{row['id']}: {quote[:60]!r} is not what stands at {start}-{end}."
                for quote, start, end in found
                if reading.document.text[start:end] != quote
            ]
            read = len({statement.id for statement in reading.statements})
            if read != kept.get(row["id"], 0):
                told = f"{kept.get(row['id'], 0)} statements are listed of the {read} read."
                wrong.append(f"{row['id']}: {told}")
        problems += _shortened(wrong, "readings that are wrong")
    if database.sqlite and not database.read_only:
        problems += _full_text(database)
    return Checked(version, documents, quotes, tuple(problems))


def _structure(connection: sa.Connection) -> Iterator[str]:
    inspector = sa.inspect(connection)
    tables = set(inspector.get_table_names())
    if revision(connection) != REVISIONS[-1]:
        yield f"The version of the tables is {revision(connection)}, not {REVISIONS[-1]}."
    for table in t.metadata.sorted_tables:
        if table.name not in tables:
            yield f"There is no table {table.name}."
            continue
        columns = {column["name"] for column in inspector.get_columns(table.name)}
        yield from (f"There is no column {table.name}.{c.name}." for c in table.columns if c.name not in columns)


def _sqlite(connection: sa.Connection) -> Iterator[str]:
    for (message,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_TOLD})"):
        if message != "ok":
            yield f"SQLite: {message}."
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_TOLD):
        yield f"A row of {table} refers to a row of {parent} that is not there."


def _full_text(database: Database) -> Iterator[str]:
    import sqlite3

    for table in ("documents", "statements"):
        try:
            with database.writing() as connection:
                connection.exec_driver_sql(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
        except UnwritableStore:
            return
        except StoreError as error:
            cause = error.__cause__
            orig = getattr(cause, "orig", None)
            if not isinstance(orig, sqlite3.DatabaseError):
                raise
            yield f"The index of words of {table} does not fit them ({orig})."


def _dangling(connection: sa.Connection) -> Iterator[str]:
    parent = t.statements.alias("parent")
    s = t.statements.c
    lost = sa.select(s.id, s.parent).outerjoin(parent, parent.c.id == s.parent)
    for id, missing in connection.execute(lost.where(s.parent.is_not(None), parent.c.id.is_(None)).limit(_TOLD + 1)):
        yield f"{id} stands inside {missing}, which is not there."
    for row in connection.execute(sa.select(t.tellings.c.document, t.tellings.c.id, t.tellings.c.record)):
        if f'"{row.id}"' not in row.record or f'"{row.document}"' not in row.record:
            yield f"The record of {row.id} is another's."


def _misquoted(connection: sa.Connection) -> Iterator[str]:
    """Quotes of the plain tables; counting of characters is the backend's."""
    for table in (t.statements, t.mentions, t.tellings):
        words = sa.func.substr(t.documents.c.text, table.c.start + 1, table.c.end - table.c.start)
        query = (
            sa.select(table.c.document, table.c.quote, table.c.start, table.c.end)
            .join(t.documents, t.documents.c.id == table.c.document)
            .where(words != table.c.quote)
            .limit(_TOLD + 1)
        )
        for document, quote, start, end in connection.execute(query):
            yield f"{document}, {table.name}: {quote[:60]!r} is not what stands at {start}-{end}."


def _quotes(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for mention in reading.mentions:
        yield mention.quote, mention.start, mention.end
    for contact in reading.contacts:
        yield contact.quote, contact.start, contact.end
    for statement in reading.statements:
        yield statement.content.quote, statement.content.start, statement.content.end
    for contested in reading.contested:
        for one in contested.quotes:
            yield one.quote, one.start, one.end


def _shortened(problems: Iterator[str] | list[str], what: str) -> list[str]:
    told = list(problems)
    if len(told) <= _TOLD:
        return told
    return [*told[:_TOLD], f"And more {what}: {len(told) - _TOLD} or more."]
