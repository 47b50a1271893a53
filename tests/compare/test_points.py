"""Points of one side: their cut, act, holder and numbers. All states and officials are invented."""

from __future__ import annotations

import pytest
from spacy.language import Language

from diptych.compare.points import find_points
from diptych.compare.points_numbers import numbers_in
from diptych.knowledge import Knowledge
from diptych.models.token_marker import load_token_marker
from diptych.records import Document, Point, Reading

READOUT = (
    "President Marta Tarel of Halvern spoke today with President Bohdan Sirko of Veldania. "
    "President Tarel affirmed the alliance, underscored the need for talks and called for restraint. "
    "President Sirko thanked President Tarel for the $1.2 billion in aid. "
    "The two leaders discussed energy security and agreed to meet again in the spring. "
    "President Sirko rejected the proposal to freeze the front line."
)


def points_of(nlp: Language, knowledge: Knowledge, text: str) -> tuple[Point, ...]:
    document = Document(id="doc-test", uri="test", text=text, language="en")
    return find_points("a", document, nlp(text), Reading(document=document), knowledge, load_token_marker())


@pytest.fixture(scope="module")
def readout(nlp: Language, knowledge: Knowledge) -> tuple[Point, ...]:
    return points_of(nlp, knowledge, READOUT)


def test_quotes_are_exact_and_do_not_overlap(readout: tuple[Point, ...]) -> None:
    assert all(READOUT[point.start : point.end] == point.quote for point in readout)
    ends = [0, *(point.end for point in readout)]
    assert all(end <= point.start for end, point in zip(ends, readout, strict=False))
    assert len({point.id for point in readout}) == len(readout)


def test_coordinated_clauses_are_points_of_their_own(readout: tuple[Point, ...]) -> None:
    quotes = [point.quote for point in readout]
    assert "underscored the need for talks" in quotes
    assert "called for restraint" in quotes
    assert not any(quote.endswith((",", "and", ".")) for quote in quotes)


@pytest.mark.parametrize(
    ("words", "act", "holder"),
    [
        ("spoke today", "setting", "both"),
        ("underscored", "affirm", "a"),
        ("called for restraint", "request", "a"),
        ("thanked", "express", "b"),
        ("agreed to meet", "agree", "both"),
        ("rejected", "deny", "b"),
    ],
)
def test_acts_and_holders(readout: tuple[Point, ...], words: str, act: str, holder: str) -> None:
    point = next(point for point in readout if words in point.quote)
    assert (point.act, point.holder) == (act, holder)


def test_a_point_tells_its_cue_subject_numbers_and_topics(readout: tuple[Point, ...]) -> None:
    thanks = next(point for point in readout if "thanked" in point.quote)
    assert thanks.cue == "thanked"
    assert thanks.subject == "President Sirko"
    assert thanks.numbers == ("USD 1200000000",)
    shared = next(point for point in readout if point.quote == "called for restraint")
    assert shared.subject == "President Tarel"


def test_verbs_that_deny_are_negated(readout: tuple[Point, ...]) -> None:
    assert next(point for point in readout if "rejected" in point.quote).negated
    assert not next(point for point in readout if "thanked" in point.quote).negated


def test_headings_and_lead_ins_are_no_points(nlp: Language, knowledge: Knowledge) -> None:
    text = (
        "On 4 May, Foreign Minister Anders Osk of Halvern met Foreign Minister Lia Pala of Tarvo.\n"
        "The overview of the meeting is as follows.\n"
        "1. The two ministers concurred on deepening trade.\n\n"
        "MINISTRY OF FOREIGN AFFAIRS\nPORT LORRANCE\n4 MAY 2031"
    )
    quotes = [point.quote for point in points_of(nlp, knowledge, text)]
    assert "The two ministers concurred on deepening trade" in quotes
    assert not any("overview" in quote or "MINISTRY" in quote for quote in quotes)


def test_an_empty_text_has_no_points(nlp: Language, knowledge: Knowledge) -> None:
    assert points_of(nlp, knowledge, "") == ()
    assert points_of(nlp, knowledge, "\n\n") == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("forty-two prisoners came home", ("42",)),
        ("$1.2 billion in aid", ("USD 1200000000",)),
        ("aid of EUR 500 million", ("EUR 500000000",)),
        ("five percent of output", ("5%",)),
        ("3.5% of output", ("3.5%",)),
        ("on March 10, 2031 and 12 April", ("10 March 2031", "12 April")),
        ("two hundred and fifty troops", ("250",)),
        ("the COVID-19 pandemic and the G7", ()),
        ("one of the ministers", ()),
        ("1,250 tonnes of grain", ("1250",)),
    ],
)
def test_numbers(nlp: Language, text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(nlp(text)[:]) == numbers


def test_what_both_should_do_is_told_by_who_speaks(nlp: Language, knowledge: Knowledge) -> None:
    text = (
        "President Marta Tarel of Halvern met President Bohdan Sirko of Veldania on Monday.\n"
        "President Tarel pointed out that trade has grown. "
        "The two sides should make full use of the channels restored last year, and expand exchanges of students."
    )
    found = points_of(nlp, knowledge, text)
    assert {point.holder for point in found if "restored" in point.quote or "expand" in point.quote} == {"a"}
