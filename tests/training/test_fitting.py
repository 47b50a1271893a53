"""What the fit does with measured cases: curves, what is out of fold, and where found points get their joins from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from diptych.records import Point
from training.gold import Pair
from training.measure import kinds_by_home

sklearn = pytest.importorskip("sklearn", reason="the training extra is not installed")


@dataclass(frozen=True)
class Weighed:
    """As much of a case as the fit of a curve looks at."""

    fold: int
    weight: float = 1.0
    real: bool = False


def test_a_curve_reads_measurements_of_any_scale_by_name() -> None:
    from training.decision import curve

    draw = np.random.default_rng(0)
    rows = np.column_stack([draw.normal(size=400), draw.normal(loc=5000, scale=900, size=400)])
    wanted = rows[:, 1] > 5000
    fitted = curve(("noise", "size"), rows, wanted, np.ones(400))
    odds = fitted.odds(rows[:, ::-1].astype(np.float32), ("size", "noise"))
    assert ((odds > 0) == wanted).mean() > 0.95


def test_what_is_out_of_fold_has_not_seen_its_own_case() -> None:
    from training.decision import out_of_fold

    draw = np.random.default_rng(1)
    cases = [Weighed(fold) for fold in range(10)]
    rows = [draw.normal(size=(60, 1)) for _ in cases]
    wanted = [r[:, 0] + draw.normal(scale=0.5, size=60) > 0 for r in rows]
    _, honest = out_of_fold(cases, rows, wanted, ("x",), ("x",))  # type: ignore[arg-type]
    turned = [*wanted[:-1], ~wanted[-1]]
    _, other = out_of_fold(cases, rows, turned, ("x",), ("x",))  # type: ignore[arg-type]
    assert np.corrcoef(honest[-1], other[-1])[0, 1] > 0.99
    assert ((np.concatenate(honest) > 0) == np.concatenate(wanted)).mean() > 0.8


def point(name: str, start: int, end: int) -> Point:
    side = "a" if name.startswith("a") else "b"
    return Point(id=name, side=side, start=start, end=end, quote="x" * (end - start), act="state", holder=side)


def test_a_found_point_stands_for_the_one_annotated_point_it_shares_most_with() -> None:
    gold = Pair(
        "p",
        "x" * 100,
        "x" * 100,
        (point("a1", 0, 40), point("a2", 40, 90)),
        (point("b1", 0, 50),),
        {(0, 0): "same", (1, 0): "differs"},
    )
    found = ([point("a1", 0, 30), point("a2", 30, 90), point("a3", 92, 99)], [point("b1", 0, 48)])
    assert kinds_by_home(found, gold) == {(0, 0): "same", (1, 0): "differs"}
