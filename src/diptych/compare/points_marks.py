"""What the token marker says of the tokens of a parse: where something new is told, and with which act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, get_args

import numpy as np
import numpy.typing as npt

from diptych.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Floats = npt.NDArray[np.float32]

ACTS: tuple[str, ...] = get_args(Act)
_SILENT = -12.0


class Marker(Protocol):
    """Reads a text and says of each of its pieces whether something new is told from there on, and with which act."""

    def mark(self, text: str, sentences: Sequence[int]) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return the character at which each piece begins, and a row of log-odds: beginning, each act, no act."""
        ...


@dataclass(frozen=True, slots=True)
class Marks:
    """For each token of a parse: the log-odds that a point begins there, and the log-odds of acts and of none."""

    begins: Floats
    acts: Floats

    def act_scores(self, start: int, end: int) -> Floats:
        """The mean log-probability of each act over some tokens, as if there were no other word than those of acts."""
        rows = self.acts[start:end, : len(ACTS)]
        shares = rows - rows.max(axis=1, keepdims=True)
        logs = shares - np.log(np.exp(shares).sum(axis=1, keepdims=True))
        scores: Floats = logs.mean(axis=0)
        return scores

    def telling(self, start: int, end: int) -> float:
        """How likely some tokens are to belong to any act at all."""
        odds = self.acts[start:end]
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        return float(1 - (shares[:, -1] / shares.sum(axis=1)).mean())


def read_marks(doc: Doc, spans: Sequence[Span], marker: Marker) -> Marks:
    """Bring what the marker says of word pieces to the tokens of the parse."""
    pieces, odds = marker.mark(doc.text, [span.start_char for span in spans])
    places = np.array([token.idx for token in doc], dtype=np.int64)
    owner = np.searchsorted(places, pieces, side="right") - 1
    begins = np.full(len(doc), _SILENT, dtype=np.float32)
    acts = np.zeros((len(doc), odds.shape[1] - 1), dtype=np.float32)
    known = owner >= 0
    np.maximum.at(begins, owner[known], odds[known, 0])
    np.add.at(acts, owner[known], odds[known, 1:])
    counts = np.maximum(np.bincount(owner[known], minlength=len(doc)), 1).reshape(-1, 1)
    return Marks(begins, (acts / counts).astype(np.float32))
