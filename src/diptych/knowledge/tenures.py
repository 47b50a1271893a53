"""Office-holders with dates, and the many ways in which texts spell their names."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cached_property
from pathlib import Path

import msgspec

from diptych.knowledge.offices import OfficeTable
from diptych.knowledge.states import StateTable
from diptych.knowledge.tables import read_table
from diptych.records import Tenure

_TOKEN = re.compile(r"[^\W\d_]+")


_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ʻ": "'", "ʼ": "'"}
)


class Spelling(msgspec.Struct, frozen=True):
    """What is known of the spelling of names."""

    folds: tuple[tuple[re.Pattern[str], str], ...]
    particles: frozenset[str]
    family_first: frozenset[str]
    suffixes: frozenset[str]
    honorifics: frozenset[str]


class TenureTable:
    """Tenures by person, office and country; the index of names is made when the first name is asked for."""

    def __init__(self, tenures: tuple[Tenure, ...], offices: OfficeTable, spelling: Spelling) -> None:
        self.tenures = tenures
        self._offices = offices
        self._spelling = spelling
        self._any_fold = re.compile("|".join(pattern.pattern for pattern, _ in spelling.folds))
        self._folded: dict[str, str] = {}

    @cached_property
    def _by_office(self) -> dict[str, list[Tenure]]:
        by_office: dict[str, list[Tenure]] = {}
        for tenure in self.tenures:
            by_office.setdefault(tenure.office, []).append(tenure)
        return by_office

    @cached_property
    def _persons(self) -> list[list[Tenure]]:
        """The tenures of each person together."""
        persons: dict[tuple[str, str], list[Tenure]] = {}
        for tenure in self.tenures:
            persons.setdefault((tenure.person, tenure.country), []).append(tenure)
        return list(persons.values())

    @cached_property
    def _by_name(self) -> dict[str, list[Tenure]]:
        by_name: dict[str, list[Tenure]] = {}
        for person in self._persons:
            for key in {key for name in _names(person) for key in self._keys(self._tokens(name))}:
                by_name.setdefault(key, []).extend(person)
        return by_name

    @cached_property
    def _by_family(self) -> dict[str, list[Tenure]]:
        by_family: dict[str, list[Tenure]] = {}
        for person in self._persons:
            family_first = person[0].country in self._spelling.family_first
            keys: set[str] = set()
            for position, name in enumerate(_names(person)):
                keys |= self._family_keys(self._tokens(name), position > 0, family_first)
            for key in keys:
                by_family.setdefault(key, []).extend(person)
        return by_family

    def _keys(self, tokens: tuple[str, ...]) -> set[str]:
        """The name as written, family name moved to the other end, without middle names and initials."""
        if not tokens:
            return set()
        long = tuple(token for token in tokens if len(token) > 1) or tokens
        keys = {"".join(tokens), "".join(long), "".join((*long[1:], long[0])), "".join((long[-1], *long[:-1]))}
        if len(long) > 2:
            keys.add(long[0] + long[-1])
        return keys

    def _family_keys(self, tokens: tuple[str, ...], alias: bool, family_first: bool) -> set[str]:
        """What may stand for the person alone: the family name, with and without its particles, a one-word alias."""
        if not tokens or (alias and len(tokens) == 1):
            return set(tokens)
        first = len(tokens) - 1
        while first > 1 and tokens[first - 1] in self._spelling.particles:
            first -= 1
        keys = {tokens[-1], "".join(tokens[first:])}
        if family_first:
            keys.add(tokens[0])
        return keys

    def words_of(self, name: str) -> tuple[str, ...]:
        """The words of a name as names are compared: small letters, no diacritics or honorifics, spellings folded."""
        return self._tokens(name)

    def _tokens(self, name: str) -> tuple[str, ...]:
        """The words of a name in small letters, without diacritics, possessives, "Jr." and "Dr"."""
        plain = name.replace("’", "'")
        if not plain.isascii():
            plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
            plain = "".join([letter for letter in plain if not unicodedata.combining(letter)])
        if "'" in plain:
            plain = re.sub(r"'(?:s\b)?", "", plain)
        tokens = []
        for token in _TOKEN.findall(plain.lower()):
            folded = self._folded.get(token)
            if folded is None:
                folded = token
                if self._any_fold.search(token):
                    for pattern, replacement in self._spelling.folds:
                        folded = pattern.sub(replacement, folded)
                self._folded[token] = folded
            tokens.append(folded)
        while len(tokens) > 1 and tokens[-1] in self._spelling.suffixes:
            tokens.pop()
        while len(tokens) > 1 and tokens[0] in self._spelling.honorifics:
            tokens.pop(0)
        return tuple(tokens)

    def holders(self, office_id: str, country: str | None, day: dt.date | None) -> tuple[Tenure, ...]:
        """Who held the office on the day; all who ever did without a day."""
        office = self._offices.office(office_id)
        rows = self._by_office.get(office.id if office else office_id, ())
        return tuple(
            tenure
            for tenure in rows
            if (country is None or tenure.country == country) and (day is None or held_on(tenure, day))
        )

    def tenures_of(self, name: str) -> tuple[Tenure, ...]:
        """All tenures of whoever may be meant by a full name, an alias or a family name alone."""
        tokens = self._tokens(name)
        if not tokens:
            return ()
        if len(tokens) > 1:
            full = [t for key in sorted(self._keys(tokens)) for t in self._by_name.get(key, ())]
            if full:
                return tuple(dict.fromkeys(full))
        joined = "".join(tokens)
        return tuple(dict.fromkeys([*self._by_name.get(joined, ()), *self._by_family.get(joined, ())]))

    def find_person(
        self,
        name: str,
        day: dt.date | None = None,
        country: str | None = None,
        office: str | None = None,
    ) -> tuple[Tenure, ...]:
        """Tenures that the name may mean, the likeliest first.

        Country and office (an id, or a rank such as ``foreign_minister``) leave only what fits them when anything
        does; with a day, tenures that cover it come first, then the nearest in time.
        """
        found = self.tenures_of(name)
        if country:
            found = tuple(tenure for tenure in found if tenure.country == country)
        if office and found:
            fitting = tuple(tenure for tenure in found if self._fits(tenure, office))
            found = fitting or found
        full = len(self._tokens(name)) > 1
        return tuple(sorted(found, key=lambda tenure: (_distance(tenure, day), full and -tenure.start.toordinal())))

    def _fits(self, tenure: Tenure, office: str) -> bool:
        if tenure.office == office:
            return True
        own = self._offices.office(tenure.office)
        asked = self._offices.office(office)
        if own is None:
            return False
        return own.rank == office or (asked is not None and asked.id == own.id)


def _names(person: list[Tenure]) -> list[str]:
    """The person's name and all aliases, the name first."""
    return list(dict.fromkeys([person[0].person, *(alias for tenure in person for alias in tenure.aliases)]))


def held_on(tenure: Tenure, day: dt.date) -> bool:
    """Whether the tenure covers the day; first and last day count."""
    return tenure.start <= day and (tenure.end is None or day <= tenure.end)


def _distance(tenure: Tenure, day: dt.date | None) -> int:
    """Days between the tenure and the day, 0 when it covers it; without a day, the latest first."""
    if day is None:
        return -(tenure.end or dt.date.max).toordinal()
    if day < tenure.start:
        return (tenure.start - day).days
    if tenure.end is not None and day > tenure.end:
        return (day - tenure.end).days
    return 0


def load_tenures(root: Path, counts: dict[str, int], states: StateTable, offices: OfficeTable) -> TenureTable:
    """Read ``tenures/*.csv`` and ``name_folds.csv``."""
    columns = ("person", "aliases", "country", "office", "start", "end", "source")
    tenures: list[Tenure] = []
    for path in sorted((root / "tenures").glob("*.csv")):
        for row in read_table(path, columns, minimum=counts.get(f"tenures/{path.name}", 1)):
            country = row.need("country")
            if not states.knows(country):
                row.fail(f"'{country}' is neither a state of states.csv nor a bloc of blocs.csv")
            office = offices.office(row.need("office"))
            if office is None:
                row.fail(f"'{row.get('office')}' is no office of offices.csv nor one of its patterns")
            if office.country != country:
                row.fail(f"the office {office.id} is not one of {country}")
            start = row.day("start")
            end = row.day("end") if row.get("end") else None
            if end is not None and end < start:
                row.fail(f"the tenure ends ({end}) before it starts ({start})")
            tenures.append(
                Tenure(
                    person=row.need("person"),
                    aliases=row.many("aliases"),
                    country=country,
                    office=office.id,
                    start=start,
                    end=end,
                    source=row.need("source"),
                )
            )
    return TenureTable(tuple(tenures), offices, _load_spelling(root, counts))


def _load_spelling(root: Path, counts: dict[str, int]) -> Spelling:
    folds = []
    columns = ("pattern", "replacement", "example")
    for row in read_table(root / "name_folds.csv", columns, minimum=counts.get("name_folds.csv", 1)):
        try:
            folds.append((re.compile(row.need("pattern")), row.get("replacement")))
        except re.error as error:
            row.fail(f"'{row.get('pattern')}' is no regular expression: {error}")
    words: dict[str, set[str]] = {role: set() for role in ("particle", "family_first", "suffix", "honorific")}
    fields = ("role", "value")
    for row in read_table(root / "name_words.csv", fields, minimum=counts.get("name_words.csv", 1)):
        if row.need("role") not in words:
            row.fail(f"'{row.get('role')}' is neither particle, family_first, suffix nor honorific")
        words[row.get("role")].add(row.need("value"))
    return Spelling(
        folds=tuple(folds),
        particles=frozenset(words["particle"]),
        family_first=frozenset(words["family_first"]),
        suffixes=frozenset(words["suffix"]),
        honorifics=frozenset(words["honorific"]),
    )
