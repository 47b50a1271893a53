"""Two accounts that one article reports. Officials are invented, countries are real."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from diptych.annotate import annotate
from diptych.compare import compare_reported
from diptych.compare.decide import Models
from diptych.records import Comparison, Document

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

OPENING = (
    "Norwegian Foreign Minister Kari Holte met her Portuguese counterpart, Duarte Meneses, in Oslo on Monday. "
    "Norway's foreign ministry said the two ministers agreed to share data on cod and discussed offshore wind. "
    "The ministry added that Holte urged Portugal to ratify the ports convention before the summer. "
    "Portugal's foreign ministry said Meneses thanked his host for the rescue of a trawler and that both sides "
    "discussed offshore wind. The spokesperson said that Meneses had called for cheaper visas for students. "
    "A senior official in Lisbon said the ministers had agreed to share data on cod. "
)


@pytest.fixture(scope="module")
def compared(encoder: object, nlp: Language, knowledge: Knowledge) -> Callable[[str], Comparison]:
    from diptych.models.cross_encoder import load_cross_encoder
    from diptych.models.encoder_points import load_point_encoder

    models = Models(encoder, load_point_encoder(), load_cross_encoder())  # type: ignore[arg-type]

    def run(text: str) -> Comparison:
        doc = nlp(text)
        reading = annotate(Document(id="t", uri="t", text=text, kind="news", language="en"), doc, knowledge)
        return compare_reported(reading, doc, models, knowledge, undecided=0.0)

    return run


def alone(comparison: Comparison) -> list[str]:
    quotes = {point.id: point.quote for point in comparison.points}
    return [quotes[i] for i in (*comparison.only_a, *comparison.only_b)]


def test_what_one_side_alone_tells(compared: Callable[[str], Comparison]) -> None:
    found = alone(compared(OPENING))
    assert any("ports convention" in quote for quote in found)
    assert not any("offshore wind" in quote for quote in found)


def test_what_a_source_of_unknown_side_tells_too_is_nobodys_alone(compared: Callable[[str], Comparison]) -> None:
    comparison = compared(
        OPENING + "An official who knows the talks said Holte had urged Portugal to ratify the ports convention."
    )
    quotes = {point.id: point.quote for point in comparison.points}
    assert any("ports convention" in quotes[i] for i in comparison.undecided)
    assert not any("ports convention" in quote for quote in alone(comparison))


def test_sources_with_a_place_or_an_antecedent_are_in_an_account(compared: Callable[[str], Comparison]) -> None:
    comparison = compared(OPENING)
    quotes = {point.id: point.quote for point in comparison.points}
    portugal = "a" if comparison.a.label == "PRT" else "b"
    told = [quotes[point.id] for point in comparison.points if point.side == portugal]
    assert any("cheaper visas" in quote for quote in told)
    assert any("share data on cod" in quotes[r.a[0]] and "cod" in quotes[r.b[0]] for r in comparison.relations)
    assert not any("cod" in quote for quote in alone(comparison))
