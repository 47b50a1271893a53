"""The versions of a publication: what stood at an address when, and what changed from one to the next."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.archive.ids import looks_like_id
from diptych.gather import changes
from diptych.records import Change

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.store import Store, Version

__all__ = ["Revision", "history"]


@dataclass(frozen=True)
class Revision:
    """One state of a page and what changed since the one before; of the first state nothing did.

    ``redated``: the day of publication that the page gave before and gives now, where it changed that. ``retitled``:
    the same of its title. ``changes`` lie in this state's text.
    """

    version: Version
    first: bool
    changes: tuple[Change, ...] = ()
    redated: tuple[dt.date | None, dt.date | None] | None = None
    retitled: tuple[str | None, str | None] | None = None

    @property
    def substance(self) -> tuple[Change, ...]:
        """The changes of what is told: a number, an act, a dropped word."""
        return tuple(change for change in self.changes if change.substance is not None)


def history(store: Store, named: str, kb: Knowledge) -> list[Revision]:
    """Return what stood at an address, or at each address of a document, by address and time.

    ``named`` is an address or the id of a document. Raises :class:`~diptych.errors.UnknownId`.
    """
    if looks_like_id(named):
        named = store.document(named if "-" in named else f"doc-{named}").id
    found: list[Revision] = []
    for _, group in itertools.groupby(store.versions(named), key=lambda version: version.uri):
        states = list(group)
        found.append(Revision(states[0], first=True))
        for before, after in itertools.pairwise(states):
            old, new = store.document(before.document), store.document(after.document)
            found.append(
                Revision(
                    after,
                    first=False,
                    changes=changes(old.text, new.text, kb),
                    redated=(old.published, new.published) if old.published != new.published else None,
                    retitled=(old.title, new.title) if old.title != new.title else None,
                )
            )
    return found
