"""What speaks for a point being told by the other side at all, whichever of its points tells it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from diptych.compare.align import Array
from diptych.compare.features import Table, Traits
from diptych.records import ACT_STRENGTH

#: Measured on one point against the whole other side, in the order of :func:`told_features`.
TOLD = (
    "best",
    "second",
    "any",
    "cos",
    "near",
    "near_second",
    "covered",
    "covered_at_once",
    "names_covered",
    "weight_covered",
    "rarest_missing",
    "missing",
    "name_missing",
    "strength",
    "discuss",
    "setting",
    "express",
    "both",
    "theirs",
    "length",
    "place",
    "ours_count",
    "theirs_count",
)


def told_features(table: Table, odds: npt.NDArray[np.float64], near: Array) -> npt.NDArray[np.float32]:
    """Return one row of :data:`TOLD` for each point of A and then of B.

    ``odds`` are the log-odds of the cells, ``near`` the point encoder's similarities (zeros where it has none).
    """
    rows = _side(table.a, table.b, odds, table.similarity.table, near, table.rarity)
    rows += _side(table.b, table.a, odds.T, table.similarity.table.T, near.T, table.rarity)
    return np.asarray(rows, dtype=np.float32).reshape(-1, len(TOLD))


def _side(
    ours: tuple[Traits, ...],
    theirs: tuple[Traits, ...],
    odds: npt.NDArray[np.float64],
    cos: Array,
    near: Array,
    rarity: Mapping[str, float],
) -> list[list[float]]:
    words = frozenset[str]().union(*(t.words for t in theirs))
    names = frozenset[str]().union(*(t.names for t in theirs))
    other = "b" if ours and ours[0].point.side == "a" else "a"
    out = []
    for k, trait in enumerate(ours):
        ordered = np.sort(odds[k])[::-1] if len(theirs) else np.array([-9.0])
        chance = 1 / (1 + np.exp(-np.clip(ordered, -30, 30)))
        none = float(np.log1p(-chance * (1 - 1e-9)).sum())
        close = np.sort(near[k])[::-1] if len(theirs) else np.zeros(1)
        size = max(1, len(trait.words))
        act = trait.point.act
        out.append(
            [
                float(ordered[0]),
                float(ordered[1]) if len(ordered) > 1 else -9.0,
                float(np.log(max(1e-6, -np.expm1(none))) - max(-13.8, none)),
                float(cos[k].max()) if len(theirs) else 0.0,
                float(close[0]),
                float(close[1]) if len(close) > 1 else 0.0,
                len(trait.words & words) / size,
                max((len(trait.words & t.words) for t in theirs), default=0) / size,
                len(trait.names & names) / max(1, len(trait.names)),
                _weight(trait.words & words, rarity) / max(0.5, _weight(trait.words, rarity)),
                max((rarity[w] for w in trait.words - words), default=0.0),
                float(len(trait.words - words)),
                float(bool(trait.names - names)),
                float(ACT_STRENGTH[act]),
                float(act == "discuss"),
                float(act == "setting"),
                float(act == "express"),
                float(trait.point.holder == "both"),
                float(trait.point.holder == other),
                float(trait.length),
                trait.place,
                float(len(ours)),
                float(len(theirs)),
            ]
        )
    return out


def _weight(words: frozenset[str], rarity: Mapping[str, float]) -> float:
    return sum(rarity[word] for word in words)
