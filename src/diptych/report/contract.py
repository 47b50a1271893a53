"""The JSON contract: what programs read. Field names here are promises; a change of meaning is a new schema."""

from __future__ import annotations

from typing import Any

import msgspec

from diptych.records import Comparison, Contact, Document, PairRelation, Reading, Side

COMPARISON_SCHEMA = "diptych.comparison/1"
READING_SCHEMA = "diptych.reading/1"


def comparison_json(comparison: Comparison) -> bytes:
    """The comparison as one JSON object (schema ``diptych.comparison/1``), UTF-8, indented, with a final newline."""
    return encoded(comparison_object(comparison))


def reading_json(reading: Reading) -> bytes:
    """The reading as one JSON object (schema ``diptych.reading/1``), UTF-8, indented, with a final newline."""
    return encoded(reading_object(reading))


def reading_line(reading: Reading) -> bytes:
    """The reading as one JSON object on one line."""
    return msgspec.json.encode(reading_object(reading)) + b"\n"


def relation_line(relation: PairRelation) -> bytes:
    """How two passages stand to each other, as one JSON object on one line."""
    return (
        msgspec.json.encode(
            {
                "kind": relation.kind,
                "confidence": round(relation.confidence, 3),
                "aspects": [words.aspect for words in relation.aspects],
                "aspect_words": msgspec.to_builtins(relation.aspects),
            }
        )
        + b"\n"
    )


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values, in the order of the contract."""
    nearest = comparison.nearest
    return {
        "schema": COMPARISON_SCHEMA,
        "contact": _comparison_contact(comparison.contact),
        "sides": {"a": _side(comparison.a), "b": _side(comparison.b)},
        "points": [
            msgspec.to_builtins(point)
            | {"nearest": msgspec.to_builtins(nearest[point.id]) if point.id in nearest else None}
            for point in comparison.points
        ],
        "relations": [
            {
                "a": list(relation.a),
                "b": list(relation.b),
                "kind": relation.kind,
                "aspects": [words.aspect for words in relation.aspects],
                "aspect_words": msgspec.to_builtins(relation.aspects),
                "confidence": round(relation.confidence, 3),
                "because": relation.because,
            }
            for relation in comparison.relations
        ],
        "only_a": list(comparison.only_a),
        "only_b": list(comparison.only_b),
        "undecided": list(comparison.undecided),
        "key_differences": msgspec.to_builtins(comparison.key_differences),
        "emphasis": msgspec.to_builtins(comparison.emphasis),
        "warnings": list(comparison.warnings),
    }


def reading_object(reading: Reading) -> dict[str, Any]:
    """The reading as plain values, in the order of the contract."""
    actors = {actor.id: actor for actor in reading.actors}
    document = _document(reading.document) | {
        "byline": list(reading.document.byline),
        "updated": msgspec.to_builtins(reading.document.updated),
        "blocks": msgspec.to_builtins(reading.document.blocks),
    }
    return {
        "schema": READING_SCHEMA,
        "document": document,
        "actors": msgspec.to_builtins(reading.actors),
        "mentions": [
            msgspec.to_builtins(mention)
            | {"entity": "; ".join(actors[a].name for a in mention.actors if a in actors) or None}
            for mention in reading.mentions
        ],
        "contacts": [msgspec.to_builtins(contact) for contact in reading.contacts],
        "statements": [
            msgspec.to_builtins(statement) | {"nested_in": statement.parent} for statement in reading.statements
        ],
        "accounts": msgspec.to_builtins(reading.accounts),
        "upcoming": list(reading.upcoming),
        "contested": msgspec.to_builtins(reading.contested),
    }


def _comparison_contact(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    kept = ("kind", "status", "date", "precision", "place", "requested_by", "duration", "ordinal", "format")
    whole: dict[str, Any] = msgspec.to_builtins(contact)
    people = ("name", "office", "country", "side", "office_conflict")
    return {name: whole[name] for name in kept} | {
        "participants": [{name: person[name] for name in people} for person in whole["participants"]]
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "label": side.label,
        "country": side.country,
        "via": side.via,
        "document": _document(side.document),
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "uri": document.uri,
        "title": document.title,
        "publisher": document.publisher,
        "country": document.country,
        "published": msgspec.to_builtins(document.published),
        "language": document.language,
        "kind": document.kind,
        "text": document.text,
    }


def encoded(value: dict[str, Any]) -> bytes:
    """``value`` as JSON in UTF-8, indented, with a final newline."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
