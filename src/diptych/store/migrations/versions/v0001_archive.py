"""The first archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _sqlite_index(table: str, columns: dict[str, str]) -> tuple[str, ...]:
    """The full-text table over a table's columns (their names, and what is indexed of a row), kept by triggers."""
    names = ", ".join(columns)

    def values(row: str) -> str:
        return ", ".join(value.format(row) for value in columns.values())

    shown = ", ".join(f"{value.format('')} AS {name}" for name, value in columns.items())
    return (
        f"CREATE VIEW {table}_words AS SELECT number, {shown} FROM {table}",
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}_words', content_rowid='number',"
        " tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN"
        f" INSERT INTO {table}_fts(rowid, {names}) VALUES (new.number, {values('new.')}); END",
        f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN"
        f" INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.number, {values('old.')}); END",
    )


#: Statements of SQL that make the full-text tables of SQLite, and the triggers that keep them.
_SQLITE: tuple[str, ...] = (
    *_sqlite_index("statements", {"quote": "coalesce({0}spaced, {0}quote)"}),
    *_sqlite_index("documents", {"title": "{0}title", "text": "coalesce({0}spaced, {0}text)"}),
)

#: A vector of words holds a megabyte at most: PostgreSQL searches the first 300,000 characters of a long text.
_LONGEST = 300_000


#: What stands between words, spelt out since character classes depend on the database's locale.
_BETWEEN = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufe10-\ufe6f"
)


def _postgresql_words(text: str) -> str:
    """SQL for the words of a text: its parser takes "peace/security" for a path, so it gets no punctuation."""
    bare = rf"normalize(regexp_replace(normalize({text}, NFKD), '[\u0300-\u036f]', '', 'g'), NFC)"
    return f"to_tsvector('diptych_words', regexp_replace({bare}, '[{_BETWEEN}]+', ' ', 'g'))"


_TITLE = _postgresql_words("coalesce(title, '')")
_TEXT = _postgresql_words(f"left(coalesce(spaced, text), {_LONGEST})")
_QUOTE = _postgresql_words("coalesce(spaced, quote)")

#: Statements of SQL that make the same for PostgreSQL.
_POSTGRESQL: tuple[str, ...] = (
    "CREATE TEXT SEARCH DICTIONARY diptych_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION diptych_words (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION diptych_words ALTER MAPPING FOR asciiword, word, numword WITH diptych_stem",
    f"ALTER TABLE statements ADD COLUMN words tsvector GENERATED ALWAYS AS ({_QUOTE}) STORED",
    "CREATE INDEX ix_statements_words ON statements USING gin (words)",
    f"ALTER TABLE documents ADD COLUMN words tsvector GENERATED ALWAYS AS (setweight({_TITLE}, 'A') || {_TEXT}) STORED",
    "CREATE INDEX ix_documents_words ON documents USING gin (words)",
    # Listing the latest first, which SQLite does by its own index.
    "CREATE INDEX ix_statements_latest ON statements (published DESC NULLS LAST, id DESC)",
    "CREATE INDEX ix_documents_latest ON documents (published DESC NULLS LAST, id DESC)",
)


def upgrade() -> None:
    """Make every table, then what full-text search needs on this backend."""
    _make_tables()
    connection = op.get_bind()
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def _make_tables() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("own_sides", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contacts_date", "contacts", ["date", "id"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "documents",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("updated", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("translated_from", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("spaced", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(("ix_documents_country"), "documents", ["country"], unique=False)
    op.create_index("ix_documents_published", "documents", ["published", "id"], unique=False)
    op.create_index(("ix_documents_publisher"), "documents", ["publisher"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("last_polled", sa.Text(), nullable=True),
        sa.Column("next_due", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("uri"),
    )
    op.create_index(("ix_feeds_next_due"), "feeds", ["next_due"], unique=False)
    op.create_table(
        "names",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "refused",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("first_tried_at", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("uri"),
    )
    op.create_table(
        "accounts",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("telling", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["contact"], ["contacts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("contact", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index(("ix_accounts_document"), "accounts", ["document"], unique=False)
    op.create_index(("ix_accounts_telling"), "accounts", ["telling"], unique=False)
    op.create_table(
        "actors",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("office_from", sa.Text(), nullable=True),
        sa.Column("office_conflict", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actors_kind_name", "actors", ["kind", "name"], unique=False)
    op.create_table(
        "comparisons",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["documents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact", "a", "b"),
    )
    op.create_table(
        "locations",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("last_fetched_at", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uri", "document"),
        sqlite_with_rowid=False,
    )
    op.create_index(("ix_locations_document"), "locations", ["document"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participants",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["contact"], ["contacts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_participants_country", "participants", ["country", "contact"], unique=False)
    op.create_index("ix_participants_side", "participants", ["side", "contact"], unique=False)
    op.create_table(
        "points",
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["documents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact", "a", "b", "id"),
    )
    op.create_table(
        "provenance",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("knowledge", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "stage"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "readings",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "signatures",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("minhash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "statements",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_entity", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("direct", sa.Text(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("absence", sa.Boolean(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=True),
        sa.Column("hedge", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("spaced", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_statements_act", "statements", ["act", "published"], unique=False)
    op.create_index(("ix_statements_document"), "statements", ["document"], unique=False)
    op.create_index("ix_statements_published", "statements", ["published", "id"], unique=False)
    op.create_index("ix_statements_side", "statements", ["side", "published"], unique=False)
    op.create_index("ix_statements_source_entity", "statements", ["source_entity"], unique=False)
    op.create_table(
        "tellings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_tellings_day", "tellings", ["day", "id"], unique=False)
    op.create_index(("ix_tellings_document"), "tellings", ["document"], unique=False)
    op.create_table(
        "statement_counterparts",
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("country", "statement"),
        sqlite_with_rowid=False,
    )
    op.create_index(("ix_statement_counterparts_statement"), "statement_counterparts", ["statement"], unique=False)
    op.create_table(
        "statement_holders",
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("holder", "statement"),
        sqlite_with_rowid=False,
    )
    op.create_index(("ix_statement_holders_statement"), "statement_holders", ["statement"], unique=False)
    op.create_table(
        "statement_topics",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("topic", "statement"),
        sqlite_with_rowid=False,
    )
    op.create_index(("ix_statement_topics_statement"), "statement_topics", ["statement"], unique=False)
    op.create_table(
        "vectors",
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("statement"),
    )
