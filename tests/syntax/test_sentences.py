"""Sentence boundaries on the layouts that official texts use. All states and officials are invented."""

from __future__ import annotations

import pytest
from spacy.language import Language

from diptych.syntax import list_mark, sentences


def split(nlp: Language, text: str) -> list[str]:
    return [span.text for span in sentences(nlp(text))]


def test_line_breaks_end_sentences(nlp: Language) -> None:
    text = "The ministers met in Port Lorrance\nThey discussed trade\n\nThey agreed to meet again."
    assert split(nlp, text) == [
        "The ministers met in Port Lorrance",
        "They discussed trade",
        "They agreed to meet again.",
    ]


def test_abbreviations_end_none(nlp: Language) -> None:
    text = "Mr. Tarel met Dr. Osk in Veldania. Gen. Pala spoke of the St. Maren talks."
    assert split(nlp, text) == [
        "Mr. Tarel met Dr. Osk in Veldania.",
        "Gen. Pala spoke of the St. Maren talks.",
    ]


def test_paragraph_numbers_and_bullets_are_no_part_of_a_sentence(nlp: Language) -> None:
    text = "1. The two leaders concurred on cooperation.\n2. They condemned the launch.\n• They parted."
    assert split(nlp, text) == [
        "The two leaders concurred on cooperation.",
        "They condemned the launch.",
        "They parted.",
    ]


@pytest.mark.parametrize(("text", "length"), [("1. One", 3), ("(a) One", 4), ("• One", 2), ("One", 0), ("1st", 0)])
def test_list_marks(text: str, length: int) -> None:
    assert list_mark(text) == length


def test_sentences_cover_every_word(nlp: Language) -> None:
    doc = nlp("  The President said: “We are ready.” He left for Tarvo.\n\n• Trade. The sides agreed to talk.\n")
    covered = {token.i for span in sentences(doc) for token in span}
    assert {token.i for token in doc if not token.is_space and token.text != "•"} <= covered
