"""Where texts are cut, with the token marker and without. All states and officials are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from diptych.compare.points import cue_index, cut, find_hits, find_points
from diptych.compare.points_marks import ACTS, Marks, read_marks
from diptych.knowledge import Knowledge
from diptych.models.token_marker import load_token_marker
from diptych.records import Document, Reading
from diptych.syntax import sentences

READOUT = (
    "President Tarel expressed gratitude for the support of Veldania in the war, noting the importance of the grain "
    "corridor, as well as for its readiness to rebuild the port of Lorrance. "
    "She urged President Sirko to lift the embargo."
)


@pytest.fixture(scope="module")
def parsed(nlp: Language) -> tuple[Doc, Marks]:
    doc = nlp(READOUT)
    return doc, read_marks(doc, sentences(doc), load_token_marker())


def stretches(doc: Doc, marks: Marks | None, knowledge: Knowledge) -> list[str]:
    hits = find_hits(doc, cue_index(knowledge))
    return [doc[start:end].text for start, end in cut(doc, sentences(doc), hits, marks)]


def test_participles_and_second_items_are_cut(parsed: tuple[Doc, Marks], knowledge: Knowledge) -> None:
    found = stretches(*parsed, knowledge)
    assert "noting the importance of the grain corridor" in found
    assert found[-1] == "She urged President Sirko to lift the embargo"
    assert any("readiness" in text and "gratitude" not in text for text in found)


def test_stretches_do_not_overlap_and_lose_no_word(parsed: tuple[Doc, Marks], knowledge: Knowledge) -> None:
    doc = parsed[0]
    spans = cut(doc, sentences(doc), find_hits(doc, cue_index(knowledge)), parsed[1])
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = {index for start, end in spans for index in range(start, end)}
    outside = [token.text for token in doc if token.i not in inside]
    assert set(outside) <= {",", ".", "and", "as", "well"}


def test_without_the_marker_only_telling_verbs_part_a_sentence(nlp: Language, knowledge: Knowledge) -> None:
    doc = nlp("The minister affirmed the treaty and underscored the need for talks, noting progress. They met in May.")
    found = stretches(doc, None, knowledge)
    assert found == [
        "The minister affirmed the treaty",
        "underscored the need for talks, noting progress",
        "They met in May",
    ]


def test_marks_name_the_act(parsed: tuple[Doc, Marks]) -> None:
    doc, marks = parsed
    last = sentences(doc)[-1]
    assert marks.begins.shape == (len(doc),)
    assert ACTS[int(marks.act_scores(last.start, last.end).argmax())] == "request"
    assert marks.telling(last.start, last.end) > 0.8


def test_other_languages_are_read_without_the_marker(nlp: Language, knowledge: Knowledge) -> None:
    for language, cuts in (("en", True), ("fr", False)):
        document = Document(id="doc", uri="test", text=READOUT, language=language)
        found = find_points("a", document, nlp(READOUT), Reading(document=document), knowledge, load_token_marker())
        assert any(point.quote.startswith("noting") for point in found) == cuts
