"""Which column of a table holds what: as the user says, else by the names that columns commonly have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from diptych.errors import EmptyInput, UsageError

__all__ = ["FIELDS", "columns_of", "fields_of", "parse_map"]

#: The fields of a row, and the names of columns that are taken for them where nobody says otherwise, best first.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "full_text", "fulltext", "article_text", "article", "maintext", "main_text",
        "body_text", "plain_text", "story", "transcript",
    ),
    "title": ("title", "headline", "heading", "subject", "article_title"),
    "date": (
        "date", "published", "publication_date", "pub_date", "pubdate", "published_at", "publishedat", "date_published",
        "date_publish", "published_date", "day", "datetime", "timestamp",
    ),
    "publisher": (
        "publisher", "source", "source_name", "outlet", "publication", "newspaper", "site_name", "site", "media",
        "agency", "source_domain",
    ),
    "country": ("country", "country_code", "iso3"),
    "language": ("language", "lang"),
    "url": ("url", "uri", "link", "address", "permalink", "source_url", "article_url"),
}  # fmt: skip


def parse_map(spec: str) -> dict[str, str]:
    """Return what ``text=body,title=headline`` says; raises :class:`~diptych.errors.UsageError` where it says nothing.

    A comma in the name of a column is written twice.
    """
    found: dict[str, str] = {}
    for part in re.split(r"(?<!,),(?!,)", spec):
        field, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or field not in FIELDS:
            raise UsageError(
                f"{part.strip()!r} maps no column",
                f"Write FIELD=COLUMN, with commas between, where FIELD is one of {', '.join(FIELDS)}",
            )
        found[field] = column.replace(",,", ",")
    return found


def columns_of(header: Sequence[str], wanted: Mapping[str, str] | None, where: str) -> dict[str, tuple[str, ...]]:
    """Return the columns of ``header`` that may hold each field, best first; ``where`` is the file for messages.

    Raises :class:`~diptych.errors.EmptyInput` that names the columns where one that is ``wanted`` is not there, or
    none looks like the text.
    """
    by_key: dict[str, str] = {}
    for column in header:
        by_key.setdefault(_key(column), column)
    found: dict[str, tuple[str, ...]] = {}
    for field, guesses in FIELDS.items():
        asked = (wanted or {}).get(field)
        if asked is None:
            found[field] = tuple(by_key[guess] for guess in guesses if guess in by_key)
        elif asked in header:
            found[field] = (asked,)
        elif _key(asked) in by_key:
            found[field] = (by_key[_key(asked)],)
        else:
            raise _missing(f"has no column {asked!r}", header, where)
    if not found["text"]:
        raise _missing("has no column that looks like the text", header, where)
    return found


def fields_of(row: Mapping[str, object], columns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the fields that are filled in ``row``, each from the first of its columns that is."""
    found: dict[str, str] = {}
    for field, names in columns.items():
        for name in names:
            value = row.get(name)
            told = value.strip() if isinstance(value, str) else "" if field == "text" else _plain(value)
            if told:
                found[field] = told
                break
    return found


def _plain(value: object) -> str:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _missing(what: str, header: Sequence[str], where: str) -> EmptyInput:
    shown = ", ".join(header[:30]) + (", …" if len(header) > 30 else "")
    return EmptyInput(
        f"{where} {what}; its columns are: {shown or '(none)'}", "Say which column is which, as in --map text=COLUMN"
    )


def _key(name: str) -> str:
    return re.sub(r"[\s\-.]+", "_", name.strip().lstrip("\ufeff").casefold())
