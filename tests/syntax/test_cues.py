"""The table of cues and how cues are found on a parse. All states and officials are invented."""

from __future__ import annotations

import pytest
from spacy.language import Language

from diptych.errors import KnowledgeError
from diptych.knowledge.cues import COLUMNS, CueIndex, load_cues, parse_cues

HEADER = ",".join(COLUMNS)


@pytest.fixture(scope="module")
def index() -> CueIndex:
    return CueIndex(load_cues())


@pytest.mark.parametrize(
    ("text", "verb", "phrase"),
    [
        ("The President made clear that Halvern will respond.", "made", "make clear"),
        ("The Minister expressed his deep and sincere gratitude.", "expressed", "express gratitude"),
        ("He called for calm.", "called", "call for"),
        ("Special attention was paid to energy.", "paid", "pay attention to"),
        ("They exchanged frank views on trade.", "exchanged", "exchange view"),
        ("The sides were satisfied with the talks.", "were", "be satisfied with"),
        ("She drew attention to the drought.", "drew", "draw attention to"),
        ("They touched on fisheries.", "touched", "touch on"),
    ],
)
def test_cues_are_found(nlp: Language, index: CueIndex, text: str, verb: str, phrase: str) -> None:
    token = next(token for token in nlp(text) if token.text == verb)
    hit = index.at(token)
    assert hit is not None
    assert hit.cue.phrase == phrase


def test_the_act_depends_on_holder_and_complement() -> None:
    cues = {cue.phrase: cue for cue in load_cues()}
    assert cues["agree"].act(joint=True, complement="infinitive") == "agree"
    assert cues["agree"].act(joint=True, complement="that") == "concur"
    assert cues["reaffirm"].act(joint=False) == "affirm"
    assert cues["reaffirm"].act(joint=True) == "concur"
    assert cues["reject"].polarity == "negative"
    assert len(cues) > 300


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("say,state,concur,state,state,positive,speech,press", "fields"),
        ("say,tell,concur,state,state,positive,speech,press,2026-01-01", "no act"),
        ("say,state,concur,state,state,maybe,speech,press,2026-01-01", "polarity"),
        ("say,state,concur,state,state,positive,noise,press,2026-01-01", "class"),
        ("say,state,concur,state,state,positive,speech,,2026-01-01", "source"),
        ("Say,state,concur,state,state,positive,speech,press,2026-01-01", "lower-case"),
    ],
)
def test_a_wrong_row_is_named(row: str, complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=r"cues\.csv, line 2") as error:
        parse_cues(f"{HEADER}\n{row}\n")
    assert complaint in str(error.value)


def test_a_phrase_stands_once() -> None:
    row = "say,state,concur,state,state,positive,speech,press,2026-01-01"
    with pytest.raises(KnowledgeError, match="already in line 2"):
        parse_cues(f"{HEADER}\n{row}\n{row}\n")
