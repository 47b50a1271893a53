"""Tellings of the same contact, from whatever side, gathered into one contact that says why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from diptych.records import Correction, GatheredContact, HeldAccount, Telling, content_id

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge

__all__ = ["gather"]


def gather(
    tellings: Iterable[Telling],
    kb: Knowledge,
    *,
    corrections: Iterable[Correction] = (),
    copies: Iterable[Collection[str]] = (),
) -> Iterator[GatheredContact]:
    """Yield the contacts that ``tellings`` tell of, by day and id.

    ``copies`` are the groups of :func:`~diptych.gather.near_copies` (ids of documents). The result depends on the
    sets of tellings, corrections and copies alone, not on their order.
    """
    for telling in sorted(tellings, key=lambda one: (str(one.contact.date or one.published), one.id)):
        contact = telling.contact
        yield GatheredContact(
            id=content_id("gathered", telling.id),
            kind=contact.kind,
            status=contact.status,
            date=contact.date,
            precision=contact.precision,
            place=contact.place,
            participants=contact.participants,
            accounts=(
                HeldAccount(
                    side=telling.side,
                    publisher=telling.publisher,
                    document=telling.document,
                    uri=telling.uri,
                    published=telling.published,
                    via=telling.via,
                    language=telling.language,
                    telling=telling.id,
                    title=telling.title,
                    lead=telling.lead,
                ),
            ),
        )
