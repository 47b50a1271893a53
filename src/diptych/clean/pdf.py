"""PDF files with a text layer to lines: columns of lines joined to paragraphs, running heads and page numbers gone."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from diptych.clean.document import build_document
from diptych.clean.lines import Line, is_sentence, normalise, word_count
from diptych.clean.metadata import Known
from diptych.errors import NoText, Undecodable
from diptych.records import Document

__all__ = ["pdf_document"]

_PAGE = re.compile(
    r"^(?:page|seite|p\.|стр\.?)?\s*[-–—|]?\s*\d{1,4}\s*(?:(?:/|of|von|из)\s*\d{1,4})?\s*[-–—|]?$", re.IGNORECASE
)
# pdfium joins a word that is broken at the end of a line and leaves this mark in it.
_SOFT = re.compile(r"[\ufffe\x02\u00ad](?=\S)")
_HARD = re.compile(r"[\ufffe\x02](?=[A-Z\d])")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad\x02\ufffe]$")
_BULLET = re.compile(r"^(?:[-–—•*·●▪◦‣■]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S", re.IGNORECASE)


@dataclass(frozen=True)
class _Row:
    """A line of a page: its text, and where it stands (points from the lower left corner)."""

    text: str
    page: int
    top: float
    bottom: float
    right: float


def pdf_document(body: bytes, uri: str, known: Known) -> Document:
    """Return the document in the text layer of a PDF; ``where`` gives the page.

    Raises :class:`~diptych.errors.Undecodable` for an encrypted or broken file and
    :class:`~diptych.errors.NoText` for one without a text layer.
    """
    pages = _rows(body, uri)
    if not any(re.search(r"\w", row.text) for page in pages for row in page):
        raise NoText(
            f"{uri} is a PDF without a text layer, probably a scan",
            "Run it through text recognition (OCR) first, or give the text itself",
        )
    return build_document(_paragraphs(_without_running_heads(pages)), uri, known)


def _rows(body: bytes, uri: str) -> list[list[_Row]]:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        pdf = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).casefold():
            raise Undecodable(
                f"{uri} is an encrypted PDF that asks for a password",
                "Save a copy without a password and give that",
            ) from error
        raise Undecodable(
            f"{uri} is a broken PDF that cannot be opened", "Download it again, or give the text itself"
        ) from error
    pages: list[list[_Row]] = []
    try:
        for number in range(len(pdf)):
            try:
                pages.append(_page_rows(pdf[number].get_textpage(), number + 1))
            except pdfium.PdfiumError:
                pages.append([])  # one broken page does not spoil the others
    finally:
        pdf.close()
    return pages


def _page_rows(page: Any, number: int) -> list[_Row]:
    text: str = page.get_text_range()
    rows: list[_Row] = []
    at = 0
    for part in re.split(r"(\r\n|\n|\r)", text):
        if part.strip():
            shown = [at + i for i, character in enumerate(part) if not character.isspace()]
            first, last = _box(page, shown[0]), _box(page, shown[-1])
            rows.append(_Row(part.rstrip(), number, first[3], min(first[1], last[1]), last[2]))
        at += len(part)
    return rows


def _box(page: Any, index: int) -> tuple[float, float, float, float]:
    try:
        left, bottom, right, top = page.get_charbox(index, loose=True)
    except Exception:  # pdfium has no box for characters it made up
        return (0.0, 0.0, 0.0, 0.0)
    return (left, bottom, right, top)


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))


def _without_running_heads(pages: list[list[_Row]]) -> list[list[_Row]]:
    """Drop page numbers, and lines that stand at the edge of at least half of the pages."""
    edges: Counter[str] = Counter()
    for rows in pages:
        edges.update({_masked(row.text) for row in (*rows[:2], *rows[-2:])})
    several = len([rows for rows in pages if rows]) > 1
    kept: list[list[_Row]] = []
    for rows in pages:
        out: list[_Row] = []
        for i, row in enumerate(rows):
            edge = i < 2 or i >= len(rows) - 2
            if edge and _PAGE.match(row.text.strip()):
                continue
            if (
                edge
                and several
                and edges[_masked(row.text)] >= max(2, len(pages) / 2)
                and not (row.page == 1 and i > 1)
            ):
                continue
            out.append(row)
        kept.append(out)
    return kept


def _paragraphs(pages: list[list[_Row]]) -> tuple[Line, ...]:
    rows = [row for page in pages for row in page]
    rights = sorted(row.right for row in rows)
    edge = rights[int(len(rights) * 0.9)] if rights else 0.0
    leads = sorted(
        before.bottom - row.bottom
        for before, row in itertools.pairwise(rows)
        if before.page == row.page and before.bottom > row.bottom
    )
    lead = leads[len(leads) // 3] if leads else 0.0
    lines: list[Line] = []
    before: _Row | None = None
    for row in rows:
        text = normalise(_SOFT.sub("", _HARD.sub("-", row.text))).strip()
        if not text:
            continue
        if before is not None and lines and _goes_on(before, row, edge, lead):
            joined = lines[-1].text
            if _HYPHEN.search(before.text) and text[:1].islower():
                joined = _HYPHEN.sub("", joined) + text
            else:
                joined = f"{joined} {text}"
            lines[-1] = Line(joined, lines[-1].where)
        else:
            lines.append(Line(text, f"page {row.page}"))
        before = row
    return tuple(lines)


def _goes_on(before: _Row, row: _Row, edge: float, lead: float) -> bool:
    """Tell whether ``row`` goes on with the paragraph that ``before`` ends in."""
    text = before.text.strip()
    if _BULLET.match(row.text.strip()):
        return False
    full = before.right > 0.85 * edge
    if before.page != row.page:
        return not is_sentence(text) and word_count(text) > 3 and (full or row.text.strip()[:1].islower())
    gap = before.bottom - row.bottom
    if lead and gap > 1.45 * lead:
        return row.text.strip()[:1].islower() and not is_sentence(text) and gap < 2.5 * lead
    if row.text.strip()[:1].islower() and not is_sentence(text):
        return True
    return full
