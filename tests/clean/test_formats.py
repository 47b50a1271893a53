"""Markdown, Word, plain text and rows of tables."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest

from diptych.clean import from_record, to_document
from diptych.errors import EmptyInput, NoText, Undecodable, UnsupportedMedia

from .conftest import RawMaker

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_markdown(raw: RawMaker) -> None:
    text = (
        '---\ntitle: "Readout of the call"\ndate: 2031-02-03\nauthor: Mila Horvat\n---\n# Readout of the call\n\n'
        "President Averill spoke *today* with **President** [Sirko](https://veldania.example/sirko)\n"
        "of Veldania about the power plants.\n\n- one item\n- two items\n\n> We will stand by Veldania.\n"
    )
    document = to_document(raw(text, "text/markdown"))
    assert document.text.split("\n") == [
        "President Averill spoke today with President Sirko of Veldania about the power plants.",
        "- one item",
        "- two items",
        "We will stand by Veldania.",
    ]
    assert [(block.kind, block.where) for block in document.blocks] == [
        ("paragraph", "line 8"),
        ("list_item", "line 11"),
        ("list_item", "line 12"),
        ("quote", "line 14"),
    ]
    assert document.title == "Readout of the call"
    assert document.published == dt.date(2031, 2, 3)
    assert document.byline == ("Mila Horvat",)


def test_word(raw: RawMaker) -> None:
    source = docx.Document()
    source.add_heading("Call with President Sirko", 0)
    source.add_paragraph("President Averill spoke today with President Sirko of Veldania about the power plants.")
    source.add_paragraph("A first item", style="List Bullet")
    table = source.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Halvern", "agreed"
    held = io.BytesIO()
    source.save(held)
    document = to_document(raw(held.getvalue(), WORD))
    assert document.title == "Call with President Sirko"
    assert [(block.kind, block.where) for block in document.blocks] == [
        ("paragraph", "paragraph 2"),
        ("list_item", "paragraph 3"),
        ("table", "table 1"),
    ]
    assert document.published is None


def test_a_broken_word_file_is_refused(raw: RawMaker) -> None:
    with pytest.raises(Undecodable, match="cannot be opened as a Word file"):
        to_document(raw(b"PK\x03\x04 this is no archive", WORD))


def test_words_stay_as_they_are(raw: RawMaker) -> None:
    """Only what is documented is done: NFC, line ends, invisible characters; all else is kept."""
    decomposed = (
        "Prime Minister Bela\u0301 met\u00a0“friends” – and ‘others’\u2026 in\u200b Port Lorrance, officials said."
        "\r\n\r\nIt went well.\r"
    )
    document = to_document(raw(decomposed))
    assert document.text == (
        "Prime Minister Bel\u00e1 met\u00a0“friends” – and ‘others’\u2026 in Port Lorrance, officials said."
        "\nIt went well."
    )


def test_the_same_text_has_the_same_id_wherever_it_lies(raw: RawMaker) -> None:
    text = "President Averill spoke today with President Sirko of Veldania about the power plants."
    assert to_document(raw(text, uri="a.txt")).id == to_document(raw(text, uri="/other/b.txt")).id
    assert to_document(raw(text)).id != to_document(raw(text.replace("today", "yesterday"))).id


@pytest.mark.parametrize("body", [b"", b" \n\t\r\n ", "\u00a0\u2003\n".encode(), b"\xef\xbb\xbf \n"])
def test_nothing_in_it(body: bytes, raw: RawMaker) -> None:
    with pytest.raises(EmptyInput, match="There is no text in input"):
        to_document(raw(body))


def test_nothing_but_furniture(raw: RawMaker) -> None:
    with pytest.raises(NoText, match="No running text"):
        to_document(raw("Go to contents\n\nShare\n\nMOST POPULAR\nLATEST NEWS\n"))


def test_an_unknown_kind_is_refused(raw: RawMaker) -> None:
    with pytest.raises(UnsupportedMedia, match="image/png"):
        to_document(raw(b"abc", "image/png"))


ROW = {
    "url": "https://www.mfa.gov.sg/newsroom/1",
    "publisher": "Ministry of Foreign Affairs, Singapore",
    "country": "SGP",
    "title": "Meeting with Foreign Minister Vale",
    "language": "en",
    "text": "Meeting with Foreign Minister Vale\n"
    "Minister Tan met [Foreign Minister Vale](https://halvern.example/vale) of Halvern on 3 May 2031.\n"
    "*They agreed to meet again.*\nMINISTRY OF FOREIGN AFFAIRS\nSINGAPORE\n4 MAY 2031\n"
    "Photo Credit: Ministry of Foreign Affairs, Singapore",
}


@pytest.mark.parametrize("date", ["2031-05-04", "04 May 2031, 18:09", "2031-05-04T18:09:00Z", "May 4, 2031"])
def test_rows(date: str) -> None:
    document = from_record({**ROW, "date": date})
    assert (
        document.text == "Minister Tan met Foreign Minister Vale of Halvern on 3 May 2031.\nThey agreed to meet again."
    )
    assert (document.publisher, document.country, document.kind) == (ROW["publisher"], "SGP", "readout")
    assert document.published == dt.date(2031, 5, 4)
    assert document.title == ROW["title"]


def test_a_row_without_text_is_refused() -> None:
    with pytest.raises(EmptyInput, match="has no text"):
        from_record({"url": "https://x.example", "text": ""})


def test_a_notice_that_is_all_title() -> None:
    title = "President Lobanov held a meeting with the President of Tarkhan"
    document = from_record({"url": "https://x.example/1", "title": title, "text": "See also", "date": "2031-05-04"})
    assert (document.text, document.title) == (title, title)
    assert document.blocks[0].where == "title"
    with pytest.raises(NoText):
        from_record({"title": "Photos", "text": "See also"})


def test_a_row_whose_text_is_html_is_read_as_a_page() -> None:
    paragraphs = (
        "President Olen Marvek of Tarsia spoke by phone with Prime Minister Ina Solis of Ortega.",
        "The leaders agreed to reopen the border crossing & to meet in May.",
    )
    markup = f"<div><p>{paragraphs[0]}</p><p>{paragraphs[1].replace('&', '&amp;')}<br></p><script>x()</script></div>"
    document = from_record({**ROW, "text": markup, "title": "A call"})
    assert document.text.splitlines() == list(paragraphs)
    assert document.title == "A call"
