"""How much a source holds, before any of it is read."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence

from diptych.errors import DiptychError
from diptych.read.expand import expand
from diptych.read.files import path_of
from diptych.read.items import Skipped
from diptych.read.kinds import Kind, ending_of, kind_of
from diptych.read.limits import DEFAULT_LIMITS
from diptych.read.opened import open_file
from diptych.read.unpack import packing_of

__all__ = ["count_items", "holds_many"]

#: Endings of addresses that hold more than one document; what others hold is seen once they are fetched.
_MANY = frozenset({".gz", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".warc", ".rss", ".atom", ".opml", ".xml", ".json"})


def holds_many(source: str) -> bool:
    """Whether a source holds more than one document: a folder, a table, an archive, a feed."""
    if _is_address(source):
        return ending_of(source) in _MANY or kind_of(b"", source) != "document"
    return source != "-" and _kind(source) != "document"


def count_items(
    sources: Sequence[str], limit: int | None = None, columns: Mapping[str, str] | None = None
) -> int | None:
    """How many items the sources hold, ``limit`` at most; None where only fetching them would tell."""
    total = 0
    for source in sources:
        if not holds_many(source):
            total += 1
        elif _is_address(source) or _kind(source) == "feed":
            return None
        else:
            items = (item for item in expand([source], columns=columns) if not isinstance(item, Skipped))
            total += sum(1 for _ in itertools.islice(items, None if limit is None else max(0, limit - total)))
    return total if limit is None else min(total, limit)


def _is_address(source: str) -> bool:
    return source.casefold().startswith(("http://", "https://"))


def _kind(source: str) -> Kind | None:
    """Return what a path holds, None for a folder; what cannot be opened is told once it is read."""
    try:
        path = path_of(source)
        if os.path.isdir(path):
            return None
        if not os.path.isfile(path):
            return "document"
        with open_file(path, source, DEFAULT_LIMITS, named=True) as opened:
            packing = packing_of(opened.head())
            opened = opened if packing is None else opened.unpack(packing)
            return kind_of(opened.head(), opened.name)
    except DiptychError:
        return "document"
