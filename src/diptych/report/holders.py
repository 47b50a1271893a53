"""Persons and offices of an archive as tables and as JSON (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from diptych.report.contract import encoded
from diptych.report.drawing import rendered

__all__ = ["offices_json", "offices_terminal", "people_json", "people_terminal", "proposals_json", "proposals_terminal"]

PEOPLE_SCHEMA = "diptych.people/1"
OFFICES_SCHEMA = "diptych.offices/1"
PROPOSALS_SCHEMA = "diptych.office-proposals/1"


class Seen(Protocol):
    """In how many documents, and the first and last day of publication."""

    @property
    def country(self) -> str | None: ...
    @property
    def office_from(self) -> str | None: ...
    @property
    def documents(self) -> int: ...
    @property
    def first(self) -> dt.date | None: ...
    @property
    def last(self) -> dt.date | None: ...


class Person(Seen, Protocol):
    """A person in an office, as documents name them."""

    @property
    def name(self) -> str: ...
    @property
    def office(self) -> str | None: ...


class Office(Seen, Protocol):
    """An office and who held it, as documents give it."""

    @property
    def title(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def conflict(self) -> str | None: ...


class Proposal(Protocol):
    """A holder that the dated table lacks or contradicts."""

    @property
    def verdict(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def texts(self) -> int: ...
    @property
    def first(self) -> dt.date: ...
    @property
    def last(self) -> dt.date: ...
    @property
    def holders(self) -> tuple[str, ...]: ...


def people_json(people: Sequence[Person]) -> bytes:
    """Persons with their offices, as one JSON object (schema ``diptych.people/1``)."""
    return encoded(
        {"schema": PEOPLE_SCHEMA, "people": [{"name": p.name, "office": p.office} | _seen(p) for p in people]}
    )


def people_terminal(people: Sequence[Person], width: int = 80, color: bool = False) -> str:
    """Persons with their offices, a row each."""
    rows = [(p.name, p.country or "", p.office or "", *_days(p)) for p in people]
    return _table(("Name", "State", "Office", "From", "To", "Documents"), rows, "person", width, color)


def offices_json(offices: Sequence[Office]) -> bytes:
    """Offices with their holders, as one JSON object (schema ``diptych.offices/1``)."""
    return encoded(
        {
            "schema": OFFICES_SCHEMA,
            "offices": [{"title": o.title, "person": o.person, "conflict": o.conflict} | _seen(o) for o in offices],
        }
    )


def offices_terminal(offices: Sequence[Office], width: int = 80, color: bool = False) -> str:
    """Offices with their holders, a row each; where the dated table says otherwise, that stands beside it."""
    rows = [
        (o.country or "", o.title, f"{o.person} (listed: {o.conflict})" if o.conflict else o.person, *_days(o))
        for o in offices
    ]
    return _table(("State", "Office", "Held by", "From", "To", "Documents"), rows, "office", width, color)


def proposals_json(proposals: Sequence[Proposal]) -> bytes:
    """Proposals for the table of office-holders, as one JSON object (schema ``diptych.office-proposals/1``)."""
    return encoded(
        {
            "schema": PROPOSALS_SCHEMA,
            "proposals": [
                {
                    "verdict": one.verdict,
                    "office": one.office,
                    "name": one.name,
                    "texts": one.texts,
                    "first": msgspec.to_builtins(one.first),
                    "last": msgspec.to_builtins(one.last),
                    "holders": list(one.holders),
                }
                for one in proposals
            ],
        }
    )


def proposals_terminal(proposals: Sequence[Proposal], width: int = 80, color: bool = False) -> str:
    """Proposals for the table of office-holders, a row each."""
    rows = [
        (one.verdict, one.office, one.name, ", ".join(one.holders), str(one.first), str(one.last), f"{one.texts:,}")
        for one in proposals
    ]
    names = ("The table", "Office", "By the texts", "By the table", "From", "To", "Texts")
    return _table(names, rows, "proposal", width, color)


def _seen(one: Seen) -> dict[str, Any]:
    return {
        "country": one.country,
        "office_from": one.office_from,
        "documents": one.documents,
        "first": msgspec.to_builtins(one.first),
        "last": msgspec.to_builtins(one.last),
    }


def _days(one: Seen) -> tuple[str, str, str]:
    return str(one.first or ""), str(one.last or ""), f"{one.documents:,}"


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], what: str, width: int, color: bool) -> str:
    if not rows:
        return f"No {what} in the archive answers to that.\n"
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for name in names:
        number = name in ("Documents", "Texts")
        table.add_column(name, justify="right" if number else "left", no_wrap=number or name in ("From", "To"))
    for row in rows:
        table.add_row(*row)
    parts: list[RenderableType] = [table, Text(), Text(f"{len(rows):,} shown", style="dim")]
    return rendered(Group(*parts), width, color)
