"""Relations of two invented accounts, with the real models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diptych.compare.aspects import grounds_for_conflict
from diptych.compare.decide import Models
from diptych.compare.relate import Related, relate_pairs, relate_points
from diptych.compare.relate_pairs import passage_traits
from diptych.records import Point

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

A = (
    "President Ana Corvo of Lusara spoke today by telephone with Prime Minister Temir Aldan of Karsia. "
    "The two leaders agreed to resume talks on fisheries in the Strait of Orm in May. "
    "President Corvo announced $40 million in aid for the flood victims of Upper Karsia. "
    "She voiced concern over the detention of three Lusaran journalists."
)
B = (
    "Prime Minister of Karsia Temir Aldan held a telephone conversation with President of Lusara Ana Corvo. "
    "The sides agreed to resume the fisheries talks on the Strait of Orm in May. "
    "Temir Aldan thanked Lusara for the allocation of USD 40 million to help those hit by the floods. "
    "The Prime Minister told his counterpart about the coming harvest festival in Tolmin."
)


def points(side: str, text: str, acts: list[str], holders: list[str]) -> list[Point]:
    out, at = [], 0
    for k, (quote, act, holder) in enumerate(zip(text.split(". "), acts, holders, strict=True)):
        start = text.index(quote, at)
        at = start + len(quote)
        out.append(
            Point(
                id=f"{side}{k + 1}",
                side=side,  # type: ignore[arg-type]
                start=start,
                end=at,
                quote=quote,
                act=act,  # type: ignore[arg-type]
                holder=holder,
            )
        )
    return out


@pytest.fixture(scope="module")
def models(encoder: object) -> Models:
    from diptych.models.cross_encoder import load_cross_encoder
    from diptych.models.encoder_points import load_point_encoder

    return Models(encoder, load_point_encoder(), load_cross_encoder())  # type: ignore[arg-type]


def relate(models: Models, nlp: Language, undecided: float | None = None, across: bool = False) -> Related:
    a = points("a", A, ["setting", "agree", "commit", "express"], ["both", "both", "a", "a"])
    b = points("b", B, ["setting", "agree", "express", "state"], ["both", "both", "b", "b"])
    return relate_points(a, nlp(A), b, nlp(B), models, undecided, across)


def test_items_told_by_both_are_joined(models: Models, nlp: Language) -> None:
    joined = {(i, j) for r in relate(models, nlp).relations for i in r.a for j in r.b}
    assert {("a1", "b1"), ("a2", "b2"), ("a3", "b3")} <= joined


def test_every_point_is_accounted_for_once(models: Models, nlp: Language) -> None:
    for sure in (0.0, None, 0.95):
        found = relate(models, nlp, sure)
        linked = {i for r in found.relations for i in (*r.a, *r.b)}
        rest = [*found.only_a, *found.only_b, *found.undecided]
        assert len(rest) == len(set(rest))
        assert linked | set(rest) == {f"{s}{k}" for s in "ab" for k in (1, 2, 3, 4)}
        assert not linked & set(rest)


def test_what_one_side_alone_tells_comes_with_the_nearest_passage(models: Models, nlp: Language) -> None:
    found = relate(models, nlp, 0.0)
    assert "a4" in found.only_a
    assert "b4" in found.only_b
    near = found.nearest["a4"]
    assert B[near.start : near.end] == near.quote
    assert 0 <= near.similarity <= 1


def test_a_surer_call_leaves_more_undecided(models: Models, nlp: Language) -> None:
    assert not relate(models, nlp, 0.0).undecided
    assert set(relate(models, nlp, 0.6).undecided) <= set(relate(models, nlp, 0.99).undecided)
    assert not relate(models, nlp, 1.0).only_a


def test_confidence_is_a_probability_and_the_reason_is_named(models: Models, nlp: Language) -> None:
    for relation in relate(models, nlp).relations:
        assert 0 < relation.confidence <= 1
        assert relation.because
        assert relation.kind != "differs" or relation.aspects


def test_the_same_input_gives_the_same_relations(models: Models, nlp: Language) -> None:
    assert relate(models, nlp) == relate(models, nlp)


def test_without_the_cross_encoder_points_are_joined_too(models: Models, nlp: Language) -> None:
    plain = Models(models.encoder, models.point_encoder)
    joined = {(i, j) for r in relate(plain, nlp).relations for i in r.a for j in r.b}
    assert ("a2", "b2") in joined


def test_across_languages_no_act_is_compared(models: Models, nlp: Language) -> None:
    found = relate(models, nlp, across=True)
    assert all(r.kind == "same" and not r.aspects and "cross-lingual" in r.because for r in found.relations)


def test_no_points_give_no_relations(models: Models, nlp: Language) -> None:
    found = relate_points([], nlp(""), [], nlp(""), models)
    assert found == Related((), (), (), (), {})
    alone = relate_points(
        points("a", A, ["setting", "agree", "commit", "express"], ["both", "both", "a", "a"]),
        nlp(A),
        [],
        nlp(""),
        models,
    )
    assert not alone.relations


def test_two_passages_by_themselves(models: Models, nlp: Language, knowledge: Knowledge) -> None:
    agreed = "The two presidents agreed to reopen the Tolmin crossing on 3 June."
    found = relate_pairs(
        [
            (agreed, "The heads of state agreed that the Tolmin crossing would be reopened on 3 June."),
            (agreed, "The President thanked Lusara for forty ambulances."),
        ],
        nlp,
        models,
        knowledge,
    )
    assert found[0].kind in ("same", "differs")
    assert found[1].kind == "unrelated"
    assert all(0.25 <= r.confidence <= 1 for r in found)
    assert relate_pairs([], nlp, models, knowledge) == []


@pytest.mark.parametrize(
    ("denial", "conflict"),
    [
        ("The Prime Minister made clear that Ortega has not agreed to any joint patrols in the Gulf of Sabo.", True),
        ("The Prime Minister denied having agreed to joint patrols in the Gulf of Sabo.", True),
        ("The Prime Minister said that joint patrols in the Gulf of Sabo do not threaten any neighbour.", False),
        ("The two leaders agreed to start joint patrols in the Gulf of Sabo.", False),
    ],
)
def test_agreed_against_not_agreed_is_a_ground_by_itself(
    nlp: Language, knowledge: Knowledge, denial: str, conflict: bool
) -> None:
    told = "The two leaders agreed to begin joint patrols in the Gulf of Sabo."
    (a,) = (passage_traits("a", told, nlp(told), knowledge),)
    (b,) = (passage_traits("b", denial, nlp(denial), knowledge),)
    ground = grounds_for_conflict([a], [b])
    assert (ground is not None and ground.plain and ground.rule == "agreed against not agreed") == conflict
