"""The token marker: says of each word whether something new is told from there on, and which act it belongs to.

The first layers of a MiniLM, fine-tuned by ``python -m training.token_marker`` and exported to int8 ONNX. Its input
is ``[CLS] sentences [SEP]``: whole sentences, as many as fit. English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from diptych.models.cross_encoder import DATA, checked, open_session, open_tokenizer

_CLS, _SEP, _UNKNOWN = 101, 102, 100
#: Word pieces from this number on are rare; the model knows them as unknown, which more than halves its size.
PIECES = 12_000
#: Sentences are read together up to this many pieces; a longer sentence is read in parts of at most ``LONGEST``.
TOGETHER, LONGEST = 160, 250

Stretch = list[int]


def in_stretches(starts: Sequence[int], sentences: Sequence[int]) -> Iterator[Stretch]:
    """Part pieces that begin at ``starts`` into stretches of whole sentences (which begin at ``sentences``)."""
    owner = np.searchsorted(np.asarray(sentences), np.asarray(starts), side="right")
    stretch: Stretch = []
    at = 0
    while at < len(starts):
        end = at
        while end < len(starts) and owner[end] == owner[at]:
            end += 1
        if stretch and len(stretch) + end - at > TOGETHER:
            yield stretch
            stretch = []
        stretch = [*stretch, *range(at, end)]
        while len(stretch) > LONGEST:
            yield stretch[:LONGEST]
            stretch = stretch[LONGEST:]
        at = end
    if stretch:
        yield stretch


def piece_ids(ids: Sequence[int], stretch: Stretch) -> list[int]:
    """The ids that the model reads for a stretch."""
    return [_CLS, *(ids[k] if ids[k] < PIECES else _UNKNOWN for k in stretch), _SEP]


@dataclass(frozen=True)
class TokenMarker:
    """The int8 model and its tokenizer, ready to read texts."""

    session: Any = field(repr=False)
    tokenizer: Any = field(repr=False)
    sha256: str

    def mark(self, text: str, sentences: Sequence[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Read a text whose sentences begin at the characters ``sentences``.

        Returns the character at which each word piece begins, and for each piece one row: the log-odds that something
        new is told from there on, then the log-odds of each act in the order of training, the last of them: of none.
        """
        encoded = self.tokenizer.encode(text, add_special_tokens=False)
        starts = [start for start, _ in encoded.offsets]
        out = np.zeros((len(starts), 12), dtype=np.float32)
        # One by one: int8 arithmetic scales by batch, and a stretch shall not depend on what is read beside it.
        for stretch in in_stretches(starts, sentences):
            ids = np.array([piece_ids(encoded.ids, stretch)], dtype=np.int64)
            rows = self.session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
            out[stretch] = rows[0, 1:-1]
        return np.array(starts, dtype=np.int64), out


def load_token_marker(folder: Path | None = None, threads: int = 1) -> TokenMarker:
    """Load the marker that the package carries (or the one in ``folder``), checked against its hash.

    Raises:
        ModelError: the weights are missing, or are not those that ``marker.json`` records.
    """
    folder = folder or DATA
    weights, found = checked(folder, "marker")
    return TokenMarker(open_session(weights, threads), open_tokenizer(folder), found)
