"""Annotated pairs, measured: with the annotators' own points, and with the points that the program finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from diptych.compare.align import Encoder, PointVectors
from diptych.compare.features import Table, hand_features, tabulate, traits
from diptych.compare.points import find_points
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


def with_found_points(pair: Pair, docs: tuple[Any, Any], kb: Any) -> Pair:
    """Return the pair with the points that the program finds, joined where the annotators' points under them are."""
    sides: list[tuple[Point, ...]] = []
    for side, text, doc in (("a", pair.text_a, docs[0]), ("b", pair.text_b, docs[1])):
        document = Document(id=f"{pair.id}-{side}", uri=pair.id, text=text)
        sides.append(find_points("a" if side == "a" else "b", document, doc, Reading(document=document), kb))
    homes = [_homes(found, gold) for found, gold in ((sides[0], pair.a), (sides[1], pair.b))]
    kinds = {
        (i, j): pair.kinds[x, y]
        for i, xs in enumerate(homes[0])
        for j, ys in enumerate(homes[1])
        for x in xs
        for y in ys
        if (x, y) in pair.kinds
    }
    return replace(pair, a=sides[0], b=sides[1], kinds=kinds)


def _homes(found: Sequence[Point], gold: Sequence[Point]) -> list[list[int]]:
    """For each found point, the annotators' points that share with it at least half of the shorter of the two."""
    return [
        [
            k
            for k, other in enumerate(gold)
            if (min(point.end, other.end) - max(point.start, other.start)) * 2
            >= min(point.end - point.start, other.end - other.start)
        ]
        for point in found
    ]
