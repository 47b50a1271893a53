"""Whose side a source without a state speaks for: by place, by whom it serves, by its office, by what it points to.

"A senior official in Karsk City", "the President's office", "the spokesperson", "the ministry".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diptych.knowledge import Knowledge
    from diptych.records import Actor, Contact, Statement

#: Nouns that point back to a source told of before, by the group that one of them may stand for.
_POINTING = (
    listed("ministry department office embassy mission delegation side government institution agency"),
    listed(
        "spokesperson spokesman spokeswoman official aide adviser advisor diplomat source envoy minister ambassador"
    ),
    listed("statement readout release communique communiqué announcement account text document note report summary"),
)
_ANAPHORS = listed("he she it they")
#: Offices of which each side of a contact has one holder at most.
_OFFICES = listed(
    "president presidential premier chancellor king queen sultan emir minister secretary foreign defence defense"
)
_SERVING = re.compile(
    r"\b(?:office|spokes\w+|aides?|advis[eo]rs?|(?:press|chief|private) \w+|palace|staff|team|entourage)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
#: How many statements back a pointing source may reach.
_REACH = 8


@dataclass(frozen=True)
class Sides:
    """What the text tells of its two sides: names of their people, and which side alone has a holder of an office."""

    names: dict[str, str]
    offices: dict[str, str]

    @classmethod
    def of(cls, actors: Sequence[Actor], contacts: Sequence[Contact], wanted: Sequence[str]) -> Sides:
        """Collect the people of each side from the actors and the participants of the contacts."""
        names: dict[str, str] = {}
        held: dict[str, set[str]] = {}
        people: list[tuple[str | None, str | None, str | None]]
        people = [(a.name, a.office, a.country) for a in actors if a.kind == "person"]
        people += [(p.name, p.office, p.country) for c in contacts for p in c.participants]
        for name, office, country in people:
            if country is None or (wanted and country not in wanted):
                continue
            for word in (name or "").lower().split()[-2:]:
                if len(word) > 2:
                    names[word] = country if names.get(word, country) == country else ""
            for word in re.findall(r"[a-z]+", (office or "").lower()):
                if word in _OFFICES:
                    held.setdefault(word, set()).add(country)
        offices = {word: next(iter(lands)) for word, lands in held.items() if len(lands) == 1}
        return cls({word: land for word, land in names.items() if land}, offices)


def affiliations(
    statements: Sequence[Statement],
    own: Sequence[tuple[str, ...]],
    sides: Sides,
    wanted: Sequence[str],
    kb: Knowledge,
) -> list[tuple[str, ...]]:
    """The sides of each statement's source: as known from its actors, or found by what its words say or point to."""
    found: list[tuple[str, ...]] = []
    for i, statement in enumerate(statements):
        if own[i] or statement.source is None:
            found.append(own[i])
            continue
        side = (
            _served(statement.source, sides)
            or _placed(statement.source, wanted, kb)
            or _in_office(statement.source, sides)
            or _pointed_at(statements, found, i)
        )
        found.append((side,) if side is not None else ())
    return found


def _served(source: str, sides: Sides) -> str | None:
    """ "Hrubec's office", "a spokesman for Reko"."""
    if _SERVING.search(source) is None:
        return None
    lands = {sides.names[w] for w in _bare(source) if w in sides.names}
    return lands.pop() if len(lands) == 1 else None


def _placed(source: str, wanted: Sequence[str], kb: Knowledge) -> str | None:
    """ "officials in Seoul", "a Karsk diplomat": the state that one of its words names."""
    words = [word.group() for word in _WORD.finditer(source)]
    lands = set()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            phrase = " ".join(words[at : at + size])
            if phrase[:1].isupper() and (code := kb.find_state(re.sub(r"['’]s$", "", phrase))) is not None:
                lands.add(code)
    lands &= set(wanted) if wanted else lands
    return lands.pop() if len(lands) == 1 else None


def _in_office(source: str, sides: Sides) -> str | None:
    """ "the President's office", where one side alone has a president."""
    lands = {sides.offices[w] for w in _bare(source) if w in sides.offices}
    return lands.pop() if len(lands) == 1 and source[:4].lower() in ("the ", "a pr", "its ", "his ", "her ") else None


def _pointed_at(statements: Sequence[Statement], found: Sequence[tuple[str, ...]], number: int) -> str | None:
    """ "the spokesperson", "the ministry", "it": the last source of that sort whose side is known."""
    words = _bare(statements[number].source or "")
    if not words:
        return None
    if len(words) == 1 and words[0] in _ANAPHORS:
        for back in range(number - 1, max(-1, number - 4), -1):
            if statements[back].parent is None and statements[back].source is not None:
                return found[back][0] if len(found[back]) == 1 else None
        return None
    if words[0] not in ("the", "this", "that", "another", "its"):
        return None
    head = _head(words)
    group = next((g for g in _POINTING if head in g), None)
    if group is None or len(words) > 4:
        return None
    near: str | None = None
    for back in range(number - 1, max(-1, number - _REACH - 1), -1):
        if statements[back].parent is not None or len(found[back]) != 1:
            continue
        named = _bare(statements[back].source or "")
        if head in named:
            return found[back][0]
        # "the spokesperson" after "the foreign ministry said" is that ministry's
        kin = group | _POINTING[0] if head.startswith("spokes") and number - back <= 6 else group
        if near is None and kin & set(named):
            near = found[back][0]
    return near


def _head(words: Sequence[str]) -> str:
    """The noun of "the foreign ministry", "the ministry in the capital"."""
    for at, word in enumerate(words):
        if word in ("of", "in", "at", "for", "from", "by"):
            return words[at - 1] if at else ""
    return words[-1]


def _bare(source: str) -> list[str]:
    return [re.sub(r"['’]s?$", "", word.lower()) for word in _WORD.findall(source)]
