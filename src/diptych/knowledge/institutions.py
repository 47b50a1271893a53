"""Institutions, and how texts name them: "Seoul's Foreign Ministry", "Department of State", "the Quai d'Orsay"."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from diptych.knowledge.entries import Institution, InstitutionHit, StateHit
from diptych.knowledge.matcher import WORD, NameMatcher
from diptych.knowledge.states import StateTable
from diptych.knowledge.tables import Row, read_table

_OF = re.compile(r"(?:,)?\s+(?:of|for)\s+(?:the\s+)?|,\s+")
_GAP = re.compile(r"(?:['’]s?)?[\s-]+\Z")
_COMMON = re.compile(r"(?i)\b(?:ministry|department|office|forces|security council|central bank)\b")
_ID = re.compile(r"(?:[a-z]+|\*)(?:-[a-z0-9]+)+\Z")


class InstitutionTable:
    """Institutions by id, by country and kind, and by name."""

    def __init__(self, rows: tuple[Institution, ...], states: StateTable) -> None:
        self._states = states
        self.institutions = rows
        self._by_id = {row.id: row for row in rows if row.country}
        self._patterns = {row.kind: row for row in reversed(rows) if not row.country}
        self._by_kind: dict[tuple[str, str], Institution] = {}
        for row in rows:
            if row.country:
                self._by_kind.setdefault((row.country, row.kind), row)

    @cached_property
    def _matcher(self) -> NameMatcher[Institution]:
        names: list[tuple[str, Institution]] = []
        for row in self.institutions:
            bare = row.name.rpartition(", ")[0] if row.country else row.name
            names.extend((_lower_form(form), row) for form in (bare, *row.aliases))
        for state in self._states.states:
            for seat in state.seats:
                place = self._states.seat(seat)
                own = self.of_kind(*place) if place else None
                if own is not None:
                    names.append((seat, own))
        return NameMatcher(names)

    def of_kind(self, country: str, kind: str) -> Institution | None:
        """The country's institution of this kind (``foreign_ministry``): its own row, or made by pattern."""
        own = self._by_kind.get((country, kind))
        if own is not None:
            return own
        pattern = self._patterns.get(kind)
        if pattern is None or not self._states.knows(country):
            return None
        return _made(pattern, country)

    def find(self, text: str, country: str | None = None) -> Institution | None:
        """The institution that the words name; country words in them outweigh ``country``."""
        hits = self.hits(text, country)
        return hits[0].institution if hits else None

    def hits(self, text: str, country: str | None = None) -> tuple[InstitutionHit, ...]:
        """All institutions named in a text; a pattern ("Foreign Ministry") needs a country from text or caller."""
        words = list(WORD.finditer(text))
        places = self._states.hits(text)
        ends = {hit.end: hit for hit in places}
        starts = {hit.start: hit for hit in places}
        found: list[InstitutionHit] = []
        index = 0
        while index < len(words):
            at = self._matcher.at(text, words, index)
            if at is None:
                index += 1
                continue
            size, end, rows = at
            start = words[index].start()
            index += size
            start, end, named = _country_around(text, start, end, ends, starts)
            row = self._choose(rows, named, country)
            if row is not None:
                found.append(InstitutionHit(start=start, end=end, institution=row))
        return tuple(found)

    def _choose(self, rows: list[Institution], named: str | None, assumed: str | None) -> Institution | None:
        for code in (named, assumed):
            for row in rows:
                if code and row.country == code:
                    return row
        code = named or assumed
        general = next((row for row in rows if not row.country), None)
        if general is not None:
            return self.of_kind(code, general.kind) if code else None
        owners = {row.country for row in rows}
        return rows[0] if named is None and len(owners) == 1 else None


def _country_around(
    text: str, start: int, end: int, ends: dict[int, StateHit], starts: dict[int, StateHit]
) -> tuple[int, int, str | None]:
    """Country words before ("South Korean …") or after ("… of the Republic of Korea") an institution."""
    gap = _GAP.search(text[max(0, start - 4) : start])
    before = ends.get(start - len(gap.group())) if gap else None
    if before is not None:
        return before.start, end, before.country
    joint = _OF.match(text, end)
    after = starts.get(joint.end()) if joint else None
    if after is not None and after.form in ("name", "alias"):
        return start, after.end, after.country
    return start, end, None


def _made(pattern: Institution, country: str) -> Institution:
    return Institution(
        id=f"{country.lower()}{pattern.id[1:]}",
        country=country,
        kind=pattern.kind,
        name=f"{pattern.name}, {country}",
        aliases=pattern.aliases,
    )


def _lower_form(form: str) -> str:
    """Common names ("foreign ministry") are written with and without capitals, proper names only with them."""
    return form.lower() if _COMMON.search(form) else form


def load_institutions(root: Path, counts: dict[str, int], states: StateTable) -> InstitutionTable:
    """Read ``institutions.csv``; ids that begin with ``*-`` are patterns that hold for every state."""
    rows: list[Institution] = []
    seen: set[str] = set()
    for row in read_table(
        root / "institutions.csv", ("id", "kind", "name", "aliases"), minimum=counts.get("institutions.csv", 1)
    ):
        institution = _institution(row, states)
        if institution.id in seen:
            row.fail(f"the institution {institution.id} stands in the table twice")
        seen.add(institution.id)
        rows.append(institution)
    return InstitutionTable(tuple(rows), states)


def _institution(row: Row, states: StateTable) -> Institution:
    institution_id = row.need("id")
    if not _ID.match(institution_id):
        row.fail(f"'{institution_id}' is not an id like kor-foreign-ministry or *-foreign-ministry")
    prefix = institution_id.partition("-")[0].upper()
    if prefix == "*":
        return Institution(
            id=institution_id, country="", kind=row.need("kind"), name=row.need("name"), aliases=row.many("aliases")
        )
    if not states.knows(prefix):
        row.fail(f"'{prefix}' is neither a state of states.csv nor a bloc of blocs.csv")
    return Institution(
        id=institution_id,
        country=prefix,
        kind=row.need("kind"),
        name=f"{row.need('name')}, {prefix}",
        aliases=row.many("aliases"),
    )
