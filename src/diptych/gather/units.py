"""What one document tells of one contact, made ready to be held against other documents."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.gather.identity import Identities, Who, identities_of, sides_of

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.records import Contact, Telling

__all__ = ["Unit", "units_of"]

#: Days that a paper on a contact may come after it, where it does not say when the contact was.
_LATE = 2
#: Days ahead that a paper announces a contact for, where it gives no day.
_AHEAD = 10
_CLOCK = re.compile(r"\b(morning|noon|afternoon|evening|night)\b", re.IGNORECASE)
_ONCE_MORE = re.compile(
    r"\b(?:second|another|third|repeat) (?:tele|phone |telephone |video )*(?:call|conversation|round of talks)\b"
    r"|\b(?:again|once more) (?:today|that day)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """The tellings of one contact by one document (its own and those it reports), with what identifies it.

    ``first`` and ``last`` bound the days on which the contact can have been; ``stated`` tells that the text gave the
    day, ``vague`` that it gave a month only. ``core`` are the sides of which the text names somebody, where it does
    so for two or more, else all sides.
    """

    key: str
    tellings: tuple[Telling, ...]
    contact: Contact
    sides: dict[str, tuple[Who, ...]]
    core: frozenset[str]
    countries: frozenset[str]
    first: dt.date
    last: dt.date
    stated: bool
    vague: bool
    clock: frozenset[str]
    where: str | None

    @property
    def head(self) -> Telling:
        """The publisher's own telling, or the first of those it reports."""
        return self.tellings[0]

    @property
    def lead(self) -> bool:
        """Whether the document is about this contact."""
        return self.head.lead

    @property
    def day(self) -> dt.date:
        """The likeliest day: the one that the text gives, else that of publication."""
        published = self.head.published
        if not self.stated and published is not None and self.first <= published <= self.last:
            return published
        return self.first

    @property
    def record(self) -> bool:
        """Whether the document records what was said, under the day of the hour it was said or put out."""
        return self.head.kind in ("transcript", "press_conference")

    @property
    def reads_out_a_call(self) -> bool:
        """Whether this is what a government publishes once of a call: neither its announcement nor a briefing on it."""
        return self.lead and self.contact.kind == "phone_call" and self.head.kind == "readout" and not self.planned

    @property
    def planned(self) -> bool:
        """Whether the text tells of the contact as yet to come."""
        return self.contact.status in ("planned", "proposed")

    @property
    def founds(self) -> bool:
        """Whether the contact is worth a place of its own where no other document tells of it.

        What a text is about is; what the press mentions only when it says who, and on which day.
        """
        if self.lead:
            return bool(self.countries)
        named = sum(1 for country, people in self.sides.items() if country and any(who.known for who in people))
        reported = self.head.via is not None and self.stated and named >= 2
        return reported and not self.contact.background and self.contact.status != "proposed"


def units_of(tellings: Iterable[Telling], kb: Knowledge, apart: Collection[str] = ()) -> list[Unit]:
    """Return the units of ``tellings`` by day and key, without those that nothing dates.

    ``apart`` holds the ids of tellings that a person took away from others: each is a unit of its own.
    """
    together: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        key = f"{telling.document} {telling.contact.id}"
        together[f"{key} {telling.id}" if telling.id in apart else key].append(telling)
    identities = identities_of(kb)
    units = (_unit(key, together[key], identities, kb) for key in sorted(together))
    return sorted((unit for unit in units if unit is not None), key=lambda unit: (unit.first, unit.key))


def _unit(key: str, tellings: list[Telling], identities: Identities, kb: Knowledge) -> Unit | None:
    ordered = tuple(sorted({telling.id: telling for telling in tellings}.values(), key=_own_first))
    head = ordered[0]
    contact = head.contact
    days = _days(contact, head)
    if days is None:
        return None
    first, last, stated, vague = days
    sides = sides_of(identities.who(one, first) for one in contact.participants)
    countries = frozenset(country for country in sides if country)
    named = frozenset(country for country in countries if any(who.known for who in sides[country]))
    words = f"{head.title or ''} {contact.quote} {contact.date_quote or ''}"
    clock = {found.lower() for found in _CLOCK.findall(words)}
    if _ONCE_MORE.search(words):
        clock.add("once more")
    return Unit(
        key=key,
        tellings=ordered,
        contact=contact,
        sides=sides,
        core=named if len(named) >= 2 else countries,
        countries=countries,
        first=first,
        last=last,
        stated=stated,
        vague=vague,
        clock=frozenset(clock),
        where=_where(contact, countries, kb),
    )


def _where(contact: Contact, countries: frozenset[str], kb: Knowledge) -> str | None:
    """The state that the place is in; None where the place is only the name of a side, which may be no place at all."""
    found = kb.find_state(contact.place) if contact.place else None
    state = kb.state(found) if found else None
    named = state is not None and contact.place in (state.name, state.official, *state.aliases)
    return None if found in countries and named else found


def _own_first(telling: Telling) -> tuple[bool, str]:
    return telling.via is not None, telling.id


def _days(contact: Contact, telling: Telling) -> tuple[dt.date, dt.date, bool, bool] | None:
    """First and last day that the contact can have been on; whether the text states it; whether only the month."""
    date = contact.date
    if date is not None and contact.precision == "day":
        ends = [_day(part) for part in date.split("/")]
        if ends[0] is not None and ends[-1] is not None and ends[0] <= ends[-1]:
            return ends[0], ends[-1], True, False
        return None
    published = telling.published
    if date is not None and contact.precision == "month" and _day(f"{date[:7]}-01") is not None:
        year, month = int(date[:4]), int(date[5:7])
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        if telling.lead and published is not None and (published.year, published.month) == (year, month):
            return max(dt.date(year, month, 1), published - dt.timedelta(_AHEAD)), published, False, False
        return dt.date(year, month, 1), last, False, True
    if date is not None or published is None or contact.background:
        return None
    if contact.status in ("held", "ongoing", "cancelled", "disputed"):
        return published - dt.timedelta(_LATE), published, False, False
    if telling.lead:
        return published, published + dt.timedelta(_AHEAD), False, False
    return None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
