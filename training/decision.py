"""Fitting of what turns measurements into relations: curves over cells and points, trees for kinds. Needs scikit-learn.

Curves, not trees, say what is joined and what is told: on pairs that were not seen trees did worse, the more so on real
ones (docs/model-card.md has the figures).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from diptych.compare.calibrate import Curve, Linker, Trees
from diptych.compare.decide import NOTHING, groups
from diptych.compare.features import CROSS, FEATURES, HAND, POINT, cross_features, point_features, score_grid
from diptych.compare.features_told import TOLD, told_features
from training.measure import Case

#: What the model for two languages may read: vectors, numbers, days, order.
VECTORS = (
    *("cos", "cos_context", "row_rank", "column_rank", "mutual_best", "row_gap", "column_gap"),
    *("number_shared", "number_clash", "place_gap", "opening", "closing", "length_ratio", "length_short", "sizes"),
)
#: Numbers and days tell how two points of one item stand to each other, and little of whether they are of one.
OF_KIND = frozenset(("number_shared", "number_clash", "day_shared", "day_clash"))
PLAIN = tuple(name for name in (*HAND, *POINT) if name not in OF_KIND)
FULL = (*PLAIN, *CROSS)
#: What may be known of a point across languages.
TOLD_VECTORS = ("best", "second", "any", "cos", "length", "ours_count", "theirs_count")
FOLDS = 10
KIND_CASES = {
    "max_iter": 60,
    "learning_rate": 0.06,
    "max_leaf_nodes": 5,
    "min_samples_leaf": 15,
    "l2_regularization": 8.0,
}
#: Inverse strength with which weights are held small: few pairs, many measurements.
HELD = 0.03
#: How much more a real pair counts than an invented one when probabilities are put right.
FOCUS = 3.0

Rows = Sequence[np.ndarray]


def boosted(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray, names: Sequence[str], **how: Any) -> Trees:
    """Fit boosted trees and lay their nodes out flat."""
    model = HistGradientBoostingClassifier(random_state=0, early_stopping=False, **how)
    model.fit(rows, wanted, sample_weight=weights)
    feature, threshold, left, right, value, roots = [], [], [], [], [], []
    depth = 0
    for (predictor,) in model._predictors:
        base = len(feature)
        roots.append(base)
        for k, node in enumerate(predictor.nodes):
            leaf = bool(node["is_leaf"])
            feature.append(int(node["feature_idx"]))
            threshold.append(0.0 if leaf else round(float(node["num_threshold"]), 6))
            left.append(base + (k if leaf else int(node["left"])))
            right.append(base + (k if leaf else int(node["right"])))
            value.append(round(float(node["value"]), 6) if leaf else 0.0)
            depth = max(depth, int(node["depth"]))
    return Trees(
        features=tuple(names),
        base=float(np.ravel(model._baseline_prediction)[0]),
        roots=tuple(roots),
        feature=tuple(feature),
        threshold=tuple(threshold),
        left=tuple(left),
        right=tuple(right),
        value=tuple(value),
        depth=depth,
    )


def curve(
    features: Sequence[str], rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray, held: float = HELD
) -> Curve:
    """Fit a logistic curve; measurements are brought to one scale first, so that all are held alike."""
    centre, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    model = LogisticRegression(C=held, max_iter=2000).fit((rows - centre) / scale, wanted, sample_weight=weights)
    slopes = model.coef_[0] / scale
    return Curve(
        features=tuple(features),
        weights=tuple(round(float(w), 6) for w in slopes),
        bias=round(float(model.intercept_[0] - slopes @ centre), 6),
    )


def out_of_fold(
    cases: Sequence[Case], rows: Rows, wanted: Rows, names: Sequence[str], of: Sequence[str]
) -> tuple[Curve, list[np.ndarray]]:
    """Fit on all cases and put the probabilities right on what each fold's curve says of cases that it has not seen.

    ``rows`` and ``wanted`` hold one array for each case. Returns the curve, and each case's log-odds out of fold.
    """
    columns = [list(of).index(name) for name in names]
    data = [r[:, columns].astype(np.float64) for r in rows]

    def fit(chosen: Sequence[int]) -> Curve:
        return curve(
            names,
            np.concatenate([data[k] for k in chosen]),
            np.concatenate([wanted[k] for k in chosen]),
            np.concatenate([np.full(len(data[k]), cases[k].weight) for k in chosen]),
        )

    said: list[np.ndarray] = [np.zeros(len(r)) for r in rows]
    for fold in range(FOLDS):
        held = [k for k, c in enumerate(cases) if c.fold == fold]
        if held:
            fitted = fit([k for k, c in enumerate(cases) if c.fold != fold])
            for k in held:
                said[k] = fitted.odds(data[k], names)
    right = curve(
        ("odds",),
        np.concatenate(said)[:, None],
        np.concatenate(wanted),
        np.concatenate([np.full(len(w), _counts(c)) for c, w in zip(cases, wanted, strict=True)]),
        held=10.0,
    )
    slope, whole = right.weights[0], fit(range(len(cases)))
    put_right = Curve(
        features=whole.features,
        weights=tuple(round(slope * w, 6) for w in whole.weights),
        bias=round(right.bias + slope * whole.bias, 6),
    )
    return put_right, [right.bias + slope * o for o in said]


def _counts(case: Case) -> float:
    return case.weight * (FOCUS if case.real else 1.0)


def told_truth(case: Case) -> np.ndarray:
    """Which points are told by the other side, A's and then B's."""
    joined = case.joined.reshape(case.shape)
    return np.concatenate([joined.any(axis=1), joined.any(axis=0)])


def fit_linker(
    cases: Sequence[Case],
    rows: Rows,
    masks: Rows,
    names: Sequence[str],
    told_names: Sequence[str],
    thresholds: dict[str, float],
) -> tuple[Linker, list[np.ndarray], list[np.ndarray]]:
    """Fit what joins points; returns it with what it says out of fold of all cells and of all points.

    ``rows`` are in the order of ``FEATURES``; ``masks`` are the cells that are weighed at all.
    """
    chosen = [r[m] for r, m in zip(rows, masks, strict=True)]
    cell, said = out_of_fold(cases, chosen, [c.joined[m] for c, m in zip(cases, masks, strict=True)], names, FEATURES)
    odds = [np.full(len(m), NOTHING) for m in masks]
    for all_cells, mask, some in zip(odds, masks, said, strict=True):
        all_cells[mask] = some
    about = [told_features(c.table, o.reshape(c.shape), c.near) for c, o in zip(cases, odds, strict=True)]
    told, points = out_of_fold(cases, about, [told_truth(c) for c in cases], told_names, TOLD)
    return Linker(cell=cell, told=told, accept=thresholds["accept"], extra=thresholds["extra"]), odds, points


def every(rows: Rows) -> list[np.ndarray]:
    """Masks that leave nothing out."""
    return [np.ones(len(r), dtype=bool) for r in rows]


def known_rows(case: Case) -> np.ndarray:
    """Features of all cells before the cross-encoder has looked, in the order of ``FEATURES``."""
    unseen = cross_features(score_grid(case.shape, [], None))
    return np.hstack([case.hand, point_features(case.near), unseen])


def full_rows(known: np.ndarray, case: Case, looked: Sequence[tuple[int, int]], scores: np.ndarray) -> np.ndarray:
    """Features of all cells with the cross-encoder's answers."""
    return np.hstack([known[:, : -len(CROSS)], cross_features(score_grid(case.shape, looked, scores))])


def mask_of(case: Case, looked: Sequence[tuple[int, int]]) -> np.ndarray:
    """Which cells the cross-encoder looked at."""
    mask = np.zeros(case.shape[0] * case.shape[1], dtype=bool)
    mask[[i * case.shape[1] + j for i, j in looked]] = True
    return mask


def differs_rows(case: Case, rows: np.ndarray, odds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features of the best cell of every annotated group, with the group's size, and whether the group differs."""
    out, wanted = [], []
    for a, b in groups(list(case.pair.kinds), odds.reshape(case.shape)):
        cells = [(i, j) for i in a for j in b]
        i, j = max(cells, key=lambda c: odds[c[0] * case.shape[1] + c[1]])
        kind = case.pair.kinds[i, j]
        if kind != "conflict":
            out.append(np.append(rows[i * case.shape[1] + j], np.float32(len(cells))))
            wanted.append(kind == "differs")
    return np.array(out, dtype=np.float32).reshape(-1, len(FEATURES) + 1), np.array(wanted, dtype=bool)


def fit_differs(cases: Sequence[Case], rows: Rows, odds: Rows) -> tuple[Trees, dict[int, Trees]]:
    """Fit what tells differs from same on joined groups; and once more for each fold, without its cases."""
    names = (*FEATURES, "group")
    data = [differs_rows(c, r, o) for c, r, o in zip(cases, rows, odds, strict=True)]

    def fit(chosen: Sequence[int]) -> Trees:
        return boosted(
            np.concatenate([data[k][0] for k in chosen]),
            np.concatenate([data[k][1] for k in chosen]),
            np.concatenate([np.full(len(data[k][1]), cases[k].weight) for k in chosen]),
            names,
            **KIND_CASES,
        )

    by_fold = {
        fold: fit([k for k, c in enumerate(cases) if c.fold != fold])
        for fold in range(FOLDS)
        if any(c.fold == fold for c in cases)
    }
    return fit(range(len(cases))), by_fold
