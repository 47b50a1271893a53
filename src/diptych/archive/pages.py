"""Which pages the archive has fetched before, so that only what may have changed is fetched again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from diptych.read import KnownPage

if TYPE_CHECKING:
    from diptych.store import Store

__all__ = ["known_pages"]


def known_pages(store: Store) -> Callable[[str], KnownPage | None]:
    """Return the question that :func:`diptych.read.expand` asks of every address."""

    def known(uri: str) -> KnownPage | None:
        last = next(iter(store.locations([uri])), None)
        return KnownPage(last.fetched_at, last.etag, last.last_modified) if last else None

    return known
