"""The point encoder: a MiniLM fine-tuned so that two points telling of one item have near vectors.

Input of one point: ``[CLS] before MARK holder text [SEP]``, pooled over the point's own words only. English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from diptych.models.cross_encoder import (
    DATA,
    Encoded,
    Ids,
    PassageLike,
    checked,
    collate,
    encode_passages,
    open_session,
    open_tokenizer,
)

_CLS, _SEP, _MARK = 101, 102, 1
_HOLDERS = {"a": 2, "b": 3, "both": 4, "third": 5}


def collate_points(points: Sequence[Encoded]) -> tuple[Ids, Ids, Ids]:
    """Pad points to one length: input ids, attention mask, and the mask of the tokens that are pooled."""
    rows = [([_CLS, *p.before, _MARK, _HOLDERS.get(p.holder, 6), *p.text, _SEP], len(p.before) + 2) for p in points]
    return collate(rows)


@dataclass(frozen=True)
class PointEncoder:
    """The int8 model and its tokenizer, ready to turn points into vectors."""

    session: Any = field(repr=False)
    tokenizer: Any = field(repr=False)
    sha256: str
    batch: int = 16

    def vectors(self, passages: Sequence[PassageLike]) -> npt.NDArray[np.float32]:
        """Return one row of length one for each passage ``(text, before, holder)``, in their order."""
        if not passages:
            return np.zeros((0, 384), dtype=np.float32)
        encoded = encode_passages(self.tokenizer, passages)
        order = sorted(range(len(encoded)), key=lambda k: len(encoded[k].text) + len(encoded[k].before))
        rows: list[npt.NDArray[np.float32]] = [np.zeros(0, dtype=np.float32)] * len(encoded)
        for at in range(0, len(order), self.batch):
            part = order[at : at + self.batch]
            ids, mask, pool = collate_points([encoded[k] for k in part])
            out = self.session.run(None, {"input_ids": ids, "attention_mask": mask, "pool_mask": pool})[0]
            for k, row in zip(part, out, strict=True):
                rows[k] = row
        return np.stack(rows)


def load_point_encoder(folder: Path | None = None, threads: int = 2) -> PointEncoder:
    """Load the point encoder that the package carries (or the one in ``folder``), checked against its hash.

    Raises:
        ModelError: the weights are missing, or are not those that ``points.json`` records.
    """
    folder = folder or DATA
    weights, found = checked(folder, "points")
    return PointEncoder(open_session(weights, threads), open_tokenizer(folder), found)
