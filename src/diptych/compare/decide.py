"""The decision over the whole table at once: which points are joined, which are one side's alone, which stay open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from diptych.compare.align import Encoder, PointVectors, Scorer
from diptych.compare.calibrate import Decision, Linker, read_decision, sigmoid
from diptych.compare.features import (
    FEATURES,
    POINT,
    Table,
    cross_features,
    hand_features,
    point_features,
    score_grid,
)
from diptych.compare.features_told import TOLD, told_features
from diptych.compare.points_marks import Marker

Doubles = npt.NDArray[np.float64]
Cell = tuple[int, int]

#: Log-odds of a cell that nothing speaks for.
NOTHING = -9.0
#: The cross-encoder looks at no more cells than this for each point, so that long texts stay within time.
MOST_LOOKS = 8


@cache
def packaged_decision() -> Decision:
    """Return the fitted numbers that the package carries."""
    return read_decision((files("diptych.models") / "data" / "relation-decision.json").read_bytes())


@dataclass(frozen=True)
class Models:
    """What comparing needs: the encoders, the cross-encoder and the token marker (None: do without), fitted numbers."""

    encoder: Encoder
    point_encoder: PointVectors
    cross_encoder: Scorer | None = None
    decision: Decision = field(default_factory=packaged_decision)
    marker: Marker | None = None


@dataclass(frozen=True)
class Verdict:
    """What is known of every cell and every point once all were weighed together.

    ``cells`` are the probabilities that cells are joined, ``told_a`` and ``told_b`` those that each point is told
    by the other side, ``joined`` the cells held to be joined, ``grid`` the cross-encoder's log-odds, ``rows`` the
    features of the joined cells in their order.
    """

    cells: Doubles
    told_a: Doubles
    told_b: Doubles
    joined: tuple[Cell, ...]
    grid: npt.NDArray[np.float32]
    rows: npt.NDArray[np.float32]


def weigh(table: Table, models: Models, across_languages: bool = False) -> Verdict:
    """Weigh every cell of a table and decide which are joined.

    Across languages only vectors, numbers and order are compared: the rest is read from English words.
    """
    shape = len(table.a), len(table.b)
    decision = models.decision
    hand = hand_features(table)
    passages = [t.passage for t in table.a], [t.passage for t in table.b]
    grid = score_grid(shape, [], None)
    near = np.zeros(shape, dtype=np.float32)
    if across_languages or not hand.size:
        linker = decision.vectors
        rows = np.hstack([hand, np.zeros((len(hand), len(POINT)), dtype=np.float32), cross_features(grid)])
        odds = linker.cell.odds(rows, FEATURES).reshape(shape)
    else:
        vectors = models.point_encoder.vectors([*passages[0], *passages[1]])
        near = vectors[: shape[0]] @ vectors[shape[0] :].T
        known = np.hstack([hand, point_features(near)])
        rows = np.hstack([known, cross_features(grid)])
        linker = decision.plain
        odds = linker.cell.odds(rows, FEATURES).reshape(shape)
        if models.cross_encoder is not None:
            looked = worth_a_look(odds, decision.look)
            grid = score_grid(shape, looked, models.cross_encoder.score(*passages, looked))
            rows = np.hstack([known, cross_features(grid)])
            chosen = np.array([i * shape[1] + j for i, j in looked], dtype=np.int64)
            linker = decision.full
            weighed = np.full(len(rows), NOTHING)
            weighed[chosen] = linker.cell.odds(rows[chosen], FEATURES)
            odds = weighed.reshape(shape)
    cells = probabilities(odds)
    joined = join(cells, linker)
    picked = np.array([i * shape[1] + j for i, j in joined], dtype=np.int64)
    told_a, told_b = told(table, odds, near, linker)
    return Verdict(cells, told_a, told_b, joined, grid, rows[picked])


def worth_a_look(odds: Doubles, look: float) -> list[Cell]:
    """Return the cells that the cross-encoder reads: likely enough, or the best of one of their points."""
    cells = probabilities(odds)
    in_row = np.argsort(np.argsort(-odds, axis=1, kind="stable"), axis=1)
    in_column = np.argsort(np.argsort(-odds, axis=0, kind="stable"), axis=0)
    best = np.minimum(in_row, in_column)
    chosen = ((cells >= look) & (best < MOST_LOOKS)) | (best < 1)
    return [(int(i), int(j)) for i, j in np.argwhere(chosen)]


def probabilities(odds: Doubles) -> Doubles:
    """Return the probabilities of log-odds."""
    out: Doubles = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return out


def told(table: Table, odds: Doubles, near: npt.NDArray[np.float32], linker: Linker) -> tuple[Doubles, Doubles]:
    """Return for each point of A, and of B, the probability that the other side tells it."""
    rows = told_features(table, odds, near)
    if not len(rows):
        return np.zeros(0), np.zeros(0)
    out = probabilities(linker.told.odds(rows, TOLD))
    return out[: len(table.a)], out[len(table.a) :]


def join(cells: Doubles, linker: Linker) -> tuple[Cell, ...]:
    """Join the cells that are likely enough: the best of either point, and others only where they are surer."""
    if not cells.size:
        return ()
    best = np.minimum(
        np.argsort(np.argsort(-cells, axis=1, kind="stable"), axis=1),
        np.argsort(np.argsort(-cells, axis=0, kind="stable"), axis=0),
    )
    chosen = (cells >= linker.accept) & ((best == 0) | (cells >= linker.extra))
    return tuple((int(i), int(j)) for i, j in np.argwhere(chosen))


def groups(joined: Sequence[Cell], cells: Doubles) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Put joined cells into groups in which every point of A is joined with every point of B.

    A connected set that is not complete is cut into stars around the point with most partners, so that no two
    points are called joined that were not joined.
    """
    left = set(joined)
    out: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    while left:
        component = _component(left)
        a, b = sorted({i for i, _ in component}), sorted({j for _, j in component})
        if len(component) < len(a) * len(b):
            row = max(a, key=lambda i: (sum(c[0] == i for c in component), cells[i].max()))
            column = max(b, key=lambda j: (sum(c[1] == j for c in component), cells[:, j].max()))
            star = {c for c in component if c[0] == row}
            across = {c for c in component if c[1] == column}
            component = star if len(star) >= len(across) else across
            a, b = sorted({i for i, _ in component}), sorted({j for _, j in component})
        left -= component
        out.append((tuple(a), tuple(b)))
    return sorted(out)


def _component(cells: set[Cell]) -> set[Cell]:
    first = min(cells)
    found, edge = {first}, [first]
    while edge:
        i, j = edge.pop()
        near = {c for c in cells if c[0] == i or c[1] == j} - found
        found |= near
        edge.extend(near)
    return found


def confidence(a: Sequence[int], b: Sequence[int], cells: Doubles) -> float:
    """Return how likely a group belongs together: the mean probability of its cells."""
    return float(np.mean([cells[i, j] for i in a for j in b]))


def differs_probability(decision: Decision, row: npt.NDArray[np.float32], size: int) -> float:
    """Return the probability that a group differs rather than tells the same; ``row`` is of its best cell."""
    with_size = np.append(row, np.float32(size))[None, :]
    return sigmoid(float(decision.differs.odds(with_size, (*FEATURES, "group"))[0]))
