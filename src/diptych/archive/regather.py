"""The contacts of an archive, gathered anew from all that its documents tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.store import Store

__all__ = ["regather"]

#: How often contacts are gathered again at once where others put in more meanwhile; then it is left to the next call.
_TRIES = 3


def regather(store: Store, kb: Knowledge | None = None) -> bool:
    """Gather the contacts where what they rest on has changed; say whether that was so.

    ``kb`` is the knowledge, loaded here where it is needed and not given.
    The result depends on the tellings, the corrections and the texts alone, not on the order in which they came in.
    """
    if not store.needs_gathering():
        return False
    if kb is None:
        from diptych.knowledge import load

        kb = load()
    for _ in range(_TRIES):
        _gather(store, kb)
        if not store.needs_gathering():  # another process may have put in more meanwhile
            break
    return True


def _gather(store: Store, kb: Knowledge) -> None:
    from diptych.gather import CopyCandidate, gather, near_copies

    state = store.tellings_state()
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
