"""Whether two documents tell of the same contact: participants, form, day and place, and in which words to say so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.gather.identity import same_people

if TYPE_CHECKING:
    from diptych.gather.units import Unit
    from diptych.records import ContactKind

__all__ = ["Tie", "clash", "tie"]

_REMOTE = frozenset({"phone_call", "video_call"})
_PERSONAL = frozenset({"meeting", "visit", "summit", "trilateral", "multilateral", "press_conference"})
_MANY = frozenset({"summit", "trilateral", "multilateral"})
#: Forms that a text may also use of a contact by video.
_BY_VIDEO = frozenset({"meeting", "summit", "trilateral", "multilateral", "other"})
_FORM = {
    "phone_call": "a phone call",
    "video_call": "a video call",
    "meeting": "a meeting",
    "visit": "a visit",
    "summit": "a summit",
    "trilateral": "a meeting of three",
    "multilateral": "a meeting of several",
    "press_conference": "a press conference",
    "message": "a message",
    "other": "a contact",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """Two units that tell of one contact: how surely, and why. ``weak``: only where nothing else fits as well."""

    score: float
    weak: bool
    because: str


def clash(one: Unit, other: Unit, *, copied: bool = False) -> bool:
    """Whether two units cannot tell of one contact: another form, day, place, side or person.

    One document tells of a contact once, so two contacts of one document are two; and a government gives one account
    of a call, so two of its papers that are no near-copies of each other are on two calls.
    """
    if one.head.document == other.head.document:
        return True
    if _forms(one.contact.kind, other.contact.kind) is None or _hours_apart(one, other):
        return True
    # A text that was published again later tells of the same day.
    if _days(one, other) is None and not (copied and not (one.stated and other.stated)):
        return True
    if not copied and _own(one, other) and one.reads_out_a_call and other.reads_out_a_call:
        return True
    if one.where and other.where and one.where != other.where and not {one.contact.kind, other.contact.kind} & _REMOTE:
        return True
    return not _countries_fit(one, other) or any(
        same_people(one.sides[country], other.sides[country]) == "different"
        for country in one.countries & other.countries
    )


def tie(one: Unit, other: Unit, *, copied: bool = False) -> Tie | None:
    """Return what ties two units, None where they tell of different contacts or say too little to be sure.

    ``copied``: their documents are near-copies of each other.
    """
    if clash(one, other, copied=copied):
        return None
    form, days = _forms(one.contact.kind, other.contact.kind) or 0.0, _days(one, other) or 0.0
    same = [
        country
        for country in sorted(one.countries & other.countries)
        if same_people(one.sides[country], other.sides[country]) == "same"
    ]
    if not copied and not _enough(one, other, same):
        return None
    weak = len(same) < 2 or form < 0.5 or (form < 1 and days < 1)
    score = 3 * len(same) + form + days + (1 if one.lead and other.lead else 0) + (5 if copied else 0)
    if one.where and one.where == other.where:
        score += 1
    if one.core == other.core:
        score += 1
    return Tie(score, weak and not copied, _because(one, other, same, copied))


def _enough(one: Unit, other: Unit, same: list[str]) -> bool:
    """Whether enough participants agree; states alone are enough for what both documents are about."""
    shared = one.countries & other.countries
    if len(shared) < 2:
        unplaced = same_people(one.sides.get("", ()), other.sides.get("", ())) == "same"
        abroad = (
            one.contact.kind == other.contact.kind == "visit" and one.where is not None and one.where == other.where
        )
        return len(same) == 1 and (unplaced or abroad)
    if len(same) >= 2:
        return True
    if not (one.lead and other.lead):
        return False
    if _own(one, other):
        # Whoever publishes takes part in all its contacts: that alone ties no two of them.
        return bool(same) and same != [one.head.side]
    return bool(same) or one.countries == other.countries


def _countries_fit(one: Unit, other: Unit) -> bool:
    """Whether the sides are the same: a meeting of two inside one of three is another contact.

    Two governments that both spoke with a third, each without the other, tell of two contacts.
    """
    for ours, theirs in ((one, other), (other, one)):
        if ours.head.side in ours.core and ours.head.side not in theirs.countries and len(theirs.countries) > 1:
            return False
    if one.countries == other.countries or one.core == other.core:
        return True
    if one.core <= other.core <= one.countries or other.core <= one.core <= other.countries:
        return True
    if not {one.contact.kind, other.contact.kind} <= _MANY | {"meeting", "video_call", "phone_call", "other"}:
        return False
    shared = len(one.countries & other.countries)
    fewest = min(len(one.countries), len(other.countries))
    return fewest >= 3 and shared * 2 >= len(one.countries | other.countries)


def _forms(one: ContactKind, other: ContactKind) -> float | None:
    """How well two forms go together: 2 the same, 0 only if all else fits, None not at all."""
    if one == other:
        return 2
    both = {one, other}
    if "message" in both:
        return None
    if both <= _REMOTE:
        return 1.5
    if both <= _PERSONAL:
        return 1
    if "other" in both:
        return 0.5
    if "video_call" in both and both <= _BY_VIDEO | {"video_call"}:
        return 0.5
    if both == {"phone_call", "meeting"}:
        return 0
    return None


def _days(one: Unit, other: Unit) -> float | None:
    """How well the days go together: 2 the same day, None another day.

    Between two sides a day more or less is none: it is already tomorrow where the other one publishes.
    """
    own = _own(one, other)
    if one.vague or other.vague:
        return 0.0 if one.first <= other.last and other.first <= one.last and not (one.vague and other.vague) else None
    if one.stated and other.stated:
        gap = _gap(one.first, one.last, other.first, other.last)
        if gap > (0 if own else 1):
            return None
        return 2.0 if one.first == other.first else 1.0
    if one.stated or other.stated:
        stated, unstated = (one, other) if one.stated else (other, one)
        if unstated.planned:
            return 0.5 if _gap(stated.first, stated.last, unstated.first, unstated.last) == 0 else None
        published = unstated.day
        if stated.first <= published <= stated.last:
            return 2.0
        late = (published - stated.last).days
        if own:
            return 1.0 if abs(late) == 1 and unstated.record else None
        return 1.0 if late in (-1, 1) else (0.5 if late == 2 else None)
    if one.planned != other.planned:
        return 0.5 if _gap(one.first, one.last, other.first, other.last) == 0 else None
    gap = abs((one.day - other.day).days)
    if own:
        return 2.0 if gap == 0 else (0.5 if gap == 1 and one.record != other.record else None)
    return 2.0 if gap == 0 else (1.0 if gap == 1 else None)


def _own(one: Unit, other: Unit) -> bool:
    """Whether one government tells of both."""
    return one.head.side is not None and one.head.side == other.head.side


def _gap(first: dt.date, last: dt.date, other_first: dt.date, other_last: dt.date) -> int:
    """Days between two stretches of days; 0 where they meet."""
    return max(0, (other_first - last).days, (first - other_last).days)


def _hours_apart(one: Unit, other: Unit) -> bool:
    """Whether one side itself tells of two contacts of one day: one of the morning, one of the evening."""
    if not _own(one, other) or not (one.clock or other.clock):
        return False
    if ("once more" in one.clock) != ("once more" in other.clock):
        return True
    return bool(one.clock) and bool(other.clock) and not one.clock & other.clock


def _because(one: Unit, other: Unit, same: list[str], copied: bool) -> str:
    """The sentence that tells a reader why the two belong together."""
    names = []
    for country in sorted(one.countries & other.countries):
        label = next((who.label for who in one.sides[country] if who.known), None)
        names.append(f"{label} ({country})" if country in same and label else country)
    forms = _FORM[one.contact.kind]
    if other.contact.kind != one.contact.kind:
        forms = f"{forms}, the other of {_FORM[other.contact.kind]}"
        told = f"one tells of {forms}"
    else:
        told = f"both tell of {forms}"
    who = " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
    sentence = f"{_label(one)} and {_label(other)}: {told} of {who or 'the same people'}; {_when(one)}, {_when(other)}"
    return f"{sentence}; one text is a near-copy of the other." if copied else f"{sentence}."


def _label(unit: Unit) -> str:
    return f"{unit.head.publisher or unit.head.uri} ({unit.head.document})"


def _when(unit: Unit) -> str:
    if unit.stated:
        days = (
            unit.first.isoformat()
            if unit.first == unit.last
            else f"{unit.first.isoformat()} to {unit.last.isoformat()}"
        )
        return f"the day given is {days}"
    if unit.vague:
        return f"the month given is {unit.first.isoformat()[:7]}"
    return f"no day is given, published on {unit.head.published}"
