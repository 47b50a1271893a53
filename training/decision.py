"""Fitting of what turns measurements into relations: trees over cells, curves, thresholds. Needs scikit-learn."""

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
#: What the later models read besides the fine-tuned models' answers: few, since their cases are few.
FEW = (
    *("hand", "cos", "cos_context", "overlap", "weighted", "number_shared", "strength_gap", "discuss_one"),
    *("holder_same", "length_short", "place_gap"),
)
PLAIN = (*FEW, *POINT)
FULL = (*FEW, *POINT, *CROSS)
#: What may be known of a point across languages.
TOLD_VECTORS = ("best", "second", "any", "cos", "length", "ours_count", "theirs_count")
FOLDS = 10
MANY_CASES = {
    "max_iter": 160,
    "learning_rate": 0.06,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
}
FEW_CASES = {
    "max_iter": 90,
    "learning_rate": 0.06,
    "max_leaf_nodes": 6,
    "min_samples_leaf": 25,
    "l2_regularization": 8.0,
}
POINT_CASES = {
    "max_iter": 60,
    "learning_rate": 0.06,
    "max_leaf_nodes": 6,
    "min_samples_leaf": 25,
    "l2_regularization": 8.0,
}
KIND_CASES = {
    "max_iter": 60,
    "learning_rate": 0.06,
    "max_leaf_nodes": 5,
    "min_samples_leaf": 15,
    "l2_regularization": 8.0,
}
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


def out_of_fold(
    cases: Sequence[Case], rows: Rows, masks: Rows, names: Sequence[str], of: Sequence[str], how: dict[str, Any]
) -> tuple[Trees, list[np.ndarray]]:
    """Fit on all cases, and give each case the log-odds of trees that have seen neither it nor its fold."""
    columns = [list(of).index(name) for name in names]
    data = [r[:, columns] for r in rows]

    def fit(chosen: Sequence[int]) -> Trees:
        return boosted(
            np.concatenate([data[k][masks[k]] for k in chosen]),
            np.concatenate([cases[k].joined[masks[k]] for k in chosen]),
            np.concatenate([np.full(int(masks[k].sum()), cases[k].weight) for k in chosen]),
            names,
            **how,
        )

    odds: list[np.ndarray] = [np.full(len(r), NOTHING) for r in rows]
    for fold in range(FOLDS):
        held = [k for k, c in enumerate(cases) if c.fold == fold]
        if held:
            trees = fit([k for k, c in enumerate(cases) if c.fold != fold])
            for k in held:
                if masks[k].any():
                    odds[k][masks[k]] = trees.odds(data[k][masks[k]], names)
    return fit(range(len(cases))), odds


def curve(features: Sequence[str], rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> Curve:
    """Fit a logistic curve."""
    model = LogisticRegression(C=10.0, max_iter=1000).fit(rows, wanted, sample_weight=weights)
    return Curve(
        features=tuple(features),
        weights=tuple(round(float(w), 6) for w in model.coef_[0]),
        bias=round(float(model.intercept_[0]), 6),
    )


def told_truth(case: Case) -> np.ndarray:
    """Which points are told by the other side, A's and then B's."""
    joined = case.joined.reshape(case.shape)
    return np.concatenate([joined.any(axis=1), joined.any(axis=0)])


def cell_curve(cases: Sequence[Case], odds: Rows) -> Curve:
    """Fit the curve for cells on answers out of fold."""
    seen = [o > NOTHING for o in odds]
    return curve(
        ("odds",),
        np.concatenate([o[s] for o, s in zip(odds, seen, strict=True)])[:, None],
        np.concatenate([c.joined[s] for c, s in zip(cases, seen, strict=True)]),
        np.concatenate([np.full(int(s.sum()), _counts(c)) for c, s in zip(cases, seen, strict=True)]),
    )


def _counts(case: Case) -> float:
    return case.weight * (FOCUS if case.real else 1.0)


def fit_told(cases: Sequence[Case], odds: Rows, names: Sequence[str]) -> tuple[Trees, Curve, list[np.ndarray]]:
    """Fit what says whether a point is told at all: trees, their curve, and their log-odds out of fold."""
    rows = [told_features(c.table, o.reshape(c.shape), c.near) for c, o in zip(cases, odds, strict=True)]
    data = [r[:, [TOLD.index(n) for n in names]] for r in rows]
    truth = [told_truth(c) for c in cases]

    def fit(chosen: Sequence[int]) -> Trees:
        return boosted(
            np.concatenate([data[k] for k in chosen]),
            np.concatenate([truth[k] for k in chosen]),
            np.concatenate([np.full(len(truth[k]), cases[k].weight) for k in chosen]),
            names,
            **POINT_CASES,
        )

    said: list[np.ndarray] = [np.zeros(0)] * len(cases)
    for fold in range(FOLDS):
        held = [k for k, c in enumerate(cases) if c.fold == fold]
        if held:
            trees = fit([k for k, c in enumerate(cases) if c.fold != fold])
            for k in held:
                said[k] = trees.odds(data[k], names)
    put_right = curve(
        ("odds",),
        np.concatenate(said)[:, None],
        np.concatenate(truth),
        np.concatenate([np.full(len(t), _counts(c)) for c, t in zip(cases, truth, strict=True)]),
    )
    return fit(range(len(cases))), put_right, said


def fit_linker(
    cases: Sequence[Case],
    rows: Rows,
    masks: Rows,
    names: Sequence[str],
    of: Sequence[str],
    how: dict[str, Any],
    told_names: Sequence[str] = TOLD,
) -> tuple[Linker, list[np.ndarray], list[np.ndarray]]:
    """Fit trees and curves; returns the linker (thresholds a first guess), and what it says out of fold."""
    trees, odds = out_of_fold(cases, rows, masks, names, of, how)
    told, told_curve, said = fit_told(cases, odds, told_names)
    linker = Linker(
        trees=trees, cell=cell_curve(cases, odds), told=told, told_curve=told_curve, accept=0.34, extra=0.44
    )
    return linker, odds, said


def every(rows: Rows) -> list[np.ndarray]:
    """Masks that leave nothing out."""
    return [np.ones(len(r), dtype=bool) for r in rows]


def known_rows(case: Case, by_hand: np.ndarray) -> np.ndarray:
    """Features of all cells before the cross-encoder has looked, in the order of ``FEATURES``."""
    unseen = cross_features(score_grid(case.shape, [], None))
    return np.hstack([case.hand, point_features(case.near), by_hand[:, None].astype(np.float32), unseen])


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


__all__ = ["FEW_CASES", "FULL", "HAND", "MANY_CASES", "PLAIN", "VECTORS", "fit_differs", "fit_linker", "out_of_fold"]
