"""The contacts of an archive, gathered anew from all that its documents tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.store import Store

__all__ = ["regather"]


def regather(store: Store, kb: Knowledge | None = None) -> bool:
    """Gather the contacts where what they rest on has changed; say whether that was so.

    ``kb`` is the knowledge, loaded here where it is needed and not given.
    The result depends on the tellings, the corrections and the texts alone, not on the order in which they came in.
    """
    from diptych.gather import CopyCandidate, gather, near_copies

    if not store.needs_gathering():
        return False
    if kb is None:
        from diptych.knowledge import load

        kb = load()
    gathered = store.tellings_state()
    published = {document.id: document.published for document in store.documents()}
    candidates = (CopyCandidate(document, published.get(document), mark) for document, mark in store.signatures())
    copies = near_copies(candidates, lambda document: store.document(document).text)
    contacts = gather(store.tellings(), kb, corrections=store.corrections(), copies=copies)
    store.replace_contacts(contacts, gathered)
    return True
