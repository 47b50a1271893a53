"""The contact that two accounts have in common: the same people, the same day, put together from both texts."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from diptych.errors import DifferentContacts
from diptych.records import Contact, Participant, Reading

#: Kinds of contact that two accounts may name differently and still mean the same.
FAMILY = {
    "phone_call": "call",
    "video_call": "call",
    "meeting": "meeting",
    "visit": "meeting",
    "summit": "meeting",
    "trilateral": "meeting",
    "multilateral": "meeting",
}
#: How alike two spellings of a surname must be ("Zelensky", "Zelenskyy"); a ratio of difflib from 0 to 1.
ALIKE = 0.8


@dataclass(frozen=True)
class Common:
    """The contact both accounts tell of, and what a reader must know where they name it differently."""

    contact: Contact | None
    warnings: tuple[str, ...] = ()


def common_contact(a: Reading, b: Reading, label_a: str, label_b: str, anyway: bool = False) -> Common:
    """Find the contact that both readings tell of and put its facts together.

    What one text alone gives is taken from it; where the two give different days, places or callers, the fact is
    left open and a warning tells both. Raises :class:`~diptych.errors.DifferentContacts` when both texts name who
    took part and share nobody and not two states, unless ``anyway``.
    """
    ours, theirs = _tellable(a), _tellable(b)
    if not ours or not theirs:
        alone = (ours or theirs)[:1]
        return Common(alone[0] if alone else None)
    shared, one, other = max(
        ((_shared(one, other), one, other) for one in ours for other in theirs), key=lambda match: match[0]
    )
    warnings: list[str] = []
    if shared < 1.0 and _named(one) >= 2 and _named(other) >= 2 and not (_in_text(one, b) or _in_text(other, a)):
        told = f"{_people(one)} ({label_a}) and {_people(other)} ({label_b})"
        if not anyway:
            raise DifferentContacts(
                f"The two texts seem to tell of different contacts: {told}",
                "Give two accounts of one contact, or use --anyway to compare them all the same",
            )
        warnings.append(f"The two texts seem to tell of different contacts: {told}.")
    facts: dict[str, str | None] = {}
    callers = (_caller(one, other), _caller(other, one))
    for name, words, (first, second) in (
        ("date", "days", (one.date, other.date)),
        ("requested_by", "callers", callers),
    ):
        clash = bool(first and second and not (first.startswith(second) or second.startswith(first)))
        if clash and not (name == "requested_by" and _same_name(first or "", second or "")):
            warnings.append(f"The accounts name different {words}: {first} ({label_a}) and {second} ({label_b}).")
            facts[name] = None
        else:
            facts[name] = max((first, second), key=lambda value: len(value or ""))
    precision = one.precision if facts["date"] == one.date else other.precision
    merged = msgspec.structs.replace(
        one,
        kind=one.kind if one.kind != "other" else other.kind,
        date=facts["date"],
        precision=precision if facts["date"] else "unknown",
        requested_by=facts["requested_by"],
        place=one.place or other.place,
        duration=one.duration or other.duration,
        ordinal=one.ordinal or other.ordinal,
        format=one.format or other.format,
        participants=_join(one.participants, other.participants),
    )
    return Common(merged, tuple(warnings))


def _in_text(contact: Contact, reading: Reading) -> bool:
    """Whether another text at least names somebody who took part."""
    there = set(re.findall(r"\w+", reading.document.text))
    names = {word for person in contact.participants for word in re.findall(r"\w{4,}", person.name or "")}
    return bool(names & there)


def _caller(contact: Contact, other: Contact) -> str | None:
    """At whose request, where that names somebody: "the latter" and a bare title of office name nobody."""
    titles = {word for p in (*contact.participants, *other.participants) for word in _tokens(p.office or "")}
    named = {word.lower() for word in re.findall(r"\b[A-Z]\w+", contact.requested_by or "")}
    return contact.requested_by if named - titles else None


def _tellable(reading: Reading) -> list[Contact]:
    """Contacts that an account can be about: not background, and told of somebody."""
    return [c for c in reading.contacts if not c.background and c.participants and c.kind != "press_conference"]


def _shared(one: Contact, other: Contact) -> float:
    people = sum(any(same_person(p, q) for q in other.participants) for p in one.participants)
    lands = {p.country for p in one.participants} & {q.country for q in other.participants} - {None}
    alike = FAMILY.get(one.kind) == FAMILY.get(other.kind)
    same_day = bool(one.date and one.date == other.date)
    if not people and len(lands) < 2:
        return 0.0
    return 1.0 + people + 0.5 * len(lands) + 0.5 * alike + same_day + 0.2 * (one.status == other.status == "held")


def same_person(one: Participant, other: Participant) -> bool:
    """Whether two participants are one person: by surname in any spelling, or by office and country."""
    if one.name and other.name:
        return _same_name(one.name, other.name)
    return bool(one.office and one.office == other.office and one.country == other.country)


def _same_name(one: str, other: str) -> bool:
    first, second = _tokens(one), _tokens(other)
    if first & second:
        return True
    return any(
        len(x) > 3 and len(y) > 3 and difflib.SequenceMatcher(None, x, y).ratio() >= ALIKE
        for x in first
        for y in second
    )


def _tokens(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return {token for token in re.findall(r"[a-z]+", plain) if len(token) > 2}


def _join(one: Iterable[Participant], other: Iterable[Participant]) -> tuple[Participant, ...]:
    joined = list(one)
    for person in other:
        at = next((i for i, known in enumerate(joined) if same_person(known, person)), None)
        if at is None:
            joined.append(person)
            continue
        known = joined[at]
        joined[at] = msgspec.structs.replace(
            known,
            name=max((known.name, person.name), key=lambda name: len(name or "")),
            office=known.office or person.office,
            country=known.country or person.country,
            side=known.side or person.side,
            office_conflict=known.office_conflict or person.office_conflict,
        )
    named = {person.country for person in joined if person.name}
    return tuple(person for person in joined if person.name or person.country not in named)


def _named(contact: Contact) -> int:
    return sum(1 for person in contact.participants if person.name)


def _people(contact: Contact) -> str:
    return ", ".join(person.name or person.country or "?" for person in contact.participants)
