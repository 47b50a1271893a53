"""Lines of any source to a :class:`~diptych.records.Document`: the road that all formats share."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import msgspec

from diptych.clean.dates import date_line, find_dates
from diptych.clean.language import find_language
from diptych.clean.layout import Layout, lay_out
from diptych.clean.lines import Line, is_sentence, unwrap, word_count
from diptych.clean.masthead import read_masthead
from diptych.clean.metadata import (
    Known,
    dateline_day,
    day_with_year_elsewhere,
    find_byline,
    find_days,
    find_kind,
    find_publisher,
    find_source_language,
)
from diptych.clean.recognise import recognise
from diptych.errors import NoText
from diptych.knowledge.document_kinds import load_kind_rules
from diptych.knowledge.furniture import load_furniture
from diptych.knowledge.publishers import Publisher, load_publishers
from diptych.records import Block, Document, content_id

__all__ = ["build_document", "join_wrapped", "lay_out_lines", "titled"]

#: Blanks between sentences, or before a word in lower case; wide blanks between names part entries of a row.
_WIDE = re.compile(r"(?<=[.,;:!?)”\"’])[ \u00a0]{2,}(?=\S)|(?<=[^\W\d_])[ \u00a0]{2,}(?=[a-z])")
_DATE_LABEL = re.compile(r"(?P<label>(?:date|posted|published|updated)(?: on)?)?\W*", re.IGNORECASE)


def join_wrapped(lines: tuple[Line, ...], title: str | None = None) -> tuple[Line, ...]:
    """Join paragraphs that the source broke into lines, with the furniture that comes with diptych kept apart."""
    furniture, publishers = load_furniture(), load_publishers()
    lines = split_leading_date(lines)
    return unwrap(lines, lambda text: recognise(text, furniture, publishers) is not None, title)


def split_leading_date(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Part a day from the title or text that follows it on one line: "date 2031-03-19 Ministers hold talks"."""
    out: list[Line] = []
    for line in lines[:4]:
        label = _DATE_LABEL.match(line.text)
        dates = find_dates(line.text[:60]) if label else ()
        rest = line.text[dates[0].end :].lstrip(" ,:|-–—") if dates else ""
        if (
            label
            and dates
            and dates[0].start == label.end()
            and (rest[:1].isupper() or rest[:1] in ("'", "‘", "“", '"'))
        ):
            labelled = bool(label["label"])
            if word_count(rest) >= 5 and not date_line(rest) and (labelled or not is_sentence(rest)):
                out.append(replace(line, text=line.text[: dates[0].end]))
                out.append(replace(line, text=rest))
                continue
        out.append(line)
    return (*out, *lines[4:])


def lay_out_lines(lines: tuple[Line, ...], title: str | None = None) -> Layout:
    """Take a page apart with the furniture and the publishers that come with diptych."""
    return lay_out(lines, load_furniture(), load_publishers(), title)


def build_document(lines: tuple[Line, ...], uri: str, known: Known) -> Document:
    """Return the document that ``lines`` hold; ``known`` is what the source says of it besides its lines.

    Raises :class:`~diptych.errors.NoText` when nothing but furniture is left.
    """
    publishers = load_publishers()
    layout = lay_out_lines(lines, known.title)
    if not any(re.search(r"\w", line.text) for line in layout.body):
        raise NoText(
            f"No running text was found in {uri}",
            "Give the page of one article or readout, or paste its text into a plain text file",
        )
    publisher = find_publisher(uri, known, layout.seen, publishers)
    if publisher is None:
        masthead = read_masthead(layout.dropped)
        publisher = Publisher(masthead, None) if masthead else None
    byline = find_byline(known, layout.seen, load_furniture().agencies)
    published, updated = find_days(known, layout.seen)
    published = published or dateline_day(layout.body[0].text)
    if published is None:
        elsewhere = (*(part.line.text for part in layout.dropped), *(line.text for line in layout.body))
        published = day_with_year_elsewhere(layout.body[0].text, elsewhere)
    body = tuple(replace(line, text=_WIDE.sub(" ", line.text)) for line in layout.body)
    text = "\n".join(line.text for line in body)
    title = layout.title
    return Document(
        id=_document_id(title, publisher.name if publisher else None, published, text),
        uri=uri,
        text=text,
        publisher=publisher.name if publisher else None,
        country=publisher.country if publisher else None,
        title=title,
        byline=byline,
        published=published,
        updated=updated,
        language=known.language or find_language(text),
        translated_from=find_source_language(tuple(part.line.text for part in layout.dropped)),
        kind=find_kind(title, publisher, layout, byline, load_kind_rules()),
        blocks=_blocks(body),
    )


def _document_id(title: str | None, publisher: str | None, published: dt.date | None, text: str) -> str:
    """Return the id of the document that these are of."""
    return content_id("doc", title or "", publisher or "", published or "", text)


def titled(document: Document, title: str | None, published: dt.date | None) -> Document:
    """Return ``document`` with another title and day, and so with another id."""
    if (title, published) == (document.title, document.published):
        return document
    number = _document_id(title, document.publisher, published, document.text)
    return msgspec.structs.replace(document, id=number, title=title, published=published)


def _blocks(lines: tuple[Line, ...]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    at = 0
    for line in lines:
        blocks.append(Block(start=at, end=at + len(line.text), kind=line.kind or "paragraph", where=line.where))
        at += len(line.text) + 1
    return tuple(blocks)
