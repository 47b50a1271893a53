"""Which contacts a document tells of, as accounts: what it is about, what it mentions, and whose account it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.records import Telling, content_id

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.records import Reading

__all__ = ["tellings_of"]


def tellings_of(reading: Reading, kb: Knowledge) -> tuple[Telling, ...]:
    """Return what ``reading`` tells of contacts between two sides, in the order of the text.

    ``side`` is the country of the publisher, with ``via`` None, for what a government tells itself. What it reports
    of the other side's account, and what the press reports of either, carries that side and ``via``, the reporter.
    """
    document = reading.document
    return tuple(
        Telling(
            id=content_id("telling", document.id, contact.id, document.country),
            document=document.id,
            uri=document.uri,
            publisher=document.publisher,
            side=document.country,
            published=document.published,
            language=document.language,
            kind=document.kind,
            title=document.title,
            contact=contact,
            lead=not contact.background,
        )
        for contact in reading.contacts
    )
