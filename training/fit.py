"""The whole fit: from measured cases and fine-tuned models to one :class:`Decision`, and what it was fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from diptych.compare.align import Scorer
from diptych.compare.calibrate import Curve, Decision, Trees
from diptych.compare.decide import worth_a_look
from diptych.compare.features_pair import CONFLICT, PAIR, conflict_features
from diptych.compare.features_told import TOLD
from diptych.models.cross_encoder import KINDS
from training.decision import (
    FULL,
    PLAIN,
    TOLD_VECTORS,
    VECTORS,
    every,
    fit_differs,
    fit_linker,
    full_rows,
    known_rows,
    mask_of,
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
    clash: dict[int, Curve]


@dataclass(frozen=True)
class Loose:
    """Pairs of passages outside any text: one row of :data:`CONFLICT` each, and its kind as an index of ``KINDS``."""

    rows: np.ndarray
    kinds: np.ndarray


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
    loose: Loose,
    thresholds: dict[str, float],
    without: frozenset[str] = frozenset(),
) -> Fitted:
    """Fit everything that the fine-tuned models do not learn themselves.

    ``unseen`` are the ids of the pairs that the fine-tuned models have not seen: only on these (and on real pairs)
    are their answers learnt from. ``loose`` passages are none that they have seen either. ``thresholds``: accept,
    extra, undecided, differs_at, clash_at. ``without``: measurements that the curves for cells may not read.
    """
    names = [name for name in FULL if name not in without]
    all_rows = [known_rows(c) for c in cases]
    vectors, _, _ = fit_linker(cases, all_rows, every(all_rows), VECTORS, TOLD_VECTORS, thresholds)
    late = [k for k, c in enumerate(cases) if c.real or c.pair.id in unseen]
    chosen, known = [cases[k] for k in late], [all_rows[k] for k in late]
    plain_names = [name for name in names if name in PLAIN]
    plain, plain_odds, plain_told = fit_linker(chosen, known, every(known), plain_names, TOLD, thresholds)
    looked, scores = [], []
    for case, odds in zip(chosen, plain_odds, strict=True):
        cells = worth_a_look(odds.reshape(case.shape), LOOK)
        looked.append(cells)
        passages = [t.passage for t in case.table.a], [t.passage for t in case.table.b]
        scores.append(np.asarray(cross.score(*passages, cells)))
    rows = [full_rows(k, c, cells, s) for k, c, cells, s in zip(known, chosen, looked, scores, strict=True)]
    masks = [mask_of(c, cells) for c, cells in zip(chosen, looked, strict=True)]
    full, full_odds, full_told = fit_linker(chosen, rows, masks, names, TOLD, thresholds)
    differs, differs_by_fold = fit_differs(chosen, rows, plain_odds)
    clash, clash_by_fold = fit_clash(chosen, scores, looked, loose)
    decision = Decision(
        plain=plain,
        full=full,
        vectors=vectors,
        look=LOOK,
        differs=differs,
        differs_at=thresholds["differs_at"],
        clash=clash,
        clash_at=thresholds["clash_at"],
        undecided=thresholds["undecided"],
        pair=fit_pair_curves(loose.rows[:, : len(PAIR)], loose.kinds),
    )
    return Fitted(
        decision,
        chosen,
        plain_odds,
        plain_told,
        full_odds,
        full_told,
        looked,
        scores,
        rows,
        differs_by_fold,
        clash_by_fold,
    )


def clash_rows(
    case: Case, looked: Sequence[tuple[int, int]], scores: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of the joined cells that the cross-encoder looked at, which of them conflict, and their weights."""
    answers = dict(zip(looked, scores, strict=True))
    cells = [cell for cell in case.pair.kinds if cell in answers]
    partners = [sum(i == other[0] or j == other[1] for other in cells) for i, j in cells]
    rows = [
        conflict_features(case.table.a[i], case.table.b[j], answers[i, j], float(case.table.similarity.table[i, j]))
        for i, j in cells
    ]
    return (
        np.array(rows, dtype=np.float64).reshape(-1, len(CONFLICT)),
        np.array([case.pair.kinds[cell] == "conflict" for cell in cells], dtype=bool),
        1 / np.maximum(1, np.array(partners, dtype=np.float64)),
    )


def fit_clash(
    cases: Sequence[Case],
    scores: Sequence[np.ndarray],
    looked: Sequence[list[tuple[int, int]]],
    loose: Loose,
) -> tuple[Curve, dict[int, Curve]]:
    """Fit the probability that two passages conflict, on loose passages and on joined points of annotated pairs.

    Returns the curve and, for each fold, one that has not seen the fold's pairs.
    """
    data = {
        k: clash_rows(case, cells, said)
        for k, (case, cells, said) in enumerate(zip(cases, looked, scores, strict=True))
        if not case.found
    }
    conflict = KINDS.index("conflict")

    def fit_on(chosen: Sequence[int]) -> Curve:
        rows = np.concatenate([loose.rows, *(data[k][0] for k in chosen)])
        wanted = np.concatenate([loose.kinds == conflict, *(data[k][1] for k in chosen)])
        weights = np.concatenate([np.ones(len(loose.rows)), *(data[k][2] for k in chosen)])
        scale = np.maximum(rows.std(axis=0), 1e-3)
        model = LogisticRegression(C=0.1, max_iter=2000).fit(rows / scale, wanted, sample_weight=weights)
        return Curve(
            features=CONFLICT,
            weights=tuple(round(float(w), 6) for w in model.coef_[0] / scale),
            bias=round(float(model.intercept_[0]), 6),
        )

    folds = {case.fold for case in cases}
    return fit_on(list(data)), {fold: fit_on([k for k in data if cases[k].fold != fold]) for fold in folds}
