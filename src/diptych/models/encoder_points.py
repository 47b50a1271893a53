"""The point encoder: a MiniLM fine-tuned so that two points telling of one item have near vectors.

Input of one point: ``[CLS] before MARK holder text [SEP]``, pooled over the point's own words only. English.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from diptych.models.cross_encoder import Encoded, Ids

_CLS, _SEP, _MARK = 101, 102, 1
_HOLDERS = {"a": 2, "b": 3, "both": 4, "third": 5}


def collate_points(points: Sequence[Encoded]) -> tuple[Ids, Ids, Ids]:
    """Pad points to one length: input ids, attention mask, and the mask of the tokens that are pooled."""
    rows = [
        ([_CLS, *p.before, _MARK, _HOLDERS.get(p.holder, 6), *p.text, _SEP], len(p.before) + 2) for p in points
    ]
    width = max(len(ids) for ids, _ in rows)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask, pool = np.zeros_like(ids), np.zeros_like(ids)
    for k, (row, own) in enumerate(rows):
        ids[k, : len(row)] = row
        mask[k, : len(row)] = 1
        pool[k, own : len(row)] = 1
    return ids, mask, pool
