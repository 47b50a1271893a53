"""The small fitted models that turn measurements into probabilities: boosted trees and logistic curves.

They are fitted by ``python -m training.train`` and kept as JSON; nothing but numpy is needed to use them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from diptych.errors import ModelError
from diptych.records import Record

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


class Trees(Record, frozen=True, kw_only=True):
    """Boosted decision trees, all nodes in flat lists; a leaf is its own child and carries the value.

    ``roots`` are the first nodes of the trees; a row goes left where ``row[feature] <= threshold``.
    """

    features: tuple[str, ...]
    base: float
    roots: tuple[int, ...]
    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]
    depth: int

    def odds(self, rows: Floats, names: Sequence[str]) -> Doubles:
        """Return the log-odds of each row; ``names`` says what its columns are."""
        columns = [list(names).index(name) for name in self.features]
        data = rows[:, columns].astype(np.float64)
        feature, threshold = np.asarray(self.feature), np.asarray(self.threshold)
        left, right, value = np.asarray(self.left), np.asarray(self.right), np.asarray(self.value)
        node = np.broadcast_to(np.asarray(self.roots), (len(data), len(self.roots))).copy()
        lines = np.arange(len(data))[:, None]
        for _ in range(self.depth):
            node = np.where(data[lines, feature[node]] <= threshold[node], left[node], right[node])
        out: Doubles = self.base + value[node].sum(axis=1)
        return out


class Curve(Record, frozen=True, kw_only=True):
    """A logistic curve over named measurements: ``sigmoid(bias + Σ weight · x)``."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, values: Sequence[float]) -> float:
        """Return the probability for one set of measurements, in the order of ``features``."""
        return sigmoid(self.score(values))

    def score(self, values: Sequence[float]) -> float:
        """Return the log-odds for one set of measurements."""
        return self.bias + sum(w * x for w, x in zip(self.weights, values, strict=True))

    def odds(self, rows: Floats, names: Sequence[str]) -> Doubles:
        """Return the log-odds of each row; ``names`` says what its columns are."""
        place = {name: k for k, name in enumerate(names)}
        out: Doubles = self.bias + rows[:, [place[f] for f in self.features]].astype(np.float64) @ np.array(
            self.weights
        )
        return out


class Linker(Record, frozen=True, kw_only=True):
    """What is needed to join points: two curves whose probabilities mean what they say.

    ``cell`` gives the probability that a cell is joined, ``told`` the one that the other side tells a point at all.
    ``accept`` is the probability from which a cell is joined, ``extra`` the one from which it is joined though it
    is the best of neither of its points.
    """

    cell: Curve
    told: Curve
    accept: float
    extra: float


class Decision(Record, frozen=True, kw_only=True):
    """All fitted numbers.

    ``plain`` reads what is measured without the cross-encoder, ``full`` everything; ``vectors`` compares vectors,
    numbers and order only (for texts in two languages). ``look``: the plain probability from which the cross-encoder
    looks at a cell. ``differs`` tells *differs* from *same* on joined points. ``clash`` is the probability that two
    passages are incompatible, ``clash_at`` the one from which they are called so. ``undecided``: how sure a one-sided
    call must be by default. ``pair`` has one curve for each kind (same, differs, conflict, unrelated) of two passages
    outside any text; their scores are compared with each other.
    """

    full: Linker
    plain: Linker
    vectors: Linker
    look: float
    differs: Trees
    differs_at: float
    clash: Curve
    clash_at: float
    undecided: float
    pair: tuple[Curve, ...]


def sigmoid(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


def read_decision(body: bytes) -> Decision:
    """Read the fitted numbers.

    Raises:
        ModelError: they are not in the form that this version of diptych reads.
    """
    try:
        return msgspec.json.decode(body, type=Decision)
    except msgspec.DecodeError as error:
        raise ModelError(
            f"The fitted decision cannot be read ({error})", "Install diptych again or train it again"
        ) from error
