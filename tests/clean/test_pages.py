"""Raw scraped pages in the layouts of many outlets: title, body lines and metadata, nothing more and nothing less.

Each pages/<name>.txt has a pages/<name>.json: ``body_lines`` (from 1), ``cut`` (marks cut off the end of a line), and
the metadata that the page gives; null means that the page does not give it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diptych.clean import to_document
from diptych.records import Document

from .conftest import RawMaker

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))
FIELDS = ("title", "published", "updated", "publisher", "country", "kind")


def _read(name: str, raw: RawMaker) -> tuple[Document, dict[str, object], list[str]]:
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    text = (PAGES / f"{name}.txt").read_text("utf-8")
    lines = text.split("\n")
    body = [lines[number - 1].strip() for number in expected["body_lines"]]
    for mark in expected.get("cut", ()):
        body = [line.removesuffix(mark).strip() for line in body]
    return to_document(raw(text, uri=f"{name}.txt")), expected, body


def test_there_are_pages_of_many_layouts() -> None:
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_body_is_all_that_is_left(name: str, raw: RawMaker) -> None:
    document, _, body = _read(name, raw)
    # Lines of a column are joined by single spaces, so words are compared, in order.
    assert document.text.split() == " ".join(body).split()


@pytest.mark.parametrize("name", NAMES)
def test_metadata_is_what_the_page_gives(name: str, raw: RawMaker) -> None:
    document, expected, _ = _read(name, raw)
    for field in FIELDS:
        if field in expected:
            value = getattr(document, field)
            assert (str(value) if value is not None else None) == expected[field], field
    if "byline" in expected:
        assert list(document.byline) == expected["byline"]
    assert document.language == "en"


@pytest.mark.parametrize("name", NAMES)
def test_blocks_cover_the_text_and_know_their_line(name: str, raw: RawMaker) -> None:
    document, _, _ = _read(name, raw)
    lines = (PAGES / f"{name}.txt").read_text("utf-8").split("\n")
    at = 0
    for block in document.blocks:
        assert block.start == at
        assert block.end > block.start
        at = block.end + 1
        words = document.text[block.start : block.end]
        assert block.where is not None
        number = int(block.where.removeprefix("line "))
        source = lines[number - 1].strip()
        # A column joins the next lines on, an end mark is cut off, a leading day is parted off.
        assert words.startswith(source[:25]) or source.startswith(words) or words in source
    assert at == len(document.text) + 1


def test_annotated_articles_keep_body_and_metadata(shared: Path, raw: RawMaker) -> None:
    """The annotated real articles: every body word is kept, nothing is added, title and days are right."""
    for gold_file in sorted((shared / "gold" / "articles").glob("*.json")):
        gold = json.loads(gold_file.read_text("utf-8"))
        text = (shared / "seeds" / f"{gold_file.stem}.txt").read_text("utf-8")
        lines = text.split("\n")
        body = " ".join(lines[number - 1] for number in gold["body_lines"]).split()
        document = to_document(raw(text, uri=gold_file.stem))
        kept = document.text.split()
        assert len(set(body) ^ set(kept)) <= 1, gold_file.stem  # the agency's name that ends one of them
        assert document.title == gold["title"]
        assert (str(document.published) if document.published else None) == gold["published"]
        assert document.language == gold["language"]
        assert document.publisher == gold["publisher"]


def test_plain_accounts_lose_no_annotated_point(shared: Path, raw: RawMaker) -> None:
    """Every point annotated in the pairs stands in the cleaned text; nearly all words of the accounts do."""
    words = kept = points = 0
    for name, golds in (("pairs", ("ann1", "ann2")), ("invented", ("gold",))):
        folder = shared / "gold" / name
        for row in (folder / "pairs.jsonl").read_text("utf-8").splitlines():
            pair = json.loads(row)
            bodies = {}
            for side, account in zip("AB", pair["sides"], strict=True):
                document = to_document(raw(account["text"]))
                bodies[side] = " ".join(document.text.split())
                words += len(account["text"].split())
                kept += len(document.text.split())
            for gold in golds:
                file = folder / gold / f"{pair['pair_id']}.json"
                if not file.exists():
                    continue
                for point in json.loads(file.read_text("utf-8"))["points"]:
                    points += 1
                    assert " ".join(point["quote"].split()) in bodies[point["id"][0].upper()], pair["pair_id"]
    assert points > 1000
    assert kept / words > 0.99
