"""What a contact takes from the text around it: the day of the talks, the second speaker, the pair of a readout."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from diptych.annotate.contact_merge import AHEAD, FAMILY, HELD, Candidate, people_of
from diptych.records import Participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diptych.annotate.scene import Scene
    from diptych.records import Document

_DAYS_LONG = re.compile(r"\b(?P<n>two|three|four|five|six|seven|\d{1,2})-day\b", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ROUND = re.compile(
    r"\b(?:next|\d+(?:st|nd|rd|th)|second|third|fourth|fifth) (?:[\w-]+ ){0,4}?"
    r"(?:round|session|meeting|consultations|dialogue|talks|summit)\b"
)
_JOINT = re.compile(r"\bjoint(?:ly)?\b", re.IGNORECASE)
#: How far into an official text its two parties are named, in sentences.
_OPENING = 5


def in_time(c: Candidate, published: dt.date | None, text: str) -> Candidate:
    """Return ``c`` with the status that its day tells: a day ahead is planned, a visit that lasts is ongoing."""
    if published is None or c.when is None or c.when.date is None or c.when.precision != "day":
        return c
    day = dt.date.fromisoformat(c.when.date[:10])
    if day > published and c.status in HELD:
        return replace(c, status="planned")
    long = _DAYS_LONG.search(text) if c.kind == "visit" and c.status == "held" else None
    if long is not None:
        count = _NUMBERS.get(long.group("n").lower()) or int(long.group("n"))
        if day <= published < day + dt.timedelta(days=count):
            return replace(c, status="ongoing")
    return c


def follow_talks(contacts: Sequence[Candidate], scene: Scene) -> list[Candidate]:
    """Give a news conference the day, and a joint one the other speaker, of the talks that it followed."""
    out: list[Candidate] = []
    for n, c in enumerate(contacts):
        mine = people_of(c, scene)
        if c.kind != "press_conference" or c.status not in HELD or not _JOINT.search(scene.words.text[c.start : c.end]):
            out.append(c)
            continue
        talks = [
            t
            for t in contacts[:n]
            if FAMILY[t.kind] == "meeting"
            and t.status in HELD
            and not t.background
            and len(people_of(t, scene)) == 2
            and mine <= people_of(t, scene)
        ]
        if len(talks) == 1 and mine:
            others = tuple(a for a in talks[0].actors if a in people_of(talks[0], scene) and a not in c.actors)
            c = replace(c, actors=(*c.actors, *others), when=c.when or talks[0].when)
        out.append(c)
    return out


def next_rounds(contacts: Sequence[Candidate], merged: Sequence[Candidate], scene: Scene) -> list[Candidate]:
    """Return ``contacts`` with the planned rounds between the two states in contact: "The next round will be held".

    Only where a text tells of one pair of states, and the round has a day, a month, a year or a place.
    """
    held = [c for c in contacts if c.status in HELD and not c.background]
    pairs = {
        frozenset(scene.actors[a].country for a in c.actors) for c in held if FAMILY[c.kind] in ("meeting", "call")
    }
    pair = next(iter(pairs)) if len(pairs) == 1 else frozenset()
    if len(pair) != 2 or None in pair:
        return list(contacts)
    people = tuple(Participant(name=None, country=land, side=land) for land in sorted(x for x in pair if x))
    out = list(contacts)
    for c in merged:
        said = scene.words.text[c.start : c.end].lower()
        if (
            c.status == "planned"
            and FAMILY[c.kind] == "meeting"
            and not c.actors
            and c.label is None
            and _ROUND.search(said)
            and (c.when is not None or c.place is not None)
            and not any(o.sentence == c.sentence and o.status in AHEAD for o in contacts)
        ):
            out.append(replace(c, unnamed=people, generic=False))
    return sorted(out, key=lambda c: c.sentence)


def parties_of_readout(merged: Sequence[Candidate], scene: Scene, document: Document) -> Candidate | None:
    """Return the contact of an official text that names its parties but never says that they met.

    The parties are the first two people of different states that the opening names together; what the text calls
    the contact ("the conversation") gives its kind where it is called anything.
    """
    if document.kind != "readout":
        return None
    words = scene.words
    for first, last in words.sentences[:_OPENING]:
        row: list[str] = []
        for k in dict.fromkeys(m for m in scene.people[first:last] if m >= 0):
            for actor in scene.mentions[k].actors:
                lands = [scene.actors[a].country for a in row]
                if actor not in row and (not row or scene.actors[actor].country not in lands):
                    row.append(actor)
        lands = [scene.actors[a].country for a in row]
        if len(row) < 2 or document.country not in lands[:2]:
            continue
        if not any(scene.actors[a].kind == "person" for a in row[:2]):
            continue
        shell = next(
            (
                c
                for c in merged
                if c.status not in AHEAD
                and set(c.actors) <= set(row[:2])
                and FAMILY[c.kind] in ("meeting", "call", "other")
                and not c.background
            ),
            None,
        )
        start, end = words.start[first], words.end[last - 1]
        if shell is not None:
            return replace(shell, actors=tuple(row[:2]), generic=False, background=False)
        return Candidate(
            kind="other",
            status="held",
            actors=tuple(row[:2]),
            label=None,
            when=None,
            place=None,
            sentence=words.sentence[first],
            start=start,
            end=end,
            generic=False,
        )
    return None
