"""Which points of A could tell of the same item as which points of B: passages, similarity, candidates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from diptych.records import Point

Array = npt.NDArray[np.float32]

_SENTENCE_BREAK = re.compile(r"""[.!?;:]["”’')\]]*\s+|\n\s*""")
_POINTS_BACK = re.compile(
    r"^(?:this|these|that|those|such|it|its|they|their|them|he|his|she|her|both|the latter|the former)\b", re.I
)
_CONTEXT_WORDS = 14


class Encoder(Protocol):
    """Turns texts into vectors of length one whose dot product is their similarity."""

    def encode(self, texts: list[str]) -> Array:
        """Return one row of length one for each text."""
        ...


class Scorer(Protocol):
    """Reads two passages together and says how they stand to each other."""

    def score(self, a: Sequence[Passage], b: Sequence[Passage], pairs: Sequence[tuple[int, int]]) -> Array:
        """Return one row of four log-odds (same, differs, conflict, unrelated) for each pair of indices."""
        ...


class PointVectors(Protocol):
    """Turns points, with what they lean on and whose act they are, into vectors of length one."""

    def vectors(self, passages: Sequence[Passage]) -> Array:
        """Return one row of length one for each passage."""
        ...


class Passage(NamedTuple):
    """A point as the models read it: its words, the words before it that it leans on, and whose act it is."""

    text: str
    before: str = ""
    holder: str = ""


def leading_words(text: str, start: int, end: int) -> str:
    """Return what stands before ``text[start:end]`` and carries its meaning.

    The opening of its sentence where the point begins inside one (there stand the subject and the verb), the end
    of the sentence before where the point opens with a word that points back; else nothing.
    """
    window = text[max(0, start - 600) : start]
    breaks = [m.end() for m in _SENTENCE_BREAK.finditer(window)]
    opening = breaks[-1] if breaks else 0
    words = window[opening:].split()
    if not words and len(breaks) and _POINTS_BACK.match(text[start:end]):
        previous = breaks[-2] if len(breaks) > 1 else 0
        words = window[previous : breaks[-1]].split()[-_CONTEXT_WORDS:]
    if len(words) > _CONTEXT_WORDS:
        half = _CONTEXT_WORDS // 2
        words = [*words[:half], "…", *words[-half:]]
    return " ".join(words)


def passage(point: Point, text: str) -> Passage:
    """Return the point as the models read it."""
    before = leading_words(text, point.start, point.end)
    if not before and point.subject and point.subject not in point.quote:
        before = point.subject
    holder = point.holder if point.holder in ("a", "b", "both", "") else "third"
    return Passage(point.quote, before, holder)


@dataclass(frozen=True)
class Ranked:
    """A similarity table and, for each cell, its rank in its row and in its column (0: the nearest)."""

    table: Array
    in_row: npt.NDArray[np.int64]
    in_column: npt.NDArray[np.int64]


def rank(table: Array) -> Ranked:
    """Rank every cell of a similarity table within its row and within its column."""
    in_row = np.argsort(np.argsort(-table, axis=1, kind="stable"), axis=1, kind="stable")
    in_column = np.argsort(np.argsort(-table, axis=0, kind="stable"), axis=0, kind="stable")
    return Ranked(table, in_row, in_column)
