"""Word files (.docx) to lines."""

from __future__ import annotations

import io
import zipfile

from diptych.clean.document import build_document
from diptych.clean.lines import Line, normalise
from diptych.clean.metadata import Known
from diptych.errors import Undecodable
from diptych.records import BlockKind, Document

__all__ = ["word_document"]


def word_document(body: bytes, uri: str, known: Known) -> Document:
    """Return the document that a .docx file holds; ``where`` counts its paragraphs from 1, tables by number.

    The day a file was last saved says nothing of the day of publication and is left alone.
    Raises :class:`~diptych.errors.Undecodable` for a broken file.
    """
    return build_document(_lines(body, uri), uri, known)


def _lines(body: bytes, uri: str) -> tuple[Line, ...]:
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        source = docx.Document(io.BytesIO(body))
        content = list(source.iter_inner_content())
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Undecodable(
            f"{uri} cannot be opened as a Word file ({type(error).__name__})",
            "Open it in a word processor, save it again as .docx, or save its text as .txt",
        ) from error
    lines: list[Line] = []
    paragraphs = tables = 0
    for part in content:
        if isinstance(part, Table):
            tables += 1
            for row in part.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                text = normalise(" | ".join(cell for cell in cells if cell))
                if text:
                    lines.append(Line(text, f"table {tables}", "table"))
            continue
        paragraphs += 1
        kind = _kind(part.style.name if part.style is not None else "")
        for text in normalise(part.text).split("\n"):
            if text.strip():
                lines.append(Line(text.strip(), f"paragraph {paragraphs}", kind))
    return tuple(lines)


def _kind(style: str | None) -> BlockKind | None:
    name = (style or "").casefold()
    if name.startswith(("heading", "title")):
        return "heading"
    if name.startswith("list"):
        return "list_item"
    if "quote" in name:
        return "quote"
    if name.startswith("caption"):
        return "caption"
    return None
