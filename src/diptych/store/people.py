"""Who appears in the archive, and in which offices."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from diptych.store import rows
from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.fulltext import fold
from diptych.store.items import KnownOffice, KnownPerson

__all__ = ["People"]

#: How far from a day a document may be published to tell of who is in an office on it.
AROUND = dt.timedelta(days=45)


class People:
    """The part of the store that tells persons and offices, as the documents name them."""

    database: Database

    def people(
        self, *, name: str | None = None, country: str | None = None, limit: int | None = None
    ) -> list[KnownPerson]:
        """Persons in each of their offices, those in most documents first; ``name`` is words of the name."""
        a = t.actors.c
        with self.database.reading() as connection:
            ids = sa.func.aggregate_strings(a.document, " ").label("ids")
            found = _counted(connection, (a.name, a.country, a.office, a.office_from), country, None, ids)
            people = [
                KnownPerson(
                    name=row.name,
                    country=row.country,
                    office=row.office,
                    office_from=row.office_from,
                    document_ids=frozenset(row.ids.split()),
                    first=rows.day(row.first),
                    last=rows.day(row.last),
                )
                for row in found
                if name is None or _has(row.name, name)
            ]
        return people[:limit]

    def offices(
        self,
        *,
        country: str | None = None,
        title: str | None = None,
        day: dt.date | None = None,
        limit: int | None = None,
    ) -> list[KnownOffice]:
        """Offices with their holders, those in most documents first; ``title`` is words of the title.

        With ``day`` only documents published at most :data:`AROUND` before or after it count.
        """
        a = t.actors.c
        shown = (a.office, a.country, a.name, a.office_from, a.office_conflict)
        with self.database.reading() as connection:
            offices = [
                KnownOffice(
                    title=row.office,
                    country=row.country,
                    person=row.name,
                    office_from=row.office_from,
                    documents=row.documents,
                    first=rows.day(row.first),
                    last=rows.day(row.last),
                    conflict=row.office_conflict,
                )
                for row in _counted(connection, shown, country, day)
                if row.office is not None and (title is None or _has(row.office, title))
            ]
        return offices[:limit]


def _counted(
    connection: sa.Connection,
    shown: tuple[sa.Column[Any], ...],
    country: str | None,
    day: dt.date | None,
    *more: sa.Label[Any],
) -> Any:
    """Persons, grouped by these columns, with the number of their documents, the first and last day, and ``more``."""
    a, d = t.actors.c, t.documents.c
    number = sa.func.count(a.document.distinct()).label("documents")
    query = (
        sa.select(
            *shown, number, sa.func.min(d.published).label("first"), sa.func.max(d.published).label("last"), *more
        )
        .join(t.documents, d.id == a.document)
        .where(a.kind == "person")
        .group_by(*shown)
        .order_by(number.desc(), *(column.is_(None) for column in shown), *shown)
    )
    if country is not None:
        query = query.where(a.country == country)
    if day is not None:
        query = query.where(d.published.between((day - AROUND).isoformat(), (day + AROUND).isoformat()))
    return connection.execute(query)


def _has(text: str, words: str) -> bool:
    """Whether all these words stand in a text, each from the beginning of a word on."""
    padded = f" {fold(text)}"
    return all(f" {word}" in padded for word in fold(words).split())
