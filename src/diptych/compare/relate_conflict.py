"""The one decision whether two tellings of an item are incompatible, for points of two accounts and for bare passages.

A wrong conflict is the costliest error: one is called only where a curve over everything that was measured is sure
enough, or where a rule needs no second opinion and both certainly tell of one item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diptych.compare.align import Array
from diptych.compare.aspects import aspects, grounds_for_conflict
from diptych.compare.decide import Models
from diptych.compare.features import Traits
from diptych.compare.features_pair import conflict_features
from diptych.records import AspectWords

#: How sure it must be that two tellings are of one item before they may be called a conflict, and before a rule alone
#: may do so.
JOINED, SURE = 0.5, 0.6


@dataclass(frozen=True)
class Conflict:
    """Why two tellings are incompatible: the words on both sides, what made it so, and how sure it is (0 to 1)."""

    words: AspectWords
    because: str
    chance: float


@dataclass(frozen=True)
class Evidence:
    """Two passages as they are judged: one of each side, the cross-encoder's log-odds, the encoder's similarity."""

    a: Traits
    b: Traits
    scores: Array
    cos: float


def chance_of_conflict(evidence: Evidence, models: Models) -> float:
    """Return the calibrated probability that two passages are incompatible."""
    if models.cross_encoder is None:
        return 0.0
    return models.decision.clash.probability(conflict_features(evidence.a, evidence.b, evidence.scores, evidence.cos))


def conflict_between(
    a: Sequence[Traits], b: Sequence[Traits], evidence: Sequence[Evidence], linked: float, models: Models, ruled: bool
) -> Conflict | None:
    """Return the conflict between two groups of points that tell of one item; None where there is none.

    ``evidence`` are the passages of either group side by side, ``linked`` is how sure it is that they tell of one item.
    ``ruled``: only where a rule has found a ground too, as it must be where two whole accounts are compared, in which
    conflicts are rare.
    """
    ground = grounds_for_conflict(a, b)
    if ground is None and ruled:
        return None
    chance = max((chance_of_conflict(one, models) for one in evidence), default=0.0)
    if chance >= models.decision.clash_at and linked >= JOINED:
        words = ground.words if ground else aspects(a, b)[0]
        return Conflict(words, f"relation model and rule: {ground.rule}" if ground else "relation model", chance)
    if ground is not None and ground.plain and linked >= SURE:
        return Conflict(ground.words, f"rule: {ground.rule}", max(chance, linked))
    return None
