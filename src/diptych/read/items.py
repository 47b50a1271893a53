"""What an expansion yields: documents as bytes, rows of tables, and what could not or need not be had."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from diptych.errors import DiptychError, EmptyInput
from diptych.read.media import sniff_media_type
from diptych.records import RawDocument

__all__ = ["Item", "KnownPage", "Refused", "Row", "Skipped", "as_text", "make_raw"]


@dataclass(frozen=True)
class Row:
    """One row of a table or one line of JSON.

    ``uri`` is its own address, or the file and the row's number (``file.jsonl#12``). ``fields`` holds what is filled
    of text, title, date, publisher, country, language and url, whatever the columns are called; text always is, and
    url is the ``uri``. ``where`` says file and line for people, ``source`` what the user named.
    """

    uri: str
    fields: Mapping[str, str]
    where: str
    source: str


@dataclass(frozen=True)
class Refused:
    """Something that could not be had or opened; everything else goes on.

    ``uri`` is what was refused, ``source`` what the user named and it came from, ``where`` file and line for people
    where it is a row.
    """

    uri: str
    source: str
    error: DiptychError
    where: str | None = None


@dataclass(frozen=True)
class Skipped:
    """Something that was left out on purpose: a hidden file, a folder seen already, a page that has not changed.

    ``why`` is a sentence for people; ``unchanged`` tells that it is known already and has not changed since.
    """

    uri: str
    source: str
    why: str
    unchanged: bool = False


@dataclass(frozen=True)
class KnownPage:
    """What is known of a page that was fetched before: when, and what its server said to ask it by."""

    fetched_at: dt.datetime
    etag: str | None = None
    last_modified: str | None = None


Item = RawDocument | Row | Refused | Skipped


def make_raw(
    uri: str,
    body: bytes,
    *,
    name: str | None = None,
    declared: str | None = None,
    charset: str | None = None,
    fetched_at: dt.datetime | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    asked: str | None = None,
) -> RawDocument:
    """Return ``body`` as a document; ``name`` is what its ending is taken from where that is not ``uri``.

    ``declared`` is the media type by the server's word. Raises :class:`~diptych.errors.EmptyInput` and
    :class:`~diptych.errors.UnsupportedMedia`.
    """
    if not body:
        raise EmptyInput(f"{uri} is empty", "Check that the file or page is the one you mean")
    return RawDocument(
        uri=uri,
        media_type=sniff_media_type(body, name or uri, declared),
        fetched_at=fetched_at or dt.datetime.now(dt.UTC),
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
        charset=charset,
        etag=etag,
        last_modified=last_modified,
        asked=asked,
    )


def as_text(item: Item) -> Item:
    """Return ``item`` with nothing in its words that is no text: names of files and fields of JSON may hold anything.

    Half characters (a byte of a name that is no UTF-8) are written out, and zeros left out; the body is as it was.
    """
    if isinstance(item, RawDocument):
        asked = item.asked and _text(item.asked)
        return msgspec.structs.replace(item, uri=_text(item.uri), asked=asked)
    if isinstance(item, Row):
        fields = {name: _text(value) for name, value in item.fields.items()}
        return replace(item, uri=_text(item.uri), fields=fields, where=_text(item.where), source=_text(item.source))
    if isinstance(item, Refused):
        error, where = item.error, item.where and _text(item.where)
        if _text(str(error)) != str(error):
            error = type(error)(_text(error.happened), _text(error.remedy))
        return Refused(_text(item.uri), _text(item.source), error, where)
    return replace(item, uri=_text(item.uri), source=_text(item.source), why=_text(item.why))


def _text(words: str) -> str:
    return words.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "")
