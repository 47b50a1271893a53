"""Web pages to lines: trafilatura finds the article, its markup and the page's metadata say the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from diptych.clean.document import build_document
from diptych.clean.forms import is_prose
from diptych.clean.html_metadata import page_metadata
from diptych.clean.lines import Line, normalise
from diptych.clean.metadata import Known
from diptych.clean.publisher_pages import apply_rules, bodies
from diptych.errors import NoText
from diptych.knowledge.sources import load_sources
from diptych.records import BlockKind, Document

__all__ = ["html_document"]

_KINDS: dict[str, BlockKind] = {
    "head": "heading",
    "item": "list_item",
    "quote": "quote",
    "row": "table",
    "p": "paragraph",
}
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th", "dt", "dd", "pre", "figcaption",
     "section", "article", "header", "footer", "main", "aside", "tr", "br")
)  # fmt: skip
_NO_BREAK = re.compile(r"\u00a0|&nbsp;|&#160;|&#x0*a0;", re.IGNORECASE)
_MARK = "\u237d"
_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "nav", "form", "button", "select", "option", "iframe", "head")
)


def html_document(text: str, uri: str, known: Known) -> Document:
    """Return the document that a web page holds; ``where`` counts the paragraphs of its article from 1.

    Raises :class:`~diptych.errors.NoText` when the page has no article.
    """
    from lxml import html as lxml_html  # type: ignore[import-untyped]

    text = normalise(text)
    try:
        tree = lxml_html.document_fromstring(_without_declaration(text))
    except Exception as error:  # lxml raises errors of several trees for what it cannot read at all
        raise _no_article(uri) from error
    known = page_metadata(tree, known)
    source = load_sources().of_address(uri) or load_sources().of_host(known.host)
    lines: tuple[Line, ...] = ()
    if source is not None:
        if known.publisher is None:
            known = replace(known, publisher=source.publisher, country=source.country)
        known = apply_rules(tree, source.page, known)
        lines = tuple(line for body in bodies(tree, source.page) for line in _all_blocks(body))
    if not any(is_prose(line.text) for line in lines):
        lines = _article(text, uri)
    if not any(is_prose(line.text) for line in lines):
        lines = _all_blocks(lxml_html.document_fromstring(_without_declaration(text)))
        if not any(is_prose(line.text) for line in lines):
            raise _no_article(uri)
    document = build_document(lines, uri, known)
    if not any(is_prose(document.text[block.start : block.end]) for block in document.blocks):
        raise _no_article(uri)
    return document


def _no_article(uri: str) -> NoText:
    return NoText(
        f"No article was found on the page {uri}",
        "Give the address of one article or readout, or save its text in a plain text file",
    )


def _without_declaration(text: str) -> str:
    # lxml refuses a decoded text that still declares an encoding.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _article(text: str, uri: str) -> tuple[Line, ...]:
    from trafilatura import bare_extraction

    # trafilatura turns no-break spaces into plain ones; a mark that no page has keeps their places.
    if _MARK not in text:
        text = _NO_BREAK.sub(_MARK, text)
    found: Any = bare_extraction(
        _without_declaration(text),
        url=uri if uri.startswith(("http://", "https://")) else None,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    return _from_tree(body) if body is not None else ()


def _from_tree(body: Any) -> tuple[Line, ...]:
    lines: list[Line] = []
    number = 0
    for element in body.iter("p", "head", "item", "quote", "row", "code", "ab"):
        if any(parent.tag in ("item", "quote", "row") for parent in element.iterancestors()):
            continue
        number += 1
        kind = _KINDS.get(element.tag, "paragraph")
        for part in _parts(element):
            shown = (
                f"- {part}" if kind == "list_item" and not re.match(r"^(?:[-–—•*]|\(?\w{1,3}[.)])\s", part) else part
            )
            lines.append(Line(shown, f"paragraph {number}", kind if kind != "paragraph" else None))
    return tuple(lines)


def _parts(element: Any) -> list[str]:
    """Return the text of an element, cut where it breaks the line (<lb/>) or holds paragraphs of its own."""
    pieces: list[str] = [element.text or ""]
    for child in element.iterdescendants():
        broken = child.tag in ("lb", "p", "cell", "item")
        pieces.append(("\n" if broken else "") + (child.text or ""))
        pieces.append(("\n" if broken and child.tag == "p" else "") + (child.tail or ""))
    text = "".join(pieces)
    if element.tag == "row":
        cells = dict.fromkeys(" ".join(cell.split()) for cell in text.split("\n"))
        return [" | ".join(cell for cell in cells if cell)] if any(cells) else []
    return [part for part in (_one_line(part) for part in text.split("\n")) if part]


def _one_line(text: str) -> str:
    # Only breaks and tabs of the source collapse: no-break spaces are part of the text.
    return re.sub(r"[ \t\n\r]+", " ", text.replace(_MARK, "\u00a0")).strip()


def _all_blocks(tree: Any) -> tuple[Line, ...]:
    """Return all visible blocks of an element, or of a page in which no article is found; furniture goes later."""
    lines: list[Line] = []
    held: list[str] = []
    number = 0

    def flush(kind: BlockKind | None = None) -> None:
        nonlocal number
        text = _one_line("".join(held))
        held.clear()
        if text:
            number += 1
            lines.append(Line(text, f"paragraph {number}", kind))

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        block = element.tag in _BLOCKS
        if block:
            flush()
        held.append(element.text or "")
        for child in element:
            walk(child)
            held.append(child.tail or "")
        if block:
            flush("heading" if re.fullmatch(r"h[1-6]", element.tag) else None)

    walk(tree)
    flush()
    return tuple(lines)
