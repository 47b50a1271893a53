"""Annotated pairs, measured: with the annotators' own points, and with the points that the program finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from diptych.compare.align import Encoder, PointVectors
from diptych.compare.features import Table, hand_features, tabulate, traits
from diptych.compare.points import find_points
from diptych.compare.points_marks import Marker
from diptych.records import Document, Point, Reading
from training.gold import Pair


@dataclass(frozen=True)
class Case:
    """One pair: features of all its cells, the point encoder's similarities, and which cells are joined.

    Cases of one ``fold`` are left out together; ``found``: the points are those that the program finds.
    """

    pair: Pair
    table: Table
    hand: np.ndarray
    near: np.ndarray
    joined: np.ndarray
    fold: int
    weight: float
    real: bool
    found: bool

    @property
    def shape(self) -> tuple[int, int]:
        """Points of A, points of B."""
        return len(self.pair.a), len(self.pair.b)


def measure(
    pair: Pair,
    docs: tuple[Any, Any],
    encoder: Encoder,
    points: PointVectors,
    fold: int,
    weight: float,
    real: bool,
    found: bool = False,
) -> Case:
    """Measure one pair, with the points that it holds."""
    a, b = traits(pair.a, docs[0], pair.text_a), traits(pair.b, docs[1], pair.text_b)
    table = tabulate(a, b, encoder)
    cells = [(i, j) in pair.kinds for i in range(len(pair.a)) for j in range(len(pair.b))]
    vectors = points.vectors([t.passage for t in (*a, *b)])
    near = vectors[: len(a)] @ vectors[len(a) :].T
    return Case(pair, table, hand_features(table), near, np.array(cells, dtype=bool), fold, weight, real, found)


def with_found_points(pair: Pair, docs: tuple[Any, Any], kb: Any, marker: Marker) -> Pair:
    """Return the pair with the points that the program finds, joined where the annotators' points under them are."""
    sides: list[tuple[Point, ...]] = []
    for side, text, doc in (("a", pair.text_a, docs[0]), ("b", pair.text_b, docs[1])):
        document = Document(id=f"{pair.id}-{side}", uri=pair.id, text=text)
        sides.append(find_points("a" if side == "a" else "b", document, doc, Reading(document=document), kb, marker))
    return replace(pair, a=sides[0], b=sides[1], kinds=kinds_by_home(sides, pair))


def kinds_by_home(sides: Sequence[Sequence[Point]], pair: Pair) -> dict[tuple[int, int], str]:
    """Join found points where the annotators' points that they stand for are joined."""
    homes = [[_home(found, gold) for found in side] for side, gold in zip(sides, (pair.a, pair.b), strict=True)]
    return {
        (i, j): pair.kinds[x, y]
        for i, x in enumerate(homes[0])
        for j, y in enumerate(homes[1])
        if x is not None and y is not None and (x, y) in pair.kinds
    }


def _home(found: Point, gold: Sequence[Point]) -> int | None:
    """The annotators' point that shares most with a found one, at least half of the shorter of the two."""
    shared = [min(found.end, other.end) - max(found.start, other.start) for other in gold]
    best = max(range(len(gold)), key=shared.__getitem__, default=None)
    if best is None or shared[best] <= 0:
        return None
    shorter = min(found.end - found.start, gold[best].end - gold[best].start)
    return best if shared[best] * 2 >= shorter else None
