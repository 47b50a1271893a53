"""Contacts as gathered, the corrections of people, and comparisons that were made."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import sqlalchemy as sa

from diptych.errors import UnknownId
from diptych.records import Correction, GatheredContact
from diptych.store import rows
from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.fulltext import fold

__all__ = ["Contacts"]

_contact = msgspec.json.Decoder(GatheredContact)
_correction = msgspec.json.Decoder(Correction)


class _Point(msgspec.Struct):
    id: str
    side: str
    start: int
    end: int
    quote: str
    act: str
    holder: str
    topics: tuple[str, ...] = ()


class _Compared(msgspec.Struct):
    points: tuple[_Point, ...] = ()


class Contacts:
    """The part of the store that holds gathered contacts, corrections and comparisons."""

    database: Database

    def tellings_state(self, made_with: str = "") -> str:
        """A hash of what there is to gather: all tellings and corrections, with what they say.

        ``made_with`` names what gathers them (version, knowledge): another one gathers anew.
        Take it before reading the tellings and hand it to :meth:`replace_contacts`: what another process puts in
        meanwhile then counts as not yet gathered.
        """
        with self.database.reading() as connection:
            return _state(connection, made_with)

    def needs_gathering(self, made_with: str = "") -> bool:
        """Whether tellings or corrections have come or gone, or the means changed, since contacts were gathered."""
        with self.database.reading() as connection:
            gathered = connection.scalar(sa.select(t.notes.c.value).where(t.notes.c.name == "gathered"))
            return bool(gathered != _state(connection, made_with))

    def replace_contacts(self, contacts: Iterable[GatheredContact], gathered: str) -> None:
        """Put these contacts in the place of all earlier ones, in one transaction.

        ``gathered`` is what :meth:`tellings_state` gave before the tellings were read.
        """
        with self.database.writing() as connection:
            for table in (t.accounts, t.participants, t.contacts):
                connection.execute(sa.delete(table))
            batch: list[GatheredContact] = []
            for contact in contacts:
                batch.append(contact)
                if len(batch) == 500:
                    self._put_contacts(connection, batch)
                    batch = []
            self._put_contacts(connection, batch)
            noted = self.database.insert(t.notes).values(name="gathered", value=gathered)
            connection.execute(noted.on_conflict_do_update(index_elements=["name"], set_={"value": gathered}))

    def contacts(
        self,
        *,
        between: Sequence[str] = (),
        with_name: str | None = None,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        kind: str | None = None,
        status: str | None = None,
        two_sided: bool = False,
        limit: int | None = None,
    ) -> Iterator[GatheredContact]:
        """The contacts that fit, by date and id; those without a date come last.

        ``between``: every one of these states takes part. ``with_name``: a participant's name or office has words
        that begin so. ``since`` and ``until``: a day, or ``2022-01`` or ``2022``, which stand for their first and
        last day; a contact whose month alone is known fits where a day of it fits. ``two_sided``: two sides
        published accounts of their own.
        """
        c, p = t.contacts.c, t.participants.c
        query = sa.select(c.record).order_by(c.date.is_(None), c.date, c.id).limit(limit)
        for state in between:
            of_side = sa.select(p.contact).where(p.side == state)
            query = query.where(c.id.in_(of_side.union(sa.select(p.contact).where(p.country == state))))
        if with_name is not None:
            padded = sa.literal(" ") + sa.func.replace(sa.func.replace(p.folded, "-", " "), "’", " ")
            words = fold(with_name).replace("-", " ").replace("’", " ").split()
            named = [padded.contains(f" {word}", autoescape=True) for word in words]
            query = query.where(c.id.in_(sa.select(p.contact).where(*named)))
        if since is not None:
            # Beginnings of one length are compared: PostgreSQL sorts by the language, which looks past punctuation.
            # Of "2022-01-10/2022-01-12" the last day counts.
            last = sa.case((c.date.contains("/"), sa.func.substr(c.date, 12)), else_=c.date)
            query = query.where(sa.func.substr(str(since), 1, sa.func.length(last)) <= last)
        if until is not None:
            query = query.where(sa.func.substr(c.date, 1, len(str(until))) <= str(until))
        if kind is not None:
            query = query.where(c.kind == kind)
        if status is not None:
            query = query.where(c.status == status)
        if two_sided:
            query = query.where(c.own_sides > 1)
        with self.database.reading() as connection:
            for record in connection.execution_options(yield_per=500).execute(query).scalars():
                yield _contact.decode(record)

    def contact(self, id: str) -> GatheredContact:
        """The contact of this id; a beginning that no other has is enough. Raises :class:`UnknownId`."""
        c = t.contacts.c
        with self.database.reading() as connection:
            record = connection.scalar(sa.select(c.record).where(c.id == id))
            if record is None and id:
                alike = sa.select(c.record).where(c.id.startswith(id, autoescape=True)).limit(2)
                several = connection.execute(alike).scalars().all()
                if len(several) > 1:
                    raise UnknownId(f"Several contacts have an id that begins with {id}", "Give more of it")
                record = several[0] if several else None
        if record is None:
            raise UnknownId(f"The archive has no contact {id}", "List them with `diptych contacts`")
        return _contact.decode(record)

    def contacts_of(self, document: str) -> list[GatheredContact]:
        """The contacts of which this document gives an account, by date and id."""
        c = t.contacts.c
        of = sa.select(t.accounts.c.contact).where(t.accounts.c.document == document)
        with self.database.reading() as connection:
            query = sa.select(c.record).where(c.id.in_(of)).order_by(c.date.is_(None), c.date, c.id)
            return [_contact.decode(record) for record in connection.execute(query).scalars()]

    def add_correction(self, correction: Correction) -> None:
        """Keep what a person decided; the same correction twice is one."""
        row = {
            "id": correction.id,
            "kind": correction.kind,
            "field": correction.field,
            "value": correction.value,
            "note": correction.note,
            "made_at": rows.moment_text(correction.made_at),
            "record": rows.as_json(correction),
        }
        with self.database.writing() as connection:
            self.database.insert_new(connection, t.corrections, [row])

    def corrections(self) -> list[Correction]:
        """All corrections, in the order in which they were made."""
        query = sa.select(t.corrections.c.record).order_by(t.corrections.c.made_at, t.corrections.c.id)
        with self.database.reading() as connection:
            return [_correction.decode(record) for record in connection.execute(query).scalars()]

    def remove_correction(self, id: str) -> None:
        """Take a correction back. Raises :class:`UnknownId`."""
        with self.database.writing() as connection:
            if not connection.execute(sa.delete(t.corrections).where(t.corrections.c.id == id)).rowcount:
                raise UnknownId(f"The archive has no correction {id}", "List them with `diptych correct list`")

    def save_comparison(self, contact: str, a: str, b: str, json: bytes | str, version: str) -> None:
        """Keep a comparison of two documents' accounts of a contact (the JSON contract) and its points."""
        text = json.decode("utf-8") if isinstance(json, bytes) else json
        key = {"contact": contact, "a": a, "b": b}
        found = msgspec.json.decode(text, type=_Compared).points
        points = [key | msgspec.structs.asdict(one) | {"topics": rows.as_json(one.topics)} for one in found]
        with self.database.writing() as connection:
            for table in (t.points, t.comparisons):
                same = [table.c[name] == value for name, value in key.items()]
                connection.execute(sa.delete(table).where(*same))
            connection.execute(sa.insert(t.comparisons), key | {"version": version, "record": text})
            self.database.insert_new(connection, t.points, points)

    def comparison(self, contact: str, a: str, b: str, version: str) -> bytes | None:
        """A comparison that this version made of the two documents, as JSON; None where there is none."""
        c = t.comparisons.c
        query = sa.select(c.record).where(c.contact == contact, c.a == a, c.b == b, c.version == version)
        with self.database.reading() as connection:
            record = connection.scalar(query)
        return None if record is None else str(record).encode("utf-8")

    def _put_contacts(self, connection: sa.Connection, contacts: Sequence[GatheredContact]) -> None:
        new = self.database.insert_new
        new(connection, t.contacts, [_contact_row(contact) for contact in contacts])
        new(connection, t.participants, [row for contact in contacts for row in _participant_rows(contact)])
        new(connection, t.accounts, [row for contact in contacts for row in _account_rows(contact)])


def _state(connection: sa.Connection, made_with: str) -> str:
    digest = hashlib.sha256(made_with.encode())
    for table in (t.tellings, t.corrections):
        query = sa.select(table.c.id, table.c.record).order_by(table.c.id)
        for id, record in connection.execution_options(yield_per=1000).execute(query):
            digest.update(f"{id}\n{record}\n".encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _contact_row(contact: GatheredContact) -> rows.Row:
    own = {account.side for account in contact.accounts if account.via is None and account.side}
    return {
        "id": contact.id,
        "kind": contact.kind,
        "status": contact.status,
        "date": contact.date,
        "precision": contact.precision,
        "place": contact.place,
        "own_sides": len(own),
        "record": rows.as_json(contact),
    }


def _participant_rows(contact: GatheredContact) -> Iterator[rows.Row]:
    for position, one in enumerate(contact.participants):
        yield {
            "contact": contact.id,
            "position": position,
            "name": one.name,
            "folded": fold(f"{one.name or ''} {one.office or ''}"),
            "office": one.office,
            "country": one.country,
            "side": one.side,
        }


def _account_rows(contact: GatheredContact) -> Iterator[rows.Row]:
    for position, one in enumerate(contact.accounts):
        yield {
            "contact": contact.id,
            "position": position,
            "side": one.side,
            "via": one.via,
            "publisher": one.publisher,
            "document": one.document,
            "telling": one.telling,
            "published": one.published.isoformat() if one.published else None,
            "lead": one.lead,
        }
