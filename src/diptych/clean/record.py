"""Rows of tables of texts: {url, publisher, country, title, date, language, text}."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

import msgspec

from diptych.clean.dates import parse_day
from diptych.clean.document import build_document, titled
from diptych.clean.lines import Line, normalise, word_count
from diptych.clean.metadata import Known
from diptych.clean.plain import plain_lines
from diptych.errors import EmptyInput, NoText
from diptych.records import Document

__all__ = ["from_record"]

#: A title of so many words may be the whole notice.
_TELLS = 6
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])")
_TAG = re.compile(r"</?(?:u|b|i|em|strong|br|span|sup|sub|p)\b[^<>]{0,80}>|<!--.*?-->", re.IGNORECASE)
#: A text that begins with a tag is a page or a part of one.
_PAGE = re.compile(r"\s*<(?:!doctype|html|body|main|article|section|div|p|h[1-6]|ul|ol|table)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\*_#\[\]()~`>.-])")


def from_record(record: Mapping[str, object]) -> Document:
    """Return the document that a row of a table holds.

    ``text`` is required, the other fields are taken where they are filled. What the row says goes before what the
    text says. Markdown links and emphasis in the text are reduced to their words, and a text in HTML
    is read as a page.

    A notice that is published as a title alone has its title as text. Raises
    :class:`~diptych.errors.EmptyInput` when there is no text and :class:`~diptych.errors.NoText` when nothing but
    furniture is in it and the title tells nothing.
    """
    uri = _field(record, "url") or _field(record, "uri") or "record"
    text = _field(record, "text")
    if text is None:
        raise EmptyInput(f"The record {uri} has no text", "Give rows whose field “text” is filled")
    title = _field(record, "title")
    title = " ".join(normalise(title).split()) if title else None
    page = text if _PAGE.match(text) else None
    if "<" in text:
        text = _TAG.sub("", text)
    if "*" in text:
        text = _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", text))
    known = Known(
        title=title,
        publisher=_field(record, "publisher"),
        country=_field(record, "country"),
        published=parse_day(_field(record, "date") or _field(record, "published")),
        language=_field(record, "language"),
    )
    if page is not None:
        from diptych.clean.html import html_document

        document = html_document(page, uri, known)
        return titled(document, known.title or document.title, known.published or document.published)
    try:
        return build_document(plain_lines(text, title), uri, known)
    except NoText:
        # Short notices are published as a title alone ("The Presidents met in …"): then the title is the text.
        if title is None or word_count(title) < _TELLS:
            raise
        alone = dataclasses.replace(known, title=None)
        document = build_document((Line(title, "title", "paragraph"),), uri, alone)
        return msgspec.structs.replace(document, title=title)


def _field(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    return str(value).strip() or None if value is not None else None
