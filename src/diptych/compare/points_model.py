"""Small linear models over named features: which stretches are points, and with which act. Plain numpy at run time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from diptych.errors import ModelError

__all__ = ["LinearModel", "load_model"]


class LinearModel:
    """A multinomial logistic regression over sets of named features, each present or absent."""

    def __init__(
        self, classes: Sequence[str], vocabulary: Sequence[str], weights: np.ndarray, bias: np.ndarray
    ) -> None:
        self.classes = tuple(classes)
        self._column = {name: number for number, name in enumerate(vocabulary)}
        self._weights = weights
        self._bias = bias

    @property
    def size(self) -> int:
        """The number of features that it knows."""
        return len(self._column)

    def to_record(self, decimals: int) -> dict[str, object]:
        """Return what :func:`load_model` reads back: weights rounded, features that round to nothing left out."""
        rounded = np.round(self._weights, decimals)
        kept = [(name, rounded[row].tolist()) for name, row in self._column.items() if rounded[row].any()]
        return {
            "classes": list(self.classes),
            "vocabulary": [name for name, _ in kept],
            "weights": [row for _, row in kept],
            "bias": np.round(self._bias, decimals).tolist(),
        }

    def scores(self, features: Iterable[str]) -> np.ndarray:
        """Return the raw score of each class for one set of features; unknown features count for nothing."""
        column = self._column
        rows = [column[name] for name in features if name in column]
        scores: np.ndarray = self._weights[rows].sum(axis=0) + self._bias
        return scores

    def probabilities(self, features: Iterable[str]) -> np.ndarray:
        """Return the probability of each class, in the order of ``classes``."""
        scores = self.scores(features)
        if len(self.classes) == 2 and scores.shape == (1,):
            positive = 1.0 / (1.0 + float(np.exp(-scores[0])))
            return np.array([1.0 - positive, positive])
        grown = np.exp(scores - scores.max())
        shares: np.ndarray = grown / grown.sum()
        return shares

    def positive(self, features: Iterable[str]) -> float:
        """Return the probability of the last class: of "yes" in a model of two."""
        return float(self.probabilities(features)[-1])


@cache
def load_model(name: str) -> LinearModel:
    """Load the packaged model ``name`` (``keep`` or ``act``); ModelError where it is not usable."""
    place = files("diptych.compare") / "data" / f"points_{name}.json"
    try:
        record = json.loads(place.read_text("utf-8"))
        weights = np.asarray(record["weights"], dtype=np.float32)
        bias = np.asarray(record["bias"], dtype=np.float32)
        return LinearModel(record["classes"], record["vocabulary"], weights, bias)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"The weights of the points model {name!r} cannot be read ({error})", "Install diptych again"
        ) from error
