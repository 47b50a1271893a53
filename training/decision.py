"""Fitting of what turns measurements into relations: trees over cells, curves, thresholds. Needs scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from diptych.compare.align import Encoder
from diptych.compare.calibrate import Curve, Linker, Trees
from diptych.compare.decide import NOTHING, groups, told_features, worth_a_look
from diptych.compare.features import CROSS, FEATURES, HAND, Table, cross_features, hand_features, score_grid
from diptych.compare.features import tabulate, traits
from training.gold import Pair

#: What the model for two languages may read: vectors, numbers, days, order.
VECTORS = (
    *("cos", "cos_context", "row_rank", "column_rank", "mutual_best", "row_gap", "column_gap"),
    *("number_shared", "number_clash", "place_gap", "opening", "closing", "length_ratio", "length_short", "sizes"),
)
FOLDS = 10
PLAIN = {"max_iter": 160, "learning_rate": 0.06, "max_leaf_nodes": 8, "min_samples_leaf": 30, "l2_regularization": 5.0}
FULL = {"max_iter": 90, "learning_rate": 0.06, "max_leaf_nodes": 6, "min_samples_leaf": 25, "l2_regularization": 8.0}


@dataclass(frozen=True)
class Case:
    """One annotated pair, measured: the features of all its cells and which of them are joined."""

    pair: Pair
    table: Table
    hand: np.ndarray
    joined: np.ndarray
    fold: int
    weight: float

    @property
    def shape(self) -> tuple[int, int]:
        """Points of A, points of B."""
        return len(self.pair.a), len(self.pair.b)


def measure(pair: Pair, nlp: Any, encoder: Encoder, fold: int, weight: float) -> Case:
    """Measure one pair."""
    doc_a, doc_b = nlp(pair.text_a), nlp(pair.text_b)
    table = tabulate(traits(pair.a, doc_a, pair.text_a), traits(pair.b, doc_b, pair.text_b), encoder)
    cells = [(i, j) in pair.kinds for i in range(len(pair.a)) for j in range(len(pair.b))]
    return Case(pair, table, hand_features(table), np.array(cells), fold, weight)


def boosted(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray, names: Sequence[str], **how: Any) -> Trees:
    """Fit boosted trees and lay their nodes out flat."""
    model = HistGradientBoostingClassifier(random_state=0, **how).fit(rows, wanted, sample_weight=weights)
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


def _columns(names: Sequence[str], of: Sequence[str]) -> list[int]:
    return [list(of).index(n) for n in names]


def out_of_fold(
    cases: Sequence[Case], rows: Sequence[np.ndarray], masks: Sequence[np.ndarray], names: Sequence[str], how: dict[str, Any]
) -> tuple[Trees, list[np.ndarray]]:
    """Fit on all cases, and give each case the log-odds of a model that has not seen it or its fold."""

    def fit(chosen: Sequence[int]) -> Trees:
        data = np.concatenate([rows[k][masks[k]] for k in chosen])
        wanted = np.concatenate([cases[k].joined[masks[k]] for k in chosen])
        weights = np.concatenate([np.full(int(masks[k].sum()), cases[k].weight) for k in chosen])
        return boosted(data, wanted, weights, names, **how)

    odds: list[np.ndarray] = [np.zeros(0)] * len(cases)
    for fold in range(FOLDS):
        held = [k for k, c in enumerate(cases) if c.fold == fold]
        if not held:
            continue
        trees = fit([k for k, c in enumerate(cases) if c.fold != fold])
        for k in held:
            odds[k] = np.full(len(rows[k]), NOTHING)
            if masks[k].any():
                odds[k][masks[k]] = trees.odds(rows[k][masks[k]], names)
    return fit(range(len(cases))), odds


def curve(features: Sequence[str], rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> Curve:
    """Fit a logistic curve."""
    model = LogisticRegression(C=10.0, max_iter=1000).fit(rows, wanted, sample_weight=weights)
    return Curve(
        features=tuple(features),
        weights=tuple(round(float(w), 6) for w in model.coef_[0]),
        bias=round(float(model.intercept_[0]), 6),
    )


def told_rows(case: Case, odds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What speaks for each point being told, and whether it is, for both sides' points."""
    table, joined = odds.reshape(case.shape), case.joined.reshape(case.shape)
    rows = [told_features(row) for row in (*table, *table.T)]
    return np.array(rows), np.concatenate([joined.any(axis=1), joined.any(axis=0)])


def curves(cases: Sequence[Case], odds: Sequence[np.ndarray], focus: float) -> tuple[Curve, Curve]:
    """Fit the curves for cells and for points on answers out of fold; real cases count ``focus`` times."""
    weights = [c.weight * (focus if c.weight != 1.0 else 1.0) for c in cases]
    seen = [o > NOTHING for o in odds]
    cell = curve(
        ("odds",),
        np.concatenate([o[s] for o, s in zip(odds, seen, strict=True)])[:, None],
        np.concatenate([c.joined[s] for c, s in zip(cases, seen, strict=True)]),
        np.concatenate([np.full(int(s.sum()), w) for s, w in zip(seen, weights, strict=True)]),
    )
    pairs = [told_rows(c, o) for c, o in zip(cases, odds, strict=True)]
    told = curve(
        ("best", "any"),
        np.concatenate([p[0] for p in pairs]),
        np.concatenate([p[1] for p in pairs]),
        np.concatenate([np.full(len(p[1]), w) for p, w in zip(pairs, weights, strict=True)]),
    )
    return cell, told


def fit_plain(cases: Sequence[Case], names: Sequence[str], accept: float, extra: float, focus: float) -> tuple[Linker, list[np.ndarray]]:
    """Fit a linker that does without the cross-encoder."""
    columns = _columns(names, HAND)
    rows = [c.hand[:, columns] for c in cases]
    masks = [np.ones(len(r), dtype=bool) for r in rows]
    trees, odds = out_of_fold(cases, rows, masks, names, PLAIN)
    cell, told = curves(cases, odds, focus)
    return Linker(trees=trees, cell=cell, told=told, accept=accept, extra=extra), odds


def looks(case: Case, odds: np.ndarray, linker: Linker, look: float) -> list[tuple[int, int]]:
    """The cells that the cross-encoder reads of one case."""
    return worth_a_look(odds.reshape(case.shape), linker, look)


def full_rows(case: Case, plain: np.ndarray, looked: Sequence[tuple[int, int]], scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features of all cells with the cross-encoder's answers, and which cells it looked at."""
    grid = score_grid(case.shape, looked, scores)
    rows = np.hstack([case.hand, cross_features(grid), plain[:, None].astype(np.float32)])
    mask = np.zeros(len(rows), dtype=bool)
    mask[[i * case.shape[1] + j for i, j in looked]] = True
    return rows, mask


def fit_full(
    cases: Sequence[Case], rows: Sequence[np.ndarray], masks: Sequence[np.ndarray], accept: float, extra: float, focus: float,
    names: Sequence[str] = FEATURES,
) -> tuple[Linker, list[np.ndarray]]:
    """Fit the linker that reads the cross-encoder's answers as well."""
    columns = _columns(names, FEATURES)
    trees, odds = out_of_fold(cases, [r[:, columns] for r in rows], masks, names, FULL)
    cell, told = curves(cases, odds, focus)
    return Linker(trees=trees, cell=cell, told=told, accept=accept, extra=extra), odds


__all__ = ["CROSS", "FEATURES", "HAND", "VECTORS", "Case", "fit_full", "fit_plain", "full_rows", "looks", "measure"]


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


DIFFERS = {"max_iter": 60, "learning_rate": 0.06, "max_leaf_nodes": 5, "min_samples_leaf": 15, "l2_regularization": 8.0}


def fit_differs(
    cases: Sequence[Case], rows: Sequence[np.ndarray], odds: Sequence[np.ndarray], names: Sequence[str] = FEATURES
) -> tuple[Trees, float]:
    """Fit what tells differs from same on joined groups; returns it with its balanced accuracy out of fold."""
    wide = (*names, "group")
    columns = _columns(wide, (*FEATURES, "group"))
    data = [differs_rows(c, r, o) for c, r, o in zip(cases, rows, odds, strict=True)]

    def fit(chosen: Sequence[int]) -> Trees:
        return boosted(
            np.concatenate([data[k][0][:, columns] for k in chosen]),
            np.concatenate([data[k][1] for k in chosen]),
            np.concatenate([np.full(len(data[k][1]), cases[k].weight) for k in chosen]),
            wide,
            **DIFFERS,
        )

    right: list[np.ndarray] = []
    wanted: list[np.ndarray] = []
    for fold in range(FOLDS):
        held = [k for k, c in enumerate(cases) if c.fold == fold and len(data[k][1])]
        if not held:
            continue
        trees = fit([k for k, c in enumerate(cases) if c.fold != fold])
        for k in held:
            right.append((trees.odds(data[k][0][:, columns], wide) >= 0) == data[k][1])
            wanted.append(data[k][1])
    hit, truth = np.concatenate(right), np.concatenate(wanted)
    return fit(range(len(cases))), float((hit[truth].mean() + hit[~truth].mean()) / 2)
