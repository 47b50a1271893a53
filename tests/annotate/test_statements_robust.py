"""Statements of texts in other type, of bad input, of long input, and of whole corpora.

All texts are written for these tests; Ostmark, Veloria, Karsk and everybody in them are invented.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diptych.annotate.statements import find_statements
from diptych.records import Document, Statement

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

Read = Callable[[str], tuple[Statement, ...]]

VARIED = (
    'Ostmark\'s ministry said on Monday that both ministers had agreed to reopen the post. "We have found a path," '
    'Brandt told reporters. "It will not be easy." The Velorian statement made no mention of the post.'
)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace(" ", "  "),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace('"We', "“We").replace('path,"', "path,”").replace('"It', "“It").replace('easy."', "easy.”"),
        lambda t: t.replace("on Monday", "on\nMonday").replace("found a", "found\na"),
        lambda t: t.replace("'", "’"),
    ],
    ids=["double spaces", "no-break spaces", "curly quotes", "other line breaks", "curly apostrophe"],
)
def test_same_text_in_other_type_reads_the_same(read: Read, change: Callable[[str], str]) -> None:
    def plain(found: tuple[Statement, ...]) -> list[tuple[str, ...]]:
        table = str.maketrans({"“": '"', "”": '"', "’": "'"})
        return [
            (
                *(" ".join(part.split()).translate(table) for part in (s.source or "", s.cue, s.content.quote)),
                s.act,
                str(s.negated),
                str(s.absence),
                str(s.parent is None),
            )
            for s in found
        ]

    assert plain(read(change(VARIED))) == plain(read(VARIED))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "said said said said",
        "“““““ said ”””",
        "THE MINISTER SAID THE TALKS WERE FRANK. NO DATE WAS SET.",
        "the minister and said that of which not the",
        "According to",
        "\n\n\n",
        '" " " "',
    ],
)
def test_bad_input_fails_nowhere(read: Read, text: str) -> None:
    for s in read(text):
        assert text[s.content.start : s.content.end] == s.content.quote


def test_transcript_of_an_hour_takes_linear_time(nlp: Language, knowledge: Knowledge) -> None:
    turn = (
        'QUESTION: Did the minister raise the strait?\n\nMR. HOLUB: We said that we will work with all sides. "The '
        'accord stands," the minister told them, and he reiterated that no date has been set.\n\n'
    )

    def seconds(times: int) -> float:
        text = turn * times
        doc = nlp(text)
        began = time.perf_counter()
        found = find_statements(Document(id="t", uri="t", text=text), doc, (), (), knowledge)
        assert len(found) >= 2 * times
        return time.perf_counter() - began

    seconds(2)
    short, long = seconds(10), seconds(80)
    assert long < 8 * short * 3


def test_ids_are_stable_and_parents_exist(read: Read) -> None:
    first, second = read(VARIED), read(VARIED)
    assert first == second
    ids = {s.id for s in first}
    assert len(ids) == len(first)
    assert all(s.parent is None or s.parent in ids for s in first)


def test_every_quote_is_an_exact_substring(shared: Path, nlp: Language, knowledge: Knowledge) -> None:
    for name in ("state-department", "white-house", "kremlin", "ukraine-president", "singapore-mfa"):
        with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"][:4000] for _, line in zip(range(6), lines, strict=False)]
        for text in texts:
            for s in find_statements(Document(id="t", uri="t", text=text), nlp(text), (), (), knowledge):
                assert text[s.content.start : s.content.end] == s.content.quote
                assert text[s.cue_span[0] : s.cue_span[1]] == s.cue
                assert s.content.quote.strip() == s.content.quote != ""
                if s.source_span is not None:
                    assert text[s.source_span[0] : s.source_span[1]] == s.source
