"""Records as rows of the tables, and rows as records."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from diptych.records import Contact, Document, Reading, Statement, Telling
from diptych.store.fulltext import fold, spaced
from diptych.store.items import Entry, Location

_reading = msgspec.json.Decoder(Reading)
_strings = msgspec.json.Decoder(tuple[str, ...])
#: Measured on ten thousand readings: 2.1 KB each at level 6, of 9.0 KB; level 9 gains 1 %.
_LEVEL = 6

Row = dict[str, Any]


def as_json(value: object) -> str:
    """A value as JSON text."""
    return msgspec.json.encode(value).decode("utf-8")


def strings(text: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    return _strings.decode(text)


def day(text: str | None) -> dt.date | None:
    """A stored day."""
    return dt.date.fromisoformat(text) if text else None


def moment(text: str | None) -> dt.datetime | None:
    """A stored moment."""
    return dt.datetime.fromisoformat(text) if text else None


def moment_text(value: dt.datetime | None) -> str | None:
    """A moment as it is stored: ISO 8601 in UTC, to be compared as text; one without a zone is taken as UTC."""
    if value is None:
        return None
    aware = value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return aware.isoformat(timespec="microseconds")


def document_row(document: Document) -> Row:
    """The row of ``documents``."""
    return {
        "id": document.id,
        "uri": document.uri,
        "publisher": document.publisher,
        "country": document.country,
        "title": document.title,
        "byline": as_json(document.byline),
        "published": document.published.isoformat() if document.published else None,
        "updated": document.updated.isoformat() if document.updated else None,
        "language": document.language,
        "translated_from": document.translated_from,
        "kind": document.kind,
        "text": document.text,
        "blocks": as_json(document.blocks),
        "spaced": spaced(document.text),
    }


def document_of(row: Any) -> Document:
    """The document of a row of ``documents``."""
    values = {name: row[name] for name in Document.__struct_fields__}
    values["byline"] = msgspec.json.decode(row["byline"])
    values["blocks"] = msgspec.json.decode(row["blocks"])
    return msgspec.convert(values, Document)


def packed(reading: Reading) -> bytes:
    """A reading, compressed; its document is left out, since that stands in ``documents``."""
    bare = msgspec.structs.replace(reading.document, text="", blocks=())
    return zlib.compress(msgspec.json.encode(msgspec.structs.replace(reading, document=bare)), _LEVEL)


def unpacked(blob: bytes, document: Document) -> Reading:
    """The reading of :func:`packed`."""
    return msgspec.structs.replace(_reading.decode(zlib.decompress(blob)), document=document)


def location_row(location: Location) -> Row:
    """The row of ``locations``."""
    fetched = moment_text(location.fetched_at)
    return {
        "uri": location.uri,
        "document": location.document,
        "fetched_at": fetched,
        "last_fetched_at": fetched,
        "etag": location.etag,
        "last_modified": location.last_modified,
        "sha256": location.sha256,
    }


def actor_rows(reading: Reading) -> Iterator[Row]:
    """The rows of ``actors``."""
    for actor in reading.actors:
        yield {"document": reading.document.id} | {name: getattr(actor, name) for name in actor.__struct_fields__}


def mention_rows(reading: Reading) -> Iterator[Row]:
    """The rows of ``mentions``."""
    for position, mention in enumerate(reading.mentions):
        yield {
            "document": reading.document.id,
            "position": position,
            "start": mention.start,
            "end": mention.end,
            "quote": mention.quote,
            "form": mention.form,
            "actors": as_json(mention.actors),
            "rule": mention.rule,
        }


def statement_rows(reading: Reading) -> Iterator[Row]:
    """The rows of ``statements``, with their side: that of the account they belong to, else the publisher's state."""
    document = reading.document
    sides = {statement: account.side for account in reading.accounts for statement in account.statements}
    for position, statement in enumerate(reading.statements):
        yield {
            "id": statement.id,
            "document": document.id,
            "position": position,
            "published": document.published.isoformat() if document.published else None,
            "side": sides.get(statement.id, document.country),
            "source": statement.source,
            "source_entity": statement.source_entity,
            "cue": statement.cue,
            "act": statement.act,
            "holder": as_json(statement.holder),
            "direct": statement.direct,
            "negated": statement.negated,
            "absence": statement.absence,
            "modality": statement.modality,
            "hedge": statement.hedge,
            "topics": as_json(statement.topics),
            "parent": statement.parent,
            "quote": statement.content.quote,
            "start": statement.content.start,
            "end": statement.content.end,
            "spaced": spaced(statement.content.quote),
        }


def counterparts(reading: Reading) -> dict[str, frozenset[str]]:
    """Who stands opposite, by statement: the other states of the contact that its account tells of.

    Where the account names no contact, those of all contacts that the document is about.
    """
    contacts = {contact.id: _states(contact) for contact in reading.contacts}
    about = frozenset[str]().union(*(contacts[c.id] for c in reading.contacts if not c.background))
    found: dict[str, frozenset[str]] = {s.id: about - {reading.document.country or ""} for s in reading.statements}
    for account in reading.accounts:
        states = contacts.get(account.contact or "", about)
        found.update((statement, states - {account.side}) for statement in account.statements)
    return found


def names_of(statements: tuple[Statement, ...]) -> dict[str, str]:
    """Every source and holder of the statements, and the same folded."""
    sources = {s.source_entity or s.source for s in statements}
    named = {source for source in sources if source} | {h for s in statements for h in s.holder}
    return {name: fold(name) for name in named}


def telling_row(telling: Telling) -> Row:
    """The row of ``tellings``."""
    contact = telling.contact
    return {
        "id": telling.id,
        "document": telling.document,
        "day": contact.date or (telling.published.isoformat() if telling.published else ""),
        "side": telling.side,
        "via": telling.via,
        "lead": telling.lead,
        "kind": contact.kind,
        "status": contact.status,
        "date": contact.date,
        "place": contact.place,
        "start": contact.start,
        "end": contact.end,
        "quote": contact.quote,
        "record": as_json(telling),
    }


def provenance_rows(entry: Entry) -> Iterator[Row]:
    """The rows of ``provenance``."""
    for one in entry.provenance:
        yield {"document": entry.document.id} | {name: getattr(one, name) for name in one.__struct_fields__}


def _states(contact: Contact) -> frozenset[str]:
    return frozenset(state for p in contact.participants if (state := p.side or p.country))
