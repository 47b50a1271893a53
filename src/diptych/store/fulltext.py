"""Full-text search of each backend: what is made with the tables, and the words that searches and texts share.

Both backends look words up without case, accents and English endings. Where writing has no spaces between words
(Chinese, Japanese) or hangs endings on them (Korean), every character is a word: ``spaced`` holds such a text with
its characters apart, and a query's run of characters is looked up as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["APART", "ENDS", "POSTGRESQL", "SQLITE", "STARTS", "distinct_words", "fold", "spaced", "words_of"]

_APART = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: A character that is a word by itself; where other words start and end.
APART = re.compile(f"([{_APART}])")
STARTS = re.compile(f"(?<![^\\W_{_APART}])|(?=[{_APART}])")
ENDS = f"(?![^\\W_{_APART}])"
_WORD = re.compile(r"[^\W_]+")


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
SQLITE: tuple[str, ...] = (
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
POSTGRESQL: tuple[str, ...] = (
    "CREATE TEXT SEARCH DICTIONARY diptych_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION diptych_words (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION diptych_words ALTER MAPPING FOR asciiword, word, numword WITH diptych_stem",
    f"ALTER TABLE statements ADD COLUMN words tsvector GENERATED ALWAYS AS ({_QUOTE}) STORED",
    "CREATE INDEX ix_statements_words ON statements USING gin (words)",
    f"ALTER TABLE documents ADD COLUMN words tsvector GENERATED ALWAYS AS (setweight({_TITLE}, 'A') || {_TEXT}) STORED",
    "CREATE INDEX ix_documents_words ON documents USING gin (words)",
)


def fold(text: str) -> str:
    """Return ``text`` without case, accents and runs of space."""
    plain = text.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))
    return " ".join(plain.split())


def spaced(text: str) -> str | None:
    """Return ``text`` with a space before and after each character that is a word; None where there is none."""
    apart = APART.sub(r" \1 ", text)
    return apart if apart != text else None


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in order, as the full-text tables cut it."""
    return [piece for word in _WORD.findall(text) for piece in _pieces(word)]


def distinct_words(texts: Iterable[str]) -> set[str]:
    """Return every word of ``texts`` once."""
    found = {word for text in texts for word in set(_WORD.findall(text))}
    return {piece for word in found for piece in _pieces(word)}


def _pieces(word: str) -> list[str]:
    return [word] if word.isascii() else [piece for piece in APART.split(word) if piece]
