"""The contacts of an archive, gathered anew from all that its documents tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.version import __version__

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.store import Store

__all__ = ["out_of_date", "regather"]

#: How often contacts are gathered again at once where others put in more meanwhile; then it is left to the next call.
_TRIES = 3


def regather(store: Store, kb: Knowledge | None = None) -> bool:
    """Gather the contacts where what they rest on has changed; say whether that was so.

    ``kb`` is the knowledge, loaded here where it is needed and not given.
    The result depends on the tellings, the corrections and the texts alone, not on the order in which they came in.
    """
    kb = kb or _known()
    if not out_of_date(store, kb):
        return False
    for _ in range(_TRIES):
        _gather(store, kb)
        if not out_of_date(store, kb):  # another process may have put in more meanwhile
            break
    return True


def out_of_date(store: Store, kb: Knowledge | None = None) -> bool:
    """Whether documents or corrections came in, or diptych or its knowledge changed, since contacts were gathered."""
    return store.needs_gathering(_made_with(kb or _known()))


def _known() -> Knowledge:
    from diptych.knowledge import load

    return load()


def _made_with(kb: Knowledge) -> str:
    return f"{__version__}+{kb.hash[:16]}"


def _gather(store: Store, kb: Knowledge) -> None:
    from diptych.gather import CopyCandidate, gather, near_copies

    state = store.tellings_state(_made_with(kb))
    tellings = list(store.tellings())
    published = {telling.document: telling.published for telling in tellings}
    candidates = (
        CopyCandidate(document, published[document], mark)
        for document, mark in store.signatures()
        if document in published
    )
    copies = near_copies(candidates, lambda document: store.document(document).text)
    # All of them before the first is written: who writes shuts out other writers.
    contacts = list(gather(tellings, kb, corrections=store.corrections(), copies=copies))
    store.replace_contacts(contacts, state)
