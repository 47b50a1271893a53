"""One contact out of several tellings: the best one's fields, what the others add, and the sides that are silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from diptych.gather.identity import identities_of, same_people
from diptych.records import GatheredContact, HeldAccount, Participant, content_id

if TYPE_CHECKING:
    from diptych.gather.units import Unit
    from diptych.knowledge import Knowledge
    from diptych.records import ContactKind, ContactStatus, Correction, DatePrecision, DocumentKind

__all__ = ["merged"]

#: What became of a contact outweighs what was said before it.
_STATUS: tuple[ContactStatus, ...] = ("disputed", "held", "ongoing", "cancelled", "planned", "proposed")
#: Forms that say less than any other: what was a meeting has a press conference after it.
_GENERAL = frozenset({"press_conference", "other"})
#: Papers that are written to tell of a contact, before those that record what was said in it.
_TOLD: tuple[DocumentKind, ...] = ("readout", "joint_statement", "news", "other", "fact_sheet", "transcript")


def merged(
    units: Sequence[Unit], because: Iterable[str], corrections: Sequence[Correction], kb: Knowledge
) -> GatheredContact:
    """Return the contact that ``units`` tell of; ``because`` says why they were joined.

    The best telling is a participant's own account of what it is about, with the day stated, the most people named
    and the earliest published. Where no text gives the day, the day of publication stands in, and ``because`` says so.
    """
    ranked = sorted(units, key=_rank)
    best = ranked[0]
    kind = _kind(ranked)
    date, precision, dated = _date(ranked)
    participants = _participants(ranked, kb)
    accounts = _accounts(ranked)
    own = {account.side for account in accounts if account.via is None}
    sides = dict.fromkeys(one.country for one in participants if one.country)
    because = [*dict.fromkeys(because)]
    contact = GatheredContact(
        id=content_id("gathered", *min((str(account.published), account.telling) for account in accounts)),
        kind=kind,
        status=min((unit.contact.status for unit in ranked), key=_STATUS.index),
        date=date,
        precision=precision,
        place=next((unit.contact.place for unit in ranked if unit.contact.place and unit.lead), best.contact.place),
        participants=participants,
        accounts=accounts,
        because=tuple([*because, dated] if dated else because),
        silent=tuple(side for side in sides if side not in own),
    )
    return _corrected(contact, corrections)


def _rank(unit: Unit) -> tuple[object, ...]:
    head = unit.head
    named = sum(1 for people in unit.sides.values() for who in people if who.known)
    published = head.published.isoformat() if head.published else "9999"
    own = head.via is None and head.side in unit.countries
    paper = _TOLD.index(head.kind) if head.kind in _TOLD else len(_TOLD)
    return (
        not unit.lead,
        not own,
        unit.planned,
        len(unit.core) < 2,
        paper,
        not unit.stated,
        -named,
        published,
        unit.key,
    )


def _kind(ranked: Sequence[Unit]) -> ContactKind:
    """The best telling's form, unless it is a general one and another document's is not."""
    kinds = [unit.contact.kind for unit in ranked if unit.lead] or [ranked[0].contact.kind]
    if kinds[0] == "meeting" and "video_call" in kinds:
        return "video_call"
    return next((kind for kind in kinds if kind not in _GENERAL), kinds[0])


def _date(ranked: Sequence[Unit]) -> tuple[str | None, DatePrecision, str | None]:
    """The day that most texts state, the best one's where they are even; else the day of the first publication."""
    stated = [unit.contact.date for unit in ranked if unit.stated and not unit.planned] or [
        unit.contact.date for unit in ranked if unit.stated
    ]
    if stated:
        counts = Counter(stated)
        return max(counts, key=lambda date: (counts[date], -stated.index(date))), "day", None
    best = ranked[0]
    if best.vague:
        return best.contact.date, best.contact.precision, None
    if best.planned:
        return None, "unknown", "No text gives the day of what is announced."
    days = [unit.day for unit in ranked if unit.lead and not unit.vague and not unit.planned] or [best.day]
    return min(days).isoformat(), "day", "No text gives the day; the first day of publication stands in for it."


def _participants(ranked: Sequence[Unit], kb: Knowledge) -> tuple[Participant, ...]:
    """The best telling's participants, and those of its sides whom only another document names."""
    identities = identities_of(kb)
    best = ranked[0]
    out: list[Participant] = []
    for unit in [best, *(other for other in ranked[1:] if other.lead and other.countries <= best.countries)]:
        for one in unit.contact.participants:
            who = identities.who(one, best.first)
            mine = [other for other in out if other.country == who.country]
            if unit is not best and (not who.country or not who.known):
                continue
            if same_people([who], [identities.who(other, best.first) for other in mine]) == "same":
                continue
            if unit is not best and any(other.name for other in mine):
                continue
            out = [other for other in out if other.country != who.country or other.name] if who.known else out
            name = who.label if who.person else one.name
            country = one.country or who.country
            out.append(msgspec.structs.replace(one, name=name, country=country, side=one.side or country))
    return tuple(out)


def _accounts(ranked: Sequence[Unit]) -> tuple[HeldAccount, ...]:
    """The tellings as accounts: what sides publish themselves before what others report, the best of each first.

    What only mentions the contact in passing is no account of it where another document is about it.
    """
    about = [unit for unit in ranked if unit.lead] or ranked
    accounts = [
        HeldAccount(
            side=one.side,
            publisher=one.publisher,
            document=one.document,
            uri=one.uri,
            published=one.published,
            via=one.via,
            language=one.language,
            telling=one.id,
            title=one.title,
            lead=one.lead,
        )
        for unit in about
        for one in unit.tellings
    ]
    # The sort is stable: among a side's own accounts the best telling stays first.
    return tuple(sorted(accounts, key=lambda one: (one.via is not None, not one.lead)))


def _corrected(contact: GatheredContact, corrections: Sequence[Correction]) -> GatheredContact:
    """``contact`` with the fields that a person set on it; the last decision holds."""
    tellings = {account.telling for account in contact.accounts}
    for one in corrections:
        if one.kind != "set" or not tellings.intersection(one.tellings):
            continue
        if one.field in ("kind", "status", "date", "place"):
            note = f"A person set {one.field} to {one.value}."
            contact = msgspec.structs.replace(contact, because=(*contact.because, note), **{one.field: one.value})
        if one.field == "date":
            size = len((one.value or "").split("/")[0])
            precision = {10: "day", 7: "month", 4: "year"}.get(size, "unknown")
            contact = msgspec.structs.replace(contact, precision=precision)
    return contact
