"""One decision on conflicts, for points of accounts and for bare passages; what shows different attitudes differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from diptych.compare.aspects import all_grounds, attitudes_apart
from diptych.compare.decide import Models
from diptych.compare.features import UNSEEN
from diptych.compare.features_pair import CONFLICT, conflict_features
from diptych.compare.relate_conflict import Evidence, conflict_between
from diptych.compare.relate_pairs import passage_traits, relate_pairs

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.compare.features import Traits
    from diptych.knowledge import Knowledge

SAME = np.array([3.0, 0.0, -3.0, -5.0], dtype=np.float32)
CLASH = np.array([-2.0, 0.0, 5.0, -5.0], dtype=np.float32)


@pytest.fixture(scope="module")
def models(encoder: object) -> Models:
    from diptych.models.cross_encoder import load_cross_encoder
    from diptych.models.encoder_points import load_point_encoder

    return Models(encoder, load_point_encoder(), load_cross_encoder())  # type: ignore[arg-type]


def read(side: str, text: str, nlp: Language, knowledge: Knowledge) -> Traits:
    return passage_traits(side, text, nlp(text), knowledge)  # type: ignore[arg-type]


def test_features_of_a_conflict_stand_in_their_named_order(nlp: Language, knowledge: Knowledge) -> None:
    a = read("a", "The sides agreed to open the port of Tolmin.", nlp, knowledge)
    b = read("b", "Karsia had not agreed to open the port of Tolmin, the ministry said.", nlp, knowledge)
    values = dict(zip(CONFLICT, conflict_features(a, b, CLASH, 0.8), strict=True))
    assert values["rule: agreed against not agreed"] == 1.0
    assert values["rule: incompatible days"] == 0.0
    assert values["cos"] == pytest.approx(0.8)
    assert values["conflict_and_rule"] == pytest.approx(values["conflict"])


def test_a_rule_alone_needs_two_tellings_of_one_item(models: Models, nlp: Language, knowledge: Knowledge) -> None:
    a = read("a", "The sides agreed to send 300 monitors to the valley.", nlp, knowledge)
    b = read("b", "The sides agreed to send 500 monitors to the valley.", nlp, knowledge)
    evidence = [Evidence(a, b, UNSEEN, 0.9)]
    assert any(ground.plain for ground in all_grounds([a], [b]))
    found = conflict_between([a], [b], evidence, 0.9, models, ruled=True)
    assert found is not None
    assert (found.words.a, found.words.b) == ("300", "500")
    assert conflict_between([a], [b], evidence, 0.1, models, ruled=True) is None


def test_the_same_told_twice_is_no_conflict(models: Models, nlp: Language, knowledge: Knowledge) -> None:
    a = read("a", "The minister thanked Lusara for its help after the floods.", nlp, knowledge)
    b = read("b", "He expressed gratitude for Lusara's help after the floods.", nlp, knowledge)
    assert conflict_between([a], [b], [Evidence(a, b, SAME, 0.8)], 0.95, models, ruled=False) is None


def test_a_refusal_does_not_conflict_with_a_subject_that_is_merely_named(nlp: Language, knowledge: Knowledge) -> None:
    named = read("a", "The ministers discussed the price of gas.", nlp, knowledge)
    refused = read("b", "The minister refused to name a price of gas.", nlp, knowledge)
    assert named.point.act == "discuss"
    assert not all_grounds([named], [refused])


def test_blame_and_grief_are_apart_and_both_together_are_not(nlp: Language, knowledge: Knowledge) -> None:
    blame = read("a", "President Corvo condemned the attack on the market in Tolmin.", nlp, knowledge)
    grief = read("b", "President Corvo offered condolences over the attack on the market in Tolmin.", nlp, knowledge)
    both = read("b", "She condemned the attack and mourned the dead.", nlp, knowledge)
    assert attitudes_apart([blame], [grief]) == ("condemned", "condolences")
    assert attitudes_apart([blame], [both]) is None
    assert attitudes_apart([blame], [blame]) is None


def test_condemning_is_not_the_same_as_condoling(models: Models, nlp: Language, knowledge: Knowledge) -> None:
    found = relate_pairs(
        [
            (
                "President Corvo condemned the attack on the market in Tolmin.",
                "President Corvo offered condolences over the attack on the market in Tolmin.",
            )
        ],
        nlp,
        models,
        knowledge,
    )
    assert found[0].kind != "same"
