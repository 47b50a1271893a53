"""What is found in an archive: hits of a search, a document, a statement where it stands (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from diptych.records import Document, GatheredContact, Reading, Statement
from diptych.report.archive import between, short
from diptych.report.contract import encoded, reading_object
from diptych.report.drawing import flat, hanging, rendered
from diptych.report.terminal import reading_terminal

__all__ = [
    "SEARCH_SCHEMA",
    "document_json",
    "document_terminal",
    "hits_json",
    "hits_terminal",
    "statement_json",
    "statement_terminal",
]

SEARCH_SCHEMA = "diptych.search/1"
DOCUMENT_SCHEMA = "diptych.document/1"
STATEMENT_SCHEMA = "diptych.statement/1"
#: Characters of text that are shown on either side of a statement.
AROUND = 300


class Hit(Protocol):
    """One thing found, as the store gives it."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def spans(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def score(self) -> float: ...
    @property
    def uri(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def published(self) -> dt.date | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def holder(self) -> tuple[str, ...]: ...
    @property
    def act(self) -> str | None: ...
    @property
    def cue(self) -> str | None: ...
    @property
    def topics(self) -> tuple[str, ...]: ...


class Place(Protocol):
    """An address at which a document stood, and when it was fetched there first."""

    @property
    def uri(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def fetched_at(self) -> dt.datetime: ...


def hits_json(hits: Sequence[Hit], kind: str) -> bytes:
    """The hits, best first, as one JSON object (schema ``diptych.search/1``)."""
    return encoded({"schema": SEARCH_SCHEMA, "kind": kind, "hits": [_hit(hit) for hit in hits]})


def hits_terminal(hits: Sequence[Hit], width: int = 80, color: bool = False, *, otherwise: str = "") -> str:
    """The hits as passages with what was looked for marked: in colour, else by brackets.

    ``otherwise``: what else could be tried, told where nothing was found.
    """
    if not hits:
        return f"Nothing in the archive answers to that{f'; {otherwise}' if otherwise else ''}.\n"
    parts: list[RenderableType] = []
    for hit in hits:
        told = (
            hit.published.isoformat() if hit.published else "day unknown",
            hit.publisher or hit.country,
            hit.source,
            hit.act,
        )
        parts.append(Text.assemble((short(hit.id), "dim"), "  ", " · ".join(part for part in told if part)))
        parts.append(Padding(_marked(hit, color), (0, 0, 0, 2)))
        parts.append(Padding(Text(hit.title or hit.uri, style="dim"), (0, 0, 1, 2)))
    parts.append(Text(f"{len(hits):,} shown", style="dim"))
    return rendered(Group(*parts), width, color)


def document_json(
    document: Document, reading: Reading | None, contacts: Sequence[GatheredContact], places: Sequence[Place]
) -> bytes:
    """A document with its reading (null where its language is not read), the ids of its contacts and its places."""
    return encoded(
        {
            "schema": DOCUMENT_SCHEMA,
            "document": msgspec.to_builtins(document),
            "reading": reading_object(reading) if reading is not None else None,
            "contacts": [contact.id for contact in contacts],
            "places": [
                {"uri": place.uri, "document": place.document, "fetched_at": place.fetched_at.isoformat()}
                for place in places
            ],
        }
    )


def document_terminal(
    document: Document,
    reading: Reading | None,
    contacts: Sequence[GatheredContact],
    places: Sequence[Place],
    width: int = 80,
    color: bool = False,
) -> str:
    """A document: what was read in it, the contacts it tells of, where it was found."""
    parts: list[RenderableType] = [Text(document.id, style="dim")]
    parts += [
        hanging("at ", f"{place.uri}, fetched {place.fetched_at:%Y-%m-%d %H:%M} UTC", "dim")
        for place in places
        if place.document == document.id
    ]
    others = len({place.document for place in places} - {document.id})
    if others:
        parts.append(hanging("! ", f"{others} other version{'s' * (others > 1)} there: diptych history {document.id}"))
    for contact in contacts:
        line = f"tells of {short(contact.id)}: {contact.kind.replace('_', ' ')}, {contact.date or 'day not given'}"
        parts.append(hanging("- ", f"{line}, {between(contact.participants)}"))
    head = rendered(Group(*parts, Text()), width, color)
    whole = reading if reading is not None else Reading(document=document)
    told = reading_terminal(whole, width, color)
    if reading is None:
        told += f"\nIts language is not read yet; its text:\n\n{document.text}\n"
    return head + told


def statement_json(statement: Statement, document: Document) -> bytes:
    """A statement, the document it stands in, and the words around it."""
    start, end = _around(statement, document)
    return encoded(
        {
            "schema": STATEMENT_SCHEMA,
            "statement": msgspec.to_builtins(statement),
            "document": {
                "id": document.id,
                "uri": document.uri,
                "title": document.title,
                "publisher": document.publisher,
                "published": msgspec.to_builtins(document.published),
            },
            "passage": {"start": start, "end": end, "quote": document.text[start:end]},
        }
    )


def statement_terminal(statement: Statement, document: Document, width: int = 80, color: bool = False) -> str:
    """A statement with its facts, in the words it stands among."""
    content = statement.content
    start, end = _around(statement, document)
    facts = (
        ("Id", statement.id),
        ("Source", statement.source_entity or statement.source),
        ("Act", f"{'not ' if statement.negated else ''}{statement.act}"),
        ("Held by", ", ".join(statement.holder)),
        ("Cue", statement.cue),
        ("Topics", ", ".join(statement.topics)),
        ("Document", f"{document.id}, {document.title or document.uri}"),
        ("Published", document.published),
    )
    passage = Text.assemble(
        flat(document.text[start : content.start]),
        (f"[{flat(content.quote)}]" if not color else flat(content.quote), "bold"),
        flat(document.text[content.end : end]),
    )
    lines = [Text(f"{name}: {value}") for name, value in facts if value]
    return rendered(Group(*lines, Text(), passage), width, color)


def _around(statement: Statement, document: Document) -> tuple[int, int]:
    content = statement.content
    return max(0, content.start - AROUND), min(len(document.text), content.end + AROUND)


def _marked(hit: Hit, color: bool) -> Text:
    text = Text()
    at = 0
    for start, end in hit.spans:
        text.append(hit.quote[at:start])
        text.append(hit.quote[start:end] if color else f"[{hit.quote[start:end]}]", style="bold yellow")
        at = end
    text.append(hit.quote[at:])
    text.plain = text.plain.replace("\n", " ")
    return text


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "document": hit.document,
        "uri": hit.uri,
        "title": hit.title,
        "publisher": hit.publisher,
        "country": hit.country,
        "published": msgspec.to_builtins(hit.published),
        "source": hit.source,
        "holder": list(hit.holder),
        "act": hit.act,
        "cue": hit.cue,
        "topics": list(hit.topics),
        "quote": hit.quote,
        "start": hit.start,
        "end": hit.end,
        "spans": [list(span) for span in hit.spans],
        "score": round(hit.score, 4),
    }
