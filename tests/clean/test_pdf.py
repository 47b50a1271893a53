"""PDF files: lines joined to paragraphs, running heads and page numbers gone, bad files refused."""

from __future__ import annotations

import pytest

from diptych.clean import to_document
from diptych.errors import NoText, Undecodable

from .conftest import RawMaker
from .pdfs import make_pdf

PDF = "application/pdf"


def _page(head: str, foot: str, paragraphs: list[list[str]]) -> list[tuple[int, int, str]]:
    out = [(72, 800, head)]
    y = 750
    for paragraph in paragraphs:
        for line in paragraph:
            out.append((72, y, line))
            y -= 14
        y -= 12
    return [*out, (280, 40, foot)]


FIRST = [
    ["Readout of the Call with President Sirko of Veldania"],
    [
        "President Thomas K. Averill spoke today with President Bohdan Sirko of Veldania to under-",
        "score enduring support for the people of Veldania. The leaders discussed the power plants",
        "in the Lysyn region.",
    ],
    ["The President condemned the strikes of the night before. He welcomed the steps taken on"],
]
SECOND = [
    ["judicial reform and a new audit office."],
    ["They agreed to remain in close contact."],
]


def test_paragraphs_are_joined_across_lines_and_pages(raw: RawMaker) -> None:
    body = make_pdf(
        [
            _page("Office of the President", "Page 1 of 2", FIRST),
            _page("Office of the President", "Page 2 of 2", SECOND),
        ]
    )
    document = to_document(raw(body, PDF))
    assert document.title == "Readout of the Call with President Sirko of Veldania"
    assert document.text.split("\n") == [
        "President Thomas K. Averill spoke today with President Bohdan Sirko of Veldania to underscore enduring support"
        " for the people of Veldania. The leaders discussed the power plants in the Lysyn region.",
        "The President condemned the strikes of the night before. He welcomed the steps taken on judicial reform and a"
        " new audit office.",
        "They agreed to remain in close contact.",
    ]
    assert [block.where for block in document.blocks] == ["page 1", "page 1", "page 2"]
    assert document.kind == "readout"


def test_a_locked_pdf_is_refused(raw: RawMaker) -> None:
    with pytest.raises(Undecodable, match="encrypted PDF that asks for a password"):
        to_document(raw(make_pdf([_page("a", "1", FIRST)], locked=True), PDF))


def test_a_pdf_without_text_is_refused(raw: RawMaker) -> None:
    with pytest.raises(NoText, match="without a text layer"):
        to_document(raw(make_pdf([[]]), PDF))


def test_a_broken_pdf_is_refused(raw: RawMaker) -> None:
    with pytest.raises(Undecodable, match="broken PDF"):
        to_document(raw(b"%PDF-1.4\nthis is none", PDF))
