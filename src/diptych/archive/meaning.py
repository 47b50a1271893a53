"""Search by meaning: the statements of an archive as vectors, kept in it, and compared one by one with the question.

A statement is encoded once. The search is exact: no index that could miss what lies near.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diptych.models.encoder import Encoder
    from diptych.store import Hit, Search, Store

__all__ = ["encode_statements", "search_by_meaning"]

#: Statements that are encoded and written at once.
AT_ONCE = 512


def encode_statements(store: Store, encoder: Encoder, notify: Callable[[int], None] | None = None) -> int:
    """Encode the statements that have no vector by ``encoder`` yet; return how many that were.

    ``notify`` is told after each handful how many are done. A run that is broken off goes on where it stopped.
    """
    import numpy as np

    done = 0
    while waiting := store.without_vectors(encoder.name, AT_ONCE):
        rows = encoder.encode([quote for _, quote in waiting]).astype(np.float16)
        numbers = [number for number, _ in waiting]
        store.put_vectors(encoder.name, [(number, row.tobytes()) for number, row in zip(numbers, rows, strict=True)])
        done += len(waiting)
        if notify is not None:
            notify(done)
    return done


def search_by_meaning(store: Store, wanted: Search, encoder: Encoder) -> list[Hit]:
    """The statements that mean most nearly what ``wanted.query`` says, among those that pass its filters.

    A hit's score is the cosine of the two vectors (-1 to 1).
    """
    import numpy as np

    (question,) = encoder.encode([wanted.query])
    best: list[tuple[float, int]] = []
    for numbers, packed in store.vectors(encoder.name, wanted):
        block = np.frombuffer(packed, dtype=np.float16).reshape(len(numbers), -1).astype(np.float32)
        scores = block @ question
        top = np.argsort(-scores, kind="stable")[: wanted.limit]
        best = heapq.nlargest(wanted.limit, [*best, *((float(scores[at]), numbers[at]) for at in top)])
    return store.statement_hits([(number, score) for score, number in best])
