"""Offices by id: a country's own, the patterns that hold for every state, their deputies and ambassadors."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from diptych.knowledge.states import StateTable
from diptych.knowledge.tables import Row, read_table
from diptych.records import Office

_SLUG = re.compile(r"[a-z]+(?:-[a-z0-9]+)+\Z|\*(?:-[a-z0-9]+)+\Z")


class Modifier(msgspec.Struct, frozen=True, kw_only=True):
    """A word before or after a title that changes its standing."""

    standing: str
    title: str
    slug: str

    def of(self, office: Office) -> Office:
        """The office with this modifier: its deputy's, or the same as former, acting, elect."""
        if self.standing == "deputy":
            prefix, _, slug = office.id.partition("-")
            return Office(
                id=f"{prefix}-{self.slug}-{slug}",
                title=f"{self.title} {office.title}",
                country=office.country,
                rank=f"deputy_{office.rank}",
            )
        if self.standing == "elect" and self.title != "Incoming":
            return msgspec.structs.replace(office, title=f"{office.title}-{self.title}")
        return msgspec.structs.replace(office, title=f"{self.title} {office.title}".strip())


class OfficeTable:
    """Offices by id, and what is known of the wording of titles."""

    def __init__(
        self,
        offices: tuple[Office, ...],
        as_written: frozenset[str],
        replaced: dict[str, str],
        modifiers: tuple[tuple[str, str, Modifier], ...],
        portfolio: frozenset[str],
        states: StateTable,
    ) -> None:
        self.offices = offices
        self.states = states
        self.as_written = as_written
        self.portfolio = portfolio
        self.before = {words: modifier for words, place, modifier in modifiers if place == "before"}
        self.after = {words: modifier for words, place, modifier in modifiers if place == "after"}
        self._by_id = {office.id: office for office in offices if office.country}
        self._by_slug = {office.id[2:]: office for office in offices if not office.country}
        self._replaced = replaced

    def office(self, office_id: str) -> Office | None:
        """The office with this id; a pattern such as ``<iso3>-prime-minister`` holds for every state."""
        office_id = self._replaced.get(office_id, office_id)
        known = self._by_id.get(office_id)
        if known is not None:
            return known
        prefix, _, slug = office_id.partition("-")
        country = prefix.upper()
        pattern = self._by_slug.get(slug)
        if not self.states.knows(country):
            return None
        if pattern is not None:
            return msgspec.structs.replace(pattern, id=office_id, country=country)
        return self._ambassador(country, slug) or self._deputy(country, slug)

    def _ambassador(self, country: str, slug: str) -> Office | None:
        host = slug.removeprefix("ambassador-to-").upper()
        pattern = self._by_slug.get("ambassador")
        if pattern is None or not slug.startswith("ambassador-to-") or not self.states.knows(host):
            return None
        title = f"{pattern.title} to {self.states.label(host)}"
        return Office(id=f"{country.lower()}-{slug}", title=title, country=country, rank=pattern.rank)

    def _deputy(self, country: str, slug: str) -> Office | None:
        for modifier in self.before.values():
            if modifier.slug and slug.startswith(modifier.slug + "-"):
                base = self.office(f"{country.lower()}-{slug[len(modifier.slug) + 1 :]}")
                if base is not None:
                    return modifier.of(base)
        return None


def load_offices(root: Path, counts: dict[str, int], states: StateTable) -> OfficeTable:
    """Read the tables of offices; ``replaces`` makes pattern ids lead to a country's own office."""
    offices: list[Office] = []
    seen: set[str] = set()
    as_written: set[str] = set()
    replaced: dict[str, str] = {}
    owners: dict[tuple[str | None, str], str] = {}
    columns = ("id", "title", "rank", "forms", "replaces", "wording")
    for row in read_table(root / "offices.csv", columns, minimum=counts.get("offices.csv", 1)):
        office = _office(row, states)
        if office.id in seen:
            row.fail(f"the office {office.id} stands in the table twice")
        if row.get("wording") not in ("", "text"):
            row.fail(f"wording is text or empty, not '{row.get('wording')}'")
        seen.add(office.id)
        for form in {office.title.lower(), *(form.lower() for form in office.forms)}:
            if owners.setdefault((office.country, form), office.id) != office.id:
                row.fail(f"'{form}' is a title of {owners[office.country, form]} too")
        offices.append(office)
        if row.get("wording"):
            as_written.add(office.id)
        prefix = office.id.partition("-")[0]
        for other in row.get("replaces").split():
            key = f"{prefix}-{other}"
            if key != office.id:
                replaced.setdefault(key, office.id)
    portfolio = frozenset(
        row.need("word")
        for row in read_table(root / "portfolio_words.csv", ("word",), minimum=counts.get("portfolio_words.csv", 1))
    )
    return OfficeTable(
        tuple(offices), frozenset(as_written), replaced, _load_modifiers(root, counts), portfolio, states
    )


def _office(row: Row, states: StateTable) -> Office:
    office_id = row.need("id")
    if not _SLUG.match(office_id):
        row.fail(f"'{office_id}' is not an id like kor-prime-minister or *-prime-minister")
    prefix = office_id.partition("-")[0].upper()
    if prefix != "*" and not states.knows(prefix):
        row.fail(f"'{prefix}' is neither a state of states.csv nor a bloc of blocs.csv")
    return Office(
        id=office_id,
        title=row.need("title"),
        country=None if prefix == "*" else prefix,
        rank=row.need("rank"),
        forms=row.many("forms"),
    )


def _load_modifiers(root: Path, counts: dict[str, int]) -> tuple[tuple[str, str, Modifier], ...]:
    modifiers: list[tuple[str, str, Modifier]] = []
    columns = ("words", "place", "standing", "title", "slug")
    for row in read_table(root / "modifiers.csv", columns, minimum=counts.get("modifiers.csv", 1)):
        if row.need("place") not in ("before", "after"):
            row.fail(f"place is before or after, not '{row.get('place')}'")
        if row.get("standing") not in ("", "former", "acting", "elect", "deputy"):
            row.fail(f"'{row.get('standing')}' is no standing of an office")
        if row.get("standing") == "deputy" and not (row.get("title") and row.get("slug")):
            row.fail("a deputy needs a title and a slug")
        modifier = Modifier(standing=row.get("standing"), title=row.get("title"), slug=row.get("slug"))
        modifiers.append((row.need("words"), row.get("place"), modifier))
    return tuple(modifiers)
