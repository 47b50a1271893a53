"""The whole fit: from measured cases and fine-tuned models to one :class:`Decision`, and what it was fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from diptych.compare.align import Scorer
from diptych.compare.calibrate import Curve, Decision, Linker, Trees
from diptych.compare.decide import worth_a_look
from diptych.compare.features import FEATURES, HAND
from diptych.compare.relate_pairs import PAIR
from training.decision import (
    FEW_CASES,
    FULL,
    MANY_CASES,
    PLAIN,
    TOLD_VECTORS,
    VECTORS,
    every,
    fit_differs,
    fit_linker,
    full_rows,
    known_rows,
    mask_of,
    out_of_fold,
)
from training.measure import Case

#: The plain probability from which the cross-encoder looks at a cell: a choice between speed and completeness.
LOOK = 0.03


@dataclass(frozen=True)
class Fitted:
    """A decision, and what its parts said out of fold about the cases that it was calibrated on."""

    decision: Decision
    cases: list[Case]
    plain: list[np.ndarray]
    plain_told: list[np.ndarray]
    full: list[np.ndarray]
    full_told: list[np.ndarray]
    looked: list[list[tuple[int, int]]]
    scores: list[np.ndarray]
    rows: list[np.ndarray]
    differs: dict[int, Trees]


def fit_pair_curves(values: np.ndarray, kinds: Sequence[int]) -> tuple[Curve, ...]:
    """Fit one score for each kind of two passages by themselves."""
    scale = np.maximum(values.std(axis=0), 1e-3)
    model = LogisticRegression(C=0.5, max_iter=2000).fit(values / scale, np.asarray(kinds))
    return tuple(
        Curve(
            features=PAIR,
            weights=tuple(round(float(w), 6) for w in row / scale),
            bias=round(float(bias), 6),
        )
        for row, bias in zip(model.coef_, model.intercept_, strict=True)
    )


def fit(
    cases: Sequence[Case],
    unseen: frozenset[str],
    cross: Scorer,
    pair: tuple[Curve, ...],
    thresholds: dict[str, float],
) -> Fitted:
    """Fit everything that the fine-tuned models do not learn themselves.

    ``unseen`` are the ids of the pairs that the fine-tuned models have not seen: only on these (and on real pairs)
    are their answers learnt from. ``thresholds``: accept, extra, undecided, differs_at, conflict.
    """
    hand_rows = [c.hand for c in cases]
    hand, by_hand = out_of_fold(cases, hand_rows, every(hand_rows), HAND, HAND, MANY_CASES)
    vectors, _, _ = fit_linker(cases, hand_rows, every(hand_rows), VECTORS, HAND, MANY_CASES, TOLD_VECTORS)
    late = [k for k, c in enumerate(cases) if c.real or c.pair.id in unseen]
    chosen = [cases[k] for k in late]
    known = [known_rows(cases[k], by_hand[k]) for k in late]
    plain, plain_odds, plain_told = fit_linker(chosen, known, every(known), PLAIN, FEATURES, FEW_CASES)
    looked, scores = [], []
    for case, odds in zip(chosen, plain_odds, strict=True):
        cells = worth_a_look(odds.reshape(case.shape), plain, LOOK)
        looked.append(cells)
        passages = [t.passage for t in case.table.a], [t.passage for t in case.table.b]
        scores.append(np.asarray(cross.score(*passages, cells)))
    rows = [full_rows(k, c, cells, s) for k, c, cells, s in zip(known, chosen, looked, scores, strict=True)]
    masks = [mask_of(c, cells) for c, cells in zip(chosen, looked, strict=True)]
    full, full_odds, full_told = fit_linker(chosen, rows, masks, FULL, FEATURES, FEW_CASES)
    differs, differs_by_fold = fit_differs(chosen, rows, plain_odds)
    decision = Decision(
        hand=hand,
        plain=with_thresholds(plain, thresholds),
        full=with_thresholds(full, thresholds),
        vectors=with_thresholds(vectors, thresholds),
        look=LOOK,
        differs=differs,
        differs_at=thresholds["differs_at"],
        conflict=thresholds["conflict"],
        undecided=thresholds["undecided"],
        pair=pair,
    )
    return Fitted(decision, chosen, plain_odds, plain_told, full_odds, full_told, looked, scores, rows, differs_by_fold)


def with_thresholds(linker: Linker, thresholds: dict[str, float]) -> Linker:
    """Return the linker with the chosen thresholds."""
    return Linker(
        trees=linker.trees,
        cell=linker.cell,
        told=linker.told,
        told_curve=linker.told_curve,
        accept=thresholds["accept"],
        extra=thresholds["extra"],
    )
