"""Who a participant is: one person under many spellings, an office by its day, a state where no more is told."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.records import Participant, Tenure

__all__ = ["Identities", "Who", "identities_of", "same_people", "sides_of"]

#: A person may be named by an office for so long before or after holding it (designate, "former", late tables).
_NEAR_TENURE = 400
#: Offices of these ranks one person holds at a time: two names of one office on one day are two spellings.
_SOLE = frozenset(
    {
        "defence_minister",
        "finance_minister",
        "foreign_minister",
        "foreign_policy_chief",
        "head_of_government",
        "head_of_state",
        "heir",
        "interior_minister",
        "monarch",
        "national_security_adviser",
        "secretary_general",
        "supreme_leader",
        "vice_president",
    }
)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*")
_DOUBLED = re.compile(r"(.)\1+")
#: Spellings that romanisations vary without changing the name.
_SOUNDS = (("kh", "h"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("dj", "j"), ("w", "v"))


@dataclass(frozen=True, slots=True)
class Who:
    """A participant as identity: ``person`` from the table of tenures where it knows the name, else the words of it.

    ``sole`` is an office that one person holds at a time. All three empty: a state or a group, nobody in particular.
    """

    country: str | None
    person: str | None = None
    words: frozenset[str] = frozenset()
    sole: str | None = None
    label: str = ""

    @property
    def known(self) -> bool:
        """Whether this says who it was, and not only of which side."""
        return bool(self.person or self.words or self.sole)


class Identities:
    """Resolves participants by the tables, remembering what it found: office-holders come again and again."""

    def __init__(self, kb: Knowledge) -> None:
        self._kb = kb
        self._found: dict[tuple[str | None, str | None, str | None, dt.date | None], Who] = {}
        self._office = functools.lru_cache(20_000)(kb.find_office)
        self._spellings = functools.lru_cache(20_000)(self._spelled)

    def who(self, participant: Participant, day: dt.date | None) -> Who:
        """Return who ``participant`` was on ``day``."""
        country = participant.country or participant.side
        key = (participant.name, participant.office, country, day)
        if key not in self._found:
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[key] = self._resolve(participant.name, participant.office, country, day)
        return self._found[key]

    def _resolve(self, name: str | None, office: str | None, country: str | None, day: dt.date | None) -> Who:
        post = self._office(office, country) if office else None
        if post is not None and post.country and country is None:
            country = post.country
        sole = None
        if post is not None and post.rank in _SOLE and country and not (office or "").lower().startswith("former"):
            sole = f"{country}:{post.rank}"
        if name and _NAME.search(name) and not self._names_a_state(name):
            tenure = self._tenure(name, country, post.id if post else None, day)
            if tenure is not None:
                person = f"{tenure.person}, {tenure.country}"
                words = self._spellings((tenure.person, *tenure.aliases)) | self._spellings((name,))
                return Who(country or tenure.country, person, words, sole, tenure.person)
            words = self._spellings((name,))
            if words:
                return Who(country, None, words, sole, name)
        if sole and post is not None and day is not None:
            holders = {tenure.person: tenure for tenure in self._kb.holders(post.id, country, day)}
            if len(holders) == 1:
                tenure = next(iter(holders.values()))
                return Who(
                    country,
                    f"{tenure.person}, {tenure.country}",
                    self._spellings((tenure.person, *tenure.aliases)),
                    sole,
                    tenure.person,
                )
        return Who(country, sole=sole, label=office or name or country or "")

    def _names_a_state(self, name: str) -> bool:
        return self._kb.find_state(name) is not None or self._kb.find_bloc(name) is not None

    def _tenure(self, name: str, country: str | None, office: str | None, day: dt.date | None) -> Tenure | None:
        """The tenure of the person meant; None where the tables leave a choice."""
        found = self._kb.find_person(name, day, country, office)
        persons = {(one.person, one.country) for one in found}
        if len(persons) > 1 and day is not None:
            near = [one for one in found if _days_off(one, day) == 0] or [
                one for one in found if _days_off(one, day) <= _NEAR_TENURE
            ]
            if office and (fits := [one for one in near if one.office == office]):
                near = fits
            persons = {(one.person, one.country) for one in near}
            found = tuple(near)
        if len(persons) != 1:
            return None
        single = len(self._kb.words_of_name(name)) == 1
        if single and (country is None or (day is not None and _days_off(found[0], day) > _NEAR_TENURE)):
            return None
        return found[0]

    def _spelled(self, names: tuple[str, ...]) -> frozenset[str]:
        return frozenset(_sound(word) for name in names for word in self._kb.words_of_name(name) if len(word) > 1)


@functools.lru_cache(maxsize=2)
def identities_of(kb: Knowledge) -> Identities:
    """Return the identities by ``kb``, with what was found for documents before."""
    return Identities(kb)


def _sound(word: str) -> str:
    """What romanisations of a name agree in: consonants, and the vowel a word begins with."""
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    bare = word[0] + re.sub(r"[aeiou]", "", word[1:])
    return _DOUBLED.sub(r"\1", bare) if len(bare) > 1 else _DOUBLED.sub(r"\1", word)


def _days_off(tenure: Tenure, day: dt.date) -> int:
    if day < tenure.start:
        return (tenure.start - day).days
    if tenure.end is not None and day > tenure.end:
        return (day - tenure.end).days
    return 0


def _same(one: Who, other: Who) -> bool:
    if one.person and other.person:
        return one.person == other.person
    if one.sole and one.sole == other.sole:
        return True
    shared = one.words & other.words
    if not shared:
        return False
    fewest = min(len(one.words), len(other.words))
    if one.person or other.person:
        # The words of a known person are those of all spellings: one more word that fits none is another person's.
        unknown = other if one.person else one
        return len(shared) >= min(2, len(unknown.words)) and len(unknown.words - shared) <= 1
    return len(shared) >= min(2, fewest) and any(len(word) > 1 for word in shared)


def same_people(one: Iterable[Who], other: Iterable[Who]) -> Literal["same", "unknown", "different"]:
    """Whether two tellings name the same people of one side; one person in common is enough.

    ``unknown``: one of them names nobody.
    """
    ours, theirs = [who for who in one if who.known], [who for who in other if who.known]
    if not ours or not theirs:
        return "unknown"
    return "same" if any(_same(a, b) for a in ours for b in theirs) else "different"


def sides_of(people: Iterable[Who]) -> dict[str, tuple[Who, ...]]:
    """The participants by country; those of none known are under ``""``."""
    sides: dict[str, list[Who]] = {}
    for who in people:
        sides.setdefault(who.country or "", []).append(who)
    return {country: tuple(sides[country]) for country in sorted(sides)}
