"""Markdown to lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diptych.clean.dates import parse_day
from diptych.clean.document import build_document
from diptych.clean.lines import Line, normalise
from diptych.clean.metadata import Known
from diptych.records import BlockKind, Document

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["markdown_document"]

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>[A-Za-z_]+)\s*:\s*(?P<value>.+?)\s*$", re.MULTILINE)


def markdown_document(text: str, uri: str, known: Known) -> Document:
    """Return the document that a Markdown text holds; a front matter gives title, author, date and publisher."""
    text = normalise(text)
    front = _FRONT.match(text)
    skipped = 0
    if front:
        fields = {m["name"].casefold(): m["value"].strip("'\"") for m in _FIELD.finditer(front[1])}
        known = Known(
            title=fields.get("title") or known.title,
            publisher=fields.get("publisher") or fields.get("source") or known.publisher,
            country=known.country,
            byline=(fields["author"],) if "author" in fields else known.byline,
            published=parse_day(fields.get("date") or fields.get("published")) or known.published,
            updated=parse_day(fields.get("updated") or fields.get("modified")) or known.updated,
            language=known.language,
            host=known.host,
        )
        skipped = front[0].count("\n")
        text = text[front.end() :]
    return build_document(_lines(text, skipped), uri, known)


def _lines(text: str, skipped: int) -> tuple[Line, ...]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    lines: list[Line] = []
    kinds: list[BlockKind] = []
    marker = ""
    for token in tokens:
        kind = _OPENS.get(token.type)
        if kind:
            kinds.append(kind)
            if token.type == "list_item_open":
                marker = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type in _CLOSES:
            kinds.pop()
        elif token.type in ("fence", "code_block"):
            lines.extend(
                Line(part.strip(), _where(token, skipped), "other")
                for part in token.content.splitlines()
                if part.strip()
            )
        elif token.type == "inline":
            for part in _words(token).split("\n\n"):
                words = " ".join(part.split("\n")).strip()
                if not words:
                    continue
                held: BlockKind | None = kinds[-1] if kinds else None
                if held == "list_item":
                    words, marker = marker + words, ""
                lines.append(Line(words, _where(token, skipped), held))
    return tuple(lines)


_OPENS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "list_item_open": "list_item",
    "blockquote_open": "quote",
    "table_open": "table",
}
_CLOSES = frozenset(name.replace("_open", "_close") for name in _OPENS)


def _where(token: Token, skipped: int) -> str:
    return f"line {token.map[0] + 1 + skipped}" if token.map else "line ?"


def _words(token: Token) -> str:
    """Return the words of inline markup: links to their text, emphasis to its words, pictures gone."""
    out: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            out.append(child.content)
        elif child.type == "softbreak":
            out.append("\n")
        elif child.type == "hardbreak":
            out.append("\n\n")
    return "".join(out)
