"""Clauses, subjects, negation and modality. All states and officials are invented."""

from __future__ import annotations

import itertools

import pytest
from spacy.language import Language
from spacy.tokens import Token

from diptych.syntax import (
    agent_of,
    clauses,
    complement_of,
    is_negated,
    is_passive,
    modality_of,
    sentences,
    subject_of,
)


def verb(nlp: Language, text: str, word: str) -> Token:
    return next(token for token in nlp(text) if token.text == word)


def test_coordinated_verbs_and_participles_open_clauses(nlp: Language) -> None:
    doc = nlp("President Tarel affirmed the alliance, underscored the need for talks and called for calm.")
    found = [clause for sentence in sentences(doc) for clause in clauses(sentence)]
    assert [clause.verb.text for clause in found] == ["affirmed", "underscored", "called"]
    assert [clause.subject.head.text for clause in found if clause.subject] == ["Tarel"] * 3
    assert [clause.subject.inherited for clause in found if clause.subject] == [False, True, True]
    assert found[1].span().text.startswith("underscored the need for talks")


def test_a_participial_clause_is_told_apart(nlp: Language) -> None:
    doc = nlp("The ministers discussed the border, noting that the crossing remains closed.")
    found = [clause for sentence in sentences(doc) for clause in clauses(sentence)]
    assert [(clause.verb.text, clause.kind) for clause in found] == [
        ("discussed", "main"),
        ("noting", "participial"),
    ]


def test_relative_clauses_and_purposes_stay_inside(nlp: Language) -> None:
    doc = nlp("The minister condemned the launch, which violated resolutions, to show support for Hoshima.")
    assert [c.verb.text for s in sentences(doc) for c in clauses(s)] == ["condemned"]


def test_clauses_cover_the_sentence_without_overlap(nlp: Language) -> None:
    doc = nlp("While Sirko thanked Averill, Averill announced new aid; they agreed to stay in touch.")
    for sentence in sentences(doc):
        parts = clauses(sentence)
        assert parts[0].start == sentence.start
        assert parts[-1].end == sentence.end
        assert all(left.end == right.start for left, right in itertools.pairwise(parts))


def test_passive_agent(nlp: Language) -> None:
    stressed = verb(nlp, "The need for restraint was stressed by both ministers.", "stressed")
    assert is_passive(stressed)
    agent = agent_of(stressed)
    assert agent is not None
    assert agent.text == "both ministers"


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("Veldania did not agree to the plan.", "agree", True),
        ("Veldania agreed to the plan.", "agreed", False),
        ("The minister refused to sign the protocol.", "refused", True),
        ("The minister refused to sign the protocol.", "sign", True),
        ("The sides reached no agreement.", "reached", True),
        ("The President denied the claim.", "denied", True),
        ("The President will never accept the annexation.", "accept", True),
    ],
)
def test_negation(nlp: Language, text: str, word: str, negated: bool) -> None:
    assert is_negated(verb(nlp, text, word)) is negated


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Halvern may send monitors.", "send", "possible"),
        ("Halvern must withdraw its troops.", "withdraw", "necessary"),
        ("Halvern will send monitors.", "send", "future"),
        ("Halvern intends to send monitors.", "send", "intended"),
        ("Halvern sent monitors.", "sent", None),
    ],
)
def test_modality(nlp: Language, text: str, word: str, modality: str | None) -> None:
    assert modality_of(verb(nlp, text, word)) == modality


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("They agreed to meet again.", "agreed", "infinitive"),
        ("They agreed that talks are needed.", "agreed", "that"),
        ("They discussed the border.", "discussed", "object"),
        ("They called for calm.", "called", "preposition"),
        ("“We are ready for talks,” the minister said.", "said", "direct"),
        ("She expressed hope that the talks will succeed.", "expressed", "that"),
    ],
)
def test_complements(nlp: Language, text: str, word: str, kind: str) -> None:
    assert complement_of(verb(nlp, text, word)).kind == kind


def test_a_subject_may_be_missing(nlp: Language) -> None:
    assert subject_of(verb(nlp, "Discussed: trade.", "Discussed")) is None
