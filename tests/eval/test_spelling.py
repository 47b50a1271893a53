"""Every quote is verbatim, and a text reads the same in another spelling of its blanks and quotation marks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval import spelling

if TYPE_CHECKING:
    from diptych.pipeline import Engine

TEXT = (
    "The Foreign Ministry of Zhovtia said in a statement that Minister Levko Drahan met Ostravian Foreign Minister "
    "Petra Havlová in Lindhaven on Monday.\n"
    "“We agreed to reopen the crossing,” Drahan said. He added that Ostravia’s proposal would be studied. The two "
    "ministers will meet again at 6:30 p.m. on Friday.\n"
    "Havlová’s office denied that a date had been agreed."
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    from diptych.pipeline import Engine

    return Engine.start("read")


def test_spellings_change_what_they_say() -> None:
    assert "“" not in spelling.straight_marks(TEXT)
    assert spelling.curly_marks(spelling.straight_marks(TEXT)) == TEXT
    assert "\u00a0" in spelling.no_break_spaces(TEXT)
    assert ".  He" in spelling.double_spaces(TEXT)
    assert spelling.plain(spelling.broken_lines(TEXT)) == spelling.plain(TEXT)


def test_a_text_reads_the_same_in_every_spelling(engine: Engine) -> None:
    row = {"url": "https://news.example/1", "title": "Ministers meet in Lindhaven", "date": "2031-05-14", "text": TEXT}
    found, wrong = spelling.differences(engine, row)
    assert wrong == []
    assert found == []


def test_corpora_read_the_same_in_every_spelling(engine: Engine, shared: Path) -> None:
    names = [file.name.removesuffix(".jsonl.gz") for file in sorted((shared / "corpora").glob("*.jsonl.gz"))]
    english = [name for name in names if not name.endswith("-zh")]
    differing: Counter[str] = Counter()
    short = [row for row in spelling.rows(english, 25, seed=7) if len(str(row.get("text"))) < 4000]
    for row in short:
        found, wrong = spelling.differences(engine, row)
        assert wrong == [], row.get("url")
        differing.update({difference.spelling for difference in found})
    assert len(short) >= 10
    for name in ("straight marks", "curly marks", "double spaces", "no-break spaces"):
        # a parser is no calculator: one document in a sample may tip over
        assert differing[name] <= 1, name
    # a break inside a title or a list may part it from its sentence
    assert differing["line breaks"] <= 2
