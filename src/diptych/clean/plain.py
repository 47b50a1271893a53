"""Plain text and raw scraped text to lines."""

from __future__ import annotations

import re

from diptych.clean.document import build_document, join_wrapped
from diptych.clean.lines import Line, normalise, split_lines
from diptych.clean.metadata import Known
from diptych.records import Document

__all__ = ["plain_document", "plain_lines", "strip_links"]

# [words](address) and ![picture](address); nothing else of Markdown is touched in a plain text.
_LINK = re.compile(
    r"!?\[(?P<words>[^\[\]]*)\]\((?:https?://|/|mailto:|#)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
)


def strip_links(text: str) -> str:
    """Return ``text`` with Markdown links replaced by their words."""
    return _LINK.sub(lambda match: match["words"], text) if "](" in text else text


def plain_lines(text: str, title: str | None = None) -> tuple[Line, ...]:
    """Return the lines of a plain text, normalised, links reduced to their words, broken paragraphs joined."""
    return join_wrapped(split_lines(strip_links(normalise(text))), title)


def plain_document(text: str, uri: str, known: Known) -> Document:
    """Return the document that a plain or raw scraped text holds."""
    return build_document(plain_lines(text, known.title), uri, known)
