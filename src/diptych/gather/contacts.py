"""Tellings of the same contact, from whatever side, gathered into one contact that says why."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from diptych.gather.match import Tie, clash, tie
from diptych.gather.merge import merged
from diptych.gather.units import Unit, units_of
from diptych.records import Correction, GatheredContact, Telling

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge

__all__ = ["gather"]

#: Pairs of countries of a contact of many that documents are held against each other by.
_PAIRS = 10
#: Longest stay that one document is looked up by, in days.
_LONGEST = 31
#: A weak tie counts only where no rival comes so near to it in score.
_RIVAL = 0.75


def gather(
    tellings: Iterable[Telling],
    kb: Knowledge,
    *,
    corrections: Iterable[Correction] = (),
    copies: Iterable[Collection[str]] = (),
) -> Iterator[GatheredContact]:
    """Yield the contacts that ``tellings`` tell of, by day and id.

    Two documents are joined when their participants, form, day and place agree, the surest pair first, and only when
    nothing in either group speaks against it: never because a third document resembles both. ``copies`` are the
    groups of :func:`~diptych.gather.near_copies` (ids of documents). ``corrections`` are applied in the order in
    which they were made, and win. The result depends on the sets of tellings, corrections and copies alone.
    """
    ordered = sorted(corrections, key=lambda one: (one.made_at, one.id))
    decided = _decided(ordered)
    apart = {one.tellings[0] for one in ordered if one.kind == "split" and one.tellings}
    units = units_of(tellings, kb, apart)
    groups = _grouped(units, decided, _copied(copies))
    contacts = (merged(group.units, group.because, ordered, kb) for group in groups if group.stands)
    yield from sorted(contacts, key=lambda one: (one.date or "", one.id))


@dataclass(slots=True)
class _Group:
    """Units that tell of one contact, and why; ``fixed``: a person joined some of them."""

    units: list[Unit]
    because: list[str] = field(default_factory=list)
    fixed: bool = False

    @property
    def stands(self) -> bool:
        return self.fixed or any(unit.founds for unit in self.units)


def _decided(corrections: Iterable[Correction]) -> dict[frozenset[str], bool]:
    """What a person decided of each two tellings: True together, False apart; the last decision holds."""
    decided: dict[frozenset[str], bool] = {}
    for one in corrections:
        if one.kind == "join":
            decided.update({frozenset(pair): True for pair in itertools.combinations(sorted(set(one.tellings)), 2)})
        elif one.kind == "split" and one.tellings:
            decided.update({frozenset((one.tellings[0], other)): False for other in one.tellings[1:]})
    return {pair: together for pair, together in decided.items() if len(pair) == 2}


def _copied(copies: Iterable[Collection[str]]) -> dict[str, int]:
    """The number of the group of copies that a document is in."""
    ordered = sorted(tuple(sorted(group)) for group in copies)
    return {document: number for number, group in enumerate(ordered) for document in group}


def _grouped(units: list[Unit], decided: Mapping[frozenset[str], bool], copied: Mapping[str, int]) -> list[_Group]:
    """The units in groups: the surest ties first, then weak ones that have no rival, then what a person joined."""
    group_of = [_Group([unit]) for unit in units]
    at = {telling.id: number for number, unit in enumerate(units) for telling in unit.tellings}
    number_of = {unit.key: number for number, unit in enumerate(units)}

    def join(one: int, other: int, because: str, *, fixed: bool = False) -> None:
        ours, theirs = group_of[one], group_of[other]
        if ours is not theirs:
            ours.units += theirs.units
            ours.because += theirs.because
            ours.fixed |= theirs.fixed
            for unit in theirs.units:
                group_of[number_of[unit.key]] = ours
        ours.because.append(because)
        ours.fixed |= fixed

    def rank(pair: _Pair) -> tuple[bool, float, str, str]:
        # What documents are about is settled first: a mention may have taken the place of its own document's lead.
        one, other = units[pair.a], units[pair.b]
        return not (one.lead and other.lead), -pair.tie.score, one.key, other.key

    ties = sorted(_ties(units, copied), key=rank)
    ties_of: defaultdict[int, list[_Pair]] = defaultdict(list)
    for pair_tied in ties:
        ties_of[pair_tied.a].append(pair_tied)
        ties_of[pair_tied.b].append(pair_tied)
    for weak in (False, True):
        for pair_tied in ties:
            ours, theirs = group_of[pair_tied.a], group_of[pair_tied.b]
            if pair_tied.tie.weak is not weak or ours is theirs or not _agree(ours, theirs, decided, copied):
                continue
            if weak and _rivalled(pair_tied, ties_of, group_of, decided, copied):
                continue
            join(pair_tied.a, pair_tied.b, pair_tied.tie.because)
    for pair in sorted(sorted(pair) for pair, together in decided.items() if together):
        if pair[0] in at and pair[1] in at and at[pair[0]] != at[pair[1]]:
            join(at[pair[0]], at[pair[1]], f"A person joined {pair[0]} and {pair[1]}.", fixed=True)
    return list({id(group): group for group in group_of}.values())


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two units, by number, and what ties them."""

    a: int
    b: int
    tie: Tie


def _agree(ours: _Group, theirs: _Group, decided: Mapping[frozenset[str], bool], copied: Mapping[str, int]) -> bool:
    """Whether nothing in one group speaks against anything in the other."""
    for one, other in itertools.product(ours.units, theirs.units):
        said = [decided.get(frozenset((a.id, b.id))) for a, b in itertools.product(one.tellings, other.tellings)]
        if False in said or clash(one, other, copied=_are_copies(one, other, copied)):
            return False
    return True


def _are_copies(one: Unit, other: Unit, copied: Mapping[str, int]) -> bool:
    group = copied.get(one.head.document)
    return group is not None and group == copied.get(other.head.document)


def _rivalled(
    pair: _Pair,
    ties_of: Mapping[int, list[_Pair]],
    group_of: list[_Group],
    decided: Mapping[frozenset[str], bool],
    copied: Mapping[str, int],
) -> bool:
    """Whether one of the two would fit a third group as well."""
    ours, theirs = group_of[pair.a], group_of[pair.b]
    for number in (pair.a, pair.b):
        mine = group_of[number]
        for rival in ties_of[number]:
            third = group_of[rival.b if rival.a == number else rival.a]
            if third is ours or third is theirs or rival.tie.score < pair.tie.score - _RIVAL:
                continue
            if _agree(mine, third, decided, copied):
                return True
    return False


def _ties(units: list[Unit], copied: Mapping[str, int]) -> Iterator[_Pair]:
    """All ties, found by day and countries so that only few units are held against each other."""
    blocks: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        last = min(unit.last, unit.first + dt.timedelta(_LONGEST))
        for one, other in _places(unit):
            for day in range(unit.first.toordinal() - 1, last.toordinal() + 2):
                blocks[one, other, day].append(number)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        if unit.head.document in copied:
            groups[copied[unit.head.document]].append(number)
    seen: set[tuple[int, int]] = set()
    for together in [*(groups[key] for key in sorted(groups)), *(blocks[key] for key in sorted(blocks))]:
        for a, b in itertools.combinations(together, 2):
            if (a, b) in seen:
                continue
            seen.add((a, b))
            found = tie(units[a], units[b], copied=_are_copies(units[a], units[b], copied))
            if found is not None:
                yield _Pair(a, b, found)


def _places(unit: Unit) -> Iterable[tuple[str, str]]:
    """The pairs of sides under which a unit is looked up; one side alone is paired with none."""
    countries = sorted(unit.countries)
    if len(countries) == 1:
        return [(countries[0], "")]
    pairs = list(itertools.combinations(countries, 2))
    return pairs if len(pairs) <= _PAIRS else pairs[:_PAIRS]
