"""Persons as an archive knows them: what is one person's is told in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diptych.store import KnownPerson

__all__ = ["as_one"]


def as_one(people: Sequence[KnownPerson]) -> list[KnownPerson]:
    """Join the rows of one person in one office, those in most documents first.

    Where a text does not tell a person's state, it is the one that all other texts with the name tell; where those
    tell several, or none, it stays open.
    """
    states: dict[str, set[str]] = {}
    for person in people:
        if person.country:
            states.setdefault(person.name, set()).add(person.country)
    groups: dict[tuple[str, str | None, str | None], list[KnownPerson]] = {}
    for person in people:
        told = states.get(person.name, set())
        country = person.country or (next(iter(told)) if len(told) == 1 else None)
        groups.setdefault((person.name, country, person.office), []).append(person)
    joined = [_joined(group, country) for (_, country, _), group in groups.items()]
    return sorted(joined, key=lambda one: (-one.documents, one.name, one.country or "", one.office or ""))


def _joined(group: Sequence[KnownPerson], country: str | None) -> KnownPerson:
    return replace(
        group[0],
        country=country,
        office_from="text" if any(one.office_from == "text" for one in group) else group[0].office_from,
        document_ids=frozenset().union(*(one.document_ids for one in group)),
        first=min(_days(one.first for one in group), default=None),
        last=max(_days(one.last for one in group), default=None),
    )


def _days(days: Iterable[dt.date | None]) -> list[dt.date]:
    return [day for day in days if day is not None]
