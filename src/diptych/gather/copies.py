"""Near-copies: the same page published twice, the wire story in ten papers.

MinHash over shingles of words proposes, the real overlap of the shingles decides. A group is a first text and what
copies *it*: a copy of a copy that no longer copies the first opens a group of its own, so nothing merges by chain.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CopyCandidate", "near_copies", "shingles", "signature"]

#: Words in a shingle: long enough that stock phrases of readouts do not make two readouts alike.
_SHINGLE = 5
#: Characters in a shingle of a script that writes no spaces between words.
_UNSPACED = 8
_HASHES = 128
_SEED = 42
#: Two hashes a band: a pair with a Jaccard of 0.3 is proposed with a probability over 0.99.
_BAND = 2
#: Share of equal hashes under which a proposed pair is not looked at.
_HOPELESS = 0.2
#: A text of fewer shingles says too little to be called a copy unless it is the same throughout.
_SHORT = 20

_WORD = re.compile(r"\w+")
_CJK = re.compile(r"[぀-ヿ㐀-鿿]")


@dataclass(frozen=True)
class CopyCandidate:
    """A document among which copies are looked for: its id, the day it was published, its :func:`signature`."""

    document: str
    published: dt.date | None
    signature: bytes


def shingles(text: str) -> frozenset[str]:
    """Return the runs of words of ``text`` (of characters where the script has no spaces), case and marks folded.

    A text shorter than one shingle is a single shingle; an empty one has none.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if len(_CJK.findall(folded)) * 4 > len(folded):
        units: Sequence[str] = "".join(_WORD.findall(folded))
        size, joint = _UNSPACED, ""
    else:
        units = _WORD.findall(folded)
        size, joint = _SHINGLE, " "
    if not units:
        return frozenset()
    if len(units) <= size:
        return frozenset({joint.join(units)})
    return frozenset(joint.join(units[at : at + size]) for at in range(len(units) - size + 1))


def signature(text: str) -> bytes:
    """Return the MinHash of ``text`` as bytes to be stored once a document; empty for a text without words."""
    from rensa import RMinHash

    found = shingles(text)
    if not found:
        return b""
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update(sorted(found))
    return b"".join(value.to_bytes(4, "little") for value in minhash.digest())


def near_copies(
    documents: Iterable[CopyCandidate],
    text_of: Callable[[str], str],
    *,
    jaccard: float = 0.7,
    containment: float = 0.9,
    within: int | None = 45,
) -> tuple[frozenset[str], ...]:
    """Return the groups of documents that are copies of one first text, each group with two members or more.

    ``text_of`` gives the text of a proposed document; only proposed ones are asked for. Two texts are copies when
    their shingles overlap by ``jaccard`` or more, or when the shorter stands in the longer by ``containment`` or
    more and makes up a third of it. ``within``: the most days between the two (None: any), since a sanction notice
    that is renewed each year in the same words is a new text. The result does not depend on the order of input.
    """
    ordered = sorted(
        (document for document in documents if document.signature),
        key=lambda one: (one.published or dt.date.max, one.document),
    )
    partners = _proposed(ordered)
    kept: dict[int, frozenset[str]] = {}

    def read(at: int) -> frozenset[str]:
        if at not in kept:
            if len(kept) > 2000:
                kept.clear()
            kept[at] = shingles(text_of(ordered[at].document))
        return kept[at]

    first_of: dict[int, int] = {}
    for at in range(len(ordered)):
        if at in first_of:
            continue
        for other in sorted(partners.get(at, ())):
            if other in first_of or other <= at or not _in_time(ordered[at], ordered[other], within):
                continue
            if _copies(read(at), read(other), jaccard, containment):
                first_of[at] = at
                first_of[other] = at
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for member, first in first_of.items():
        groups[first].add(ordered[member].document)
    return tuple(frozenset(groups[first]) for first in sorted(groups))


def _in_time(one: CopyCandidate, other: CopyCandidate, within: int | None) -> bool:
    if within is None or one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= within


def _copies(one: frozenset[str], other: frozenset[str], jaccard: float, containment: float) -> bool:
    if min(len(one), len(other)) < _SHORT:
        return one == other and len(one) > 1
    shared = len(one & other)
    short, long = sorted((len(one), len(other)))
    return shared >= jaccard * (short + long - shared) or (shared >= containment * short and short * 3 >= long)


def _proposed(documents: Sequence[CopyCandidate]) -> dict[int, set[int]]:
    """For each document the later ones whose signatures share a band and enough single hashes."""
    import numpy as np

    if not documents:
        return {}
    matrix: NDArray[np.uint32] = np.frombuffer(
        b"".join(document.signature for document in documents), dtype=np.uint32
    ).reshape(len(documents), -1)
    buckets: defaultdict[bytes, list[int]] = defaultdict(list)
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for band in range(0, matrix.shape[1], _BAND):
        buckets.clear()
        for at in range(len(documents)):
            buckets[matrix[at, band : band + _BAND].tobytes()].append(at)
        for members in buckets.values():
            for position, first in enumerate(members[:-1]):
                later = [other for other in members[position + 1 :] if other not in partners[first]]
                if later:
                    alike = (matrix[later] == matrix[first]).mean(axis=1)
                    partners[first].update(
                        other for other, share in zip(later, alike, strict=True) if share > _HOPELESS
                    )
    return partners
