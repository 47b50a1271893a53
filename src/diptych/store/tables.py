"""Every table of the archive.

Days and moments are ISO 8601 text (moments in UTC), lists are JSON text: the same on every backend, and readable as
they are in Datasette. Ids are content hashes; ``number`` is the backend's own row number, which full-text search
needs, and is no part of the content. What repeats a whole record is kept once more, whole, beside its columns:
``readings.packed`` (zlib over JSON) and the ``record`` columns (JSON).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

__all__ = ["metadata"]

metadata = MetaData()

#: SQLite's rowid must be an INTEGER for full-text tables to refer to it.
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")

documents = Table(
    "documents",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("uri", Text, nullable=False),
    Column("publisher", Text, index=True),
    Column("country", Text, index=True),
    Column("title", Text),
    Column("byline", Text, nullable=False),
    Column("published", Text),
    Column("updated", Text),
    Column("language", Text),
    Column("translated_from", Text),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),
    Column("spaced", Text),
    Index("ix_documents_published", "published", "id"),
)

readings = Table(
    "readings",
    metadata,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

provenance = Table(
    "provenance",
    metadata,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("model", Text),
    Column("knowledge", Text, nullable=False),
    PrimaryKeyConstraint("document", "stage"),
    sqlite_with_rowid=False,
)

locations = Table(
    "locations",
    metadata,
    Column("uri", Text, nullable=False),
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("fetched_at", Text, nullable=False),
    Column("last_fetched_at", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("sha256", Text),
    PrimaryKeyConstraint("uri", "document"),
    sqlite_with_rowid=False,
)

signatures = Table(
    "signatures",
    metadata,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("minhash", LargeBinary, nullable=False),
)

actors = Table(
    "actors",
    metadata,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("office", Text),
    Column("office_from", Text),
    Column("office_conflict", Text),
    PrimaryKeyConstraint("document", "id"),
    Index("ix_actors_kind_name", "kind", "name"),
    sqlite_with_rowid=False,
)

mentions = Table(
    "mentions",
    metadata,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("actors", Text, nullable=False),
    Column("rule", Text, nullable=False),
    PrimaryKeyConstraint("document", "position"),
    sqlite_with_rowid=False,
)

statements = Table(
    "statements",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("published", Text),
    Column("side", Text),
    Column("source", Text),
    Column("source_entity", Text),
    Column("cue", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("direct", Text, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("absence", Boolean, nullable=False),
    Column("modality", Text),
    Column("hedge", Text),
    Column("topics", Text, nullable=False),
    Column("parent", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("spaced", Text),
    Index("ix_statements_source_entity", "source_entity"),
    Index("ix_statements_act", "act", "published"),
    Index("ix_statements_side", "side", "published"),
    Index("ix_statements_published", "published", "id"),
)


def _words(name: str, column: str) -> Table:
    """A table of a statement's many values of one kind, to find statements by them."""
    return Table(
        name,
        metadata,
        Column(column, Text, nullable=False),
        Column("statement", _NUMBER, ForeignKey("statements.number", ondelete="CASCADE"), nullable=False, index=True),
        PrimaryKeyConstraint(column, "statement"),
        sqlite_with_rowid=False,
    )


statement_holders = _words("statement_holders", "holder")
statement_topics = _words("statement_topics", "topic")
statement_counterparts = _words("statement_counterparts", "country")

#: Every name that stands as a source or a holder, once, and the same without case and accents.
names = Table(
    "names",
    metadata,
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: Half-precision vectors, for search by meaning.
vectors = Table(
    "vectors",
    metadata,
    Column("statement", _NUMBER, ForeignKey("statements.number", ondelete="CASCADE"), primary_key=True),
    Column("model", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

tellings = Table(
    "tellings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("day", Text, nullable=False),
    Column("side", Text),
    Column("via", Text),
    Column("lead", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("date", Text),
    Column("place", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_tellings_day", "day", "id"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("date", Text),
    Column("precision", Text, nullable=False),
    Column("place", Text),
    Column("own_sides", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_contacts_date", "date", "id"),
)

participants = Table(
    "participants",
    metadata,
    Column("contact", Text, ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text),
    Column("folded", Text),
    Column("office", Text),
    Column("country", Text),
    Column("side", Text),
    PrimaryKeyConstraint("contact", "position"),
    Index("ix_participants_side", "side", "contact"),
    Index("ix_participants_country", "country", "contact"),
    sqlite_with_rowid=False,
)

accounts = Table(
    "accounts",
    metadata,
    Column("contact", Text, ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("side", Text),
    Column("via", Text),
    Column("publisher", Text),
    Column("document", Text, ForeignKey("documents.id"), nullable=False, index=True),
    Column("telling", Text, nullable=False, index=True),
    Column("published", Text),
    Column("lead", Boolean, nullable=False),
    PrimaryKeyConstraint("contact", "position"),
    sqlite_with_rowid=False,
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("note", Text),
    Column("made_at", Text, nullable=False),
    Column("record", Text, nullable=False),
)

comparisons = Table(
    "comparisons",
    metadata,
    Column("contact", Text, nullable=False),
    Column("a", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("b", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("version", Text, nullable=False),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("contact", "a", "b"),
)

#: The points of saved comparisons, as the JSON contract gives them.
points = Table(
    "points",
    metadata,
    Column("contact", Text, nullable=False),
    Column("a", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("b", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("id", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("topics", Text, nullable=False),
    PrimaryKeyConstraint("contact", "a", "b", "id"),
)

refused = Table(
    "refused",
    metadata,
    Column("uri", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("first_tried_at", Text, nullable=False),
    Column("tried_at", Text, nullable=False),
    Column("tries", Integer, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("uri", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("last_polled", Text),
    Column("next_due", Text, index=True),
    Column("failures", Integer, nullable=False),
    Column("message", Text),
)

#: What the archive remembers of itself, by name.
notes = Table("notes", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
