"""Whatever the bytes: a document whose offsets hold, or one of the errors made for it, and in little time."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.clean import from_record, to_document
from diptych.clean.metadata import Known
from diptych.clean.plain import plain_document
from diptych.errors import ContentError
from diptych.records import Document

from .conftest import RawMaker

WORDS = st.sampled_from(
    [
        "The minister said that the two sides had agreed on a date for the next round of talks.",
        "Share", "MOST POPULAR", "Posted January 28, 2031 07:26", "By Mila Horvat (mila@courier.example)", "###",
        "Ministers hold talks on grain corridor", "Minister Vale shakes hands with an envoy in Lysyn. (Reuters)",
        "1. The two sides agreed.", "- one item", "28 January 2031", "", " ", "\u00a0", "“Yes,” she said.",
        "VALE: Thank you.",
        "and goes on here", "[a link](https://x.example/a)", "(END)", "MINISTRY OF FOREIGN AFFAIRS", "|", "한국어",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=60), max_size=25).map("\n".join)


def _holds(document: Document) -> None:
    at = 0
    for block in document.blocks:
        assert block.start == at
        words = document.text[block.start : block.end]
        assert words == words.strip() != ""
        assert "\n" not in words
        at = block.end + 1
    assert at == len(document.text) + 1


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_lines(text: str) -> None:
    try:
        document = plain_document(text, "input", Known())
    except ContentError:
        return
    _holds(document)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.none() | st.text(max_size=80), st.none() | st.text(max_size=20))
def test_any_row(text: str, title: str | None, date: str | None) -> None:
    try:
        _holds(from_record({"text": text, "title": title, "date": date}))
    except ContentError:
        return


BODY = st.sampled_from(
    [
        "He said no.",
        "“Yes,” she told reporters in Lysyn.",
        "- one item of the outcome",
        "2. The two sides agreed on a date for the next round of talks.",
        "VALE: Thank you.",
        "Trade and economy",
        "The leaders discussed the following:",
        "They met in Port Lorrance in May (see the annex).",
    ]
)
OPENING = "President Averill spoke today with President Sirko of Veldania about the power plants."
CLOSING = "The two presidents agreed to stay in touch and to speak again before the summit in Lysyn."


@settings(max_examples=100, deadline=None)
@given(st.lists(BODY, max_size=15, unique=True), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_a_plain_account_loses_nothing(lines: list[str], gap: str) -> None:
    body = [OPENING, *lines, CLOSING]
    document = plain_document(gap.join(body), "input", Known())
    assert document.title is None
    assert document.text.split("\n") == body


@pytest.mark.parametrize(
    "line",
    [
        "a" * 200_000,
        "word " * 40_000,
        "( " * 20_000,
        "[a](" * 20_000,
        "A > B > " * 20_000,
        "Mr. A. " * 20_000,
        "1/2/2031 " * 10_000,
        "January " * 20_000,
        "By A, B and " * 5_000,
        ("Name Name, " * 40 + "\n") * 200,
        "- x\n" * 20_000,
        "\u00a0" * 100_000 + "x",
        "a@b." * 20_000,
        "*" * 50_000,
    ],
)
def test_no_line_takes_long(line: str, raw: RawMaker) -> None:
    started = time.process_time()
    with contextlib.suppress(ContentError):
        _holds(to_document(raw(line)))
    assert time.process_time() - started < 3
