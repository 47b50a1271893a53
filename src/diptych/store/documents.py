"""Documents and what was read in them: put in by batches, and given back as they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from diptych.errors import DamagedStore, UnknownId
from diptych.records import Document, Reading, Statement, Telling
from diptych.store import rows
from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.items import Added, Counts, Entry, Location, Version

__all__ = ["Documents"]

#: Ids that go into one question.
_AT_ONCE = 500
_telling = msgspec.json.Decoder(Telling)


class Documents:
    """The part of the store that holds documents, their places, readings and tellings."""

    database: Database

    def known(self, document_ids: Collection[str]) -> frozenset[str]:
        """Which of these documents are in the archive."""
        with self.database.reading() as connection:
            return _known(connection, list(document_ids))

    def put(self, batch: Sequence[Entry], *, again: bool = False) -> Added:
        """Write a batch in one transaction: all of it or nothing, and nothing twice.

        A document that is known gets its new location only; with ``again`` what was read of it is replaced. Entries
        of one document count as one; their locations are all kept.
        """
        entries = {entry.document.id: entry for entry in reversed(batch)}
        ordered = [entries[id] for id in sorted(entries)]
        with self.database.writing() as connection:
            known = _known(connection, list(entries))
            fresh = [entry for entry in ordered if entry.document.id not in known]
            self.database.insert_new(connection, t.documents, [rows.document_row(e.document) for e in fresh])
            self._note(connection, [entry.location for entry in batch])
            if again:
                self._forget(connection, [entry.document.id for entry in ordered if entry.document.id in known])
                fresh = ordered
            self._put_readings(connection, fresh)
        return Added(
            new=tuple(id for id in sorted(entries) if id not in known),
            known=tuple(id for id in sorted(entries) if id in known),
        )

    def saw(self, locations: Sequence[Location]) -> None:
        """Note that known documents were seen again, or elsewhere. Raises :class:`UnknownId` for an unknown one."""
        with self.database.writing() as connection:
            missing = {one.document for one in locations} - _known(connection, [one.document for one in locations])
            if missing:
                raise _unknown(min(missing))
            self._note(connection, locations)

    def document(self, id: str) -> Document:
        """The document of this id; a beginning that no other has is enough. Raises :class:`UnknownId`."""
        with self.database.reading() as connection:
            return rows.document_of(_document_row(connection, id))

    def reading(self, id: str) -> Reading | None:
        """What was read in a document, whole; None where its language is not read. Raises :class:`UnknownId`."""
        with self.database.reading() as connection:
            document = rows.document_of(_document_row(connection, id))
            blob = connection.scalar(sa.select(t.readings.c.packed).where(t.readings.c.document == document.id))
            return None if blob is None else rows.unpacked(blob, document)

    def statement(self, id: str) -> tuple[Document, Statement]:
        """A statement and the document it stands in; a beginning of the id that no other has is enough.

        Raises :class:`UnknownId`.
        """
        c = t.statements.c
        with self.database.reading() as connection:
            for same in (c.id == id, c.id.startswith(id or " ", autoescape=True)):
                found = connection.execute(sa.select(c.id, c.document).where(same).limit(2)).all()
                if len(found) > 1:
                    raise UnknownId(f"Several statements have an id that begins with {id}", "Give more of it")
                if found:
                    break
        if not found:
            raise UnknownId(f"The archive has no statement {id}", "Look for it with `diptych search`")
        reading = self.reading(found[0].document)
        if reading is not None:
            for statement in reading.statements:
                if statement.id == found[0].id:
                    return reading.document, statement
        raise DamagedStore(f"The statement {found[0].id} is in no reading", "Run `diptych db check`")

    def documents(self, *, unread: bool | None = None) -> Iterator[Document]:
        """Every document, by id; with ``unread`` only those without a reading (False: with one)."""
        query = sa.select(t.documents).order_by(t.documents.c.id)
        if unread is not None:
            read = sa.exists().where(t.readings.c.document == t.documents.c.id)
            query = query.where(~read if unread else read)
        with self.database.reading() as connection:
            for row in connection.execution_options(yield_per=200).execute(query).mappings():
                yield rows.document_of(row)

    def tellings(self) -> Iterator[Telling]:
        """Every telling of a contact, by day and id."""
        query = sa.select(t.tellings.c.record).order_by(t.tellings.c.day, t.tellings.c.id)
        with self.database.reading() as connection:
            for record in connection.execution_options(yield_per=1000).execute(query).scalars():
                yield _telling.decode(record)

    def signatures(self) -> Iterator[tuple[str, bytes]]:
        """The MinHash of every document that has one, by id."""
        query = sa.select(t.signatures.c.document, t.signatures.c.minhash).order_by(t.signatures.c.document)
        with self.database.reading() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query):
                yield row.document, row.minhash

    def versions(self, uri_or_document: str) -> list[Version]:
        """All that stood at an address, or at the addresses of a document, by address and day of fetching.

        Raises :class:`UnknownId` where nothing in the archive comes from there.
        """
        places = t.locations
        with self.database.reading() as connection:
            uris: Any = sa.select(places.c.uri).where(places.c.document == uri_or_document)
            found = connection.execute(
                sa.select(places, t.documents.c.title, t.documents.c.published, t.documents.c.updated)
                .join(t.documents, t.documents.c.id == places.c.document)
                .where((places.c.uri == uri_or_document) | places.c.uri.in_(uris))
                .order_by(places.c.uri, places.c.fetched_at, places.c.document)
            ).mappings()
            versions = [msgspec.convert(_version(row), Version) for row in found]
        if not versions:
            raise _unknown(uri_or_document)
        return versions

    def locations(self, uris: Collection[str]) -> list[Location]:
        """What is known of these addresses, the last fetch first: for asking a server whether a page has changed."""
        found: list[Location] = []
        wanted = sorted(set(uris))
        with self.database.reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                query = (
                    sa.select(t.locations)
                    .where(t.locations.c.uri.in_(wanted[start : start + _AT_ONCE]))
                    .order_by(t.locations.c.uri, t.locations.c.last_fetched_at.desc())
                )
                for row in connection.execute(query).mappings():
                    values = {name: row[name] for name in ("uri", "document", "etag", "last_modified", "sha256")}
                    found.append(msgspec.convert(values | {"fetched_at": row["last_fetched_at"]}, Location))
        return found

    def count_published(self, publisher: str, country: str | None, first: dt.date, last: dt.date) -> int:
        """How many documents a publisher published between two days, both included; ``country`` None: of any."""
        d = t.documents.c
        query = (
            sa.select(sa.func.count())
            .select_from(t.documents)
            .where(d.publisher == publisher, d.published.between(first.isoformat(), last.isoformat()))
        )
        if country is not None:
            query = query.where(d.country == country)
        with self.database.reading() as connection:
            return int(connection.scalar(query) or 0)

    def counts(self) -> Counts:
        """How much the archive holds."""

        def count(table: sa.Table, *where: Any) -> Any:
            return sa.select(sa.func.count()).select_from(table).where(*where).scalar_subquery()

        query = sa.select(
            count(t.documents).label("documents"),
            count(t.readings).label("read"),
            count(t.locations).label("locations"),
            count(t.mentions).label("mentions"),
            count(t.statements).label("statements"),
            count(t.tellings).label("tellings"),
            count(t.contacts).label("contacts"),
            count(t.contacts, t.contacts.c.own_sides > 1).label("two_sided"),
            count(t.accounts).label("accounts"),
            count(t.comparisons).label("comparisons"),
            count(t.corrections).label("corrections"),
            count(t.refused).label("refused"),
            count(t.feeds).label("feeds"),
        )
        with self.database.reading() as connection:
            return Counts(**connection.execute(query).mappings().one())

    def _note(self, connection: sa.Connection, locations: Sequence[Location]) -> None:
        if not locations:
            return
        insert = self.database.insert(t.locations)
        new = insert.excluded
        later = new.last_fetched_at > t.locations.c.last_fetched_at
        newest = {
            name: sa.case((later, new[name]), else_=t.locations.c[name])
            for name in ("last_fetched_at", "etag", "last_modified", "sha256")
        }
        first = sa.case((new.fetched_at < t.locations.c.fetched_at, new.fetched_at), else_=t.locations.c.fetched_at)
        connection.execute(
            insert.on_conflict_do_update(index_elements=["uri", "document"], set_=newest | {"fetched_at": first}),
            [rows.location_row(one) for one in sorted(locations, key=lambda one: (one.uri, one.document))],
        )

    def _forget(self, connection: sa.Connection, ids: Sequence[str]) -> None:
        """Take out what was read in these documents."""
        for table in (t.readings, t.actors, t.mentions, t.statements, t.tellings, t.provenance):
            for start in range(0, len(ids), _AT_ONCE):
                connection.execute(sa.delete(table).where(table.c.document.in_(ids[start : start + _AT_ONCE])))

    def _put_readings(self, connection: sa.Connection, entries: Sequence[Entry]) -> None:
        new = self.database.insert_new
        readings = [entry.reading for entry in entries if entry.reading is not None]
        new(
            connection,
            t.readings,
            [{"document": reading.document.id, "packed": rows.packed(reading)} for reading in readings],
        )
        new(connection, t.actors, [row for reading in readings for row in rows.actor_rows(reading)])
        new(connection, t.mentions, [row for reading in readings for row in rows.mention_rows(reading)])
        new(connection, t.statements, [row for reading in readings for row in rows.statement_rows(reading)])
        self._put_words(connection, readings)
        new(connection, t.tellings, [rows.telling_row(one) for entry in entries for one in entry.tellings])
        new(connection, t.provenance, [row for entry in entries for row in rows.provenance_rows(entry)])
        new(
            connection,
            t.signatures,
            [{"document": e.document.id, "minhash": e.signature} for e in entries if e.signature is not None],
        )

    def _put_words(self, connection: sa.Connection, readings: Sequence[Reading]) -> None:
        """Write what statements are found by, beside their words."""
        new = self.database.insert_new
        statements = tuple(statement for reading in readings for statement in reading.statements)
        if not statements:
            return
        names = rows.names_of(statements)
        new(connection, t.names, [{"name": name, "folded": names[name]} for name in sorted(names)])
        documents = [reading.document.id for reading in readings]
        numbers: dict[str, int] = {}
        for start in range(0, len(documents), _AT_ONCE):
            of = sa.select(t.statements.c.id, t.statements.c.number).where(
                t.statements.c.document.in_(documents[start : start + _AT_ONCE])
            )
            numbers.update((id, number) for id, number in connection.execute(of))
        holders = [{"holder": h, "statement": numbers[s.id]} for s in statements for h in dict.fromkeys(s.holder)]
        topics = [{"topic": w, "statement": numbers[s.id]} for s in statements for w in dict.fromkeys(s.topics)]
        opposite = [
            {"country": country, "statement": numbers[id]}
            for reading in readings
            for id, countries in rows.counterparts(reading).items()
            for country in sorted(countries)
        ]
        new(connection, t.statement_holders, holders)
        new(connection, t.statement_topics, topics)
        new(connection, t.statement_counterparts, opposite)


def _known(connection: sa.Connection, ids: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        query = sa.select(t.documents.c.id).where(t.documents.c.id.in_(ids[start : start + _AT_ONCE]))
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def _document_row(connection: sa.Connection, id: str) -> Any:
    row = connection.execute(sa.select(t.documents).where(t.documents.c.id == id)).mappings().first()
    if row is None and id:
        alike = t.documents.c.id.startswith(id, autoescape=True)
        several = connection.execute(sa.select(t.documents).where(alike).limit(2)).mappings().all()
        row = several[0] if len(several) == 1 else None
        if len(several) > 1:
            raise UnknownId(f"Several documents have an id that begins with {id}", "Give more of it")
    if row is None:
        raise _unknown(id)
    return row


def _unknown(id: str) -> UnknownId:
    return UnknownId(f"The archive has no document {id}", "Look for it with `diptych search --documents`")


def _version(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in Version.__dataclass_fields__}
