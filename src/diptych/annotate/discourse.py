"""Who is in a reader's mind at a place in a text: the state that references by description are resolved against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from diptych.records import Actor

_CHIEF = ("president", "prime minister", "premier", "king", "chancellor", "emir", "sultan")
_HEADS = {
    "leaders": _CHIEF,
    "presidents": ("president",),
    "ministers": ("minister", "secretary of state"),
    "premiers": ("prime minister", "premier"),
}


def speaks_for_another(actor: Actor) -> bool:
    """Whether someone's office is to speak for another: no side of a contact."""
    office = (actor.office or "").lower()
    return "spokes" in office or "press secretary" in office


@dataclass(slots=True)
class Discourse:
    """People and bodies met so far, latest last, and the pair whose contact is being told of.

    Private to one run over one text: it is filled from left to right and thrown away.
    """

    home: str | None
    people: list[Actor] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    by_sentence: dict[int, list[str]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    female: dict[str, bool] = field(default_factory=dict)
    pair: tuple[str, ...] = ()
    triple: tuple[str, ...] = ()
    pairs: list[tuple[str, ...]] = field(default_factory=list)
    states: tuple[str, ...] = ()
    together: tuple[int, str] | None = None
    body: dict[str, str] = field(default_factory=dict)
    thing: tuple[int, str] | None = None
    many: tuple[int, tuple[str, ...]] | None = None

    def meet(self, actor: Actor, sentence: int, at: int) -> None:
        """Note that ``actor`` is mentioned in ``sentence`` at word ``at``."""
        self.actors[actor.id] = actor
        self.seen[actor.id] = at
        if actor.kind in ("person", "unnamed"):
            row = self.by_sentence.setdefault(sentence, [])
            if actor.id not in row and actor.kind == "person":
                row.append(actor.id)
                self._pair(row)
        elif actor.kind == "state":
            last = self.together
            if last is not None and last[0] == sentence and last[1] != actor.id and not self.states:
                self.states = (last[1], actor.id)
            self.together = (sentence, actor.id)

    def _pair(self, row: Sequence[str]) -> None:
        if len(row) < 2:
            return
        lands: list[str | None] = []
        members: list[str] = []
        for actor_id in row:
            actor = self.actors[actor_id]
            land = actor.country
            if speaks_for_another(actor) or (land is None and actor.office is None and self.firm()):
                # whoever speaks for a side, or of whom nothing is known, is no side of the contact in view
                continue
            if land is None or land not in lands:
                members.append(actor_id)
                lands.append(land)
        if len(members) >= 2:
            self.pair = tuple(members[:2])
            self.pairs.append(self.pair)
            if len(members) >= 3:
                self.triple = tuple(members[:3])

    def firm(self) -> bool:
        """Whether the people of the pair are known to be of different states."""
        lands = [self.actors[a].country for a in self.pair if a in self.actors]
        return len(lands) > 1 and None not in lands and len(set(lands)) == len(lands)

    def sides(self, number: int | None) -> tuple[str, ...]:
        """Return whom "the sides" mean: people known to be of different states, else states, else people."""
        return self.states if self.states and number != 3 and not self.firm() else self.group(number)

    def group(self, number: int | None, noun: str = "") -> tuple[str, ...]:
        """Return the people whom "the two leaders" (2), "the three ministers" (3), "the sides" (None) mean."""
        if number == 2 and self.triple[:2] == self.pair and noun in _HEADS:
            # of three people "the two presidents" are those who are presidents
            fitting = [a for a in self.triple if any(w in (self.actors[a].office or "").lower() for w in _HEADS[noun])]
            if len(fitting) == 2:
                return tuple(fitting)
        if noun in _HEADS and number != 3 and self.pair and not any(self._heads(a, noun) for a in self.pair):
            # after two ministers "the leaders" are the two who were told of before them
            for pair in reversed(self.pairs):
                if all(self._heads(a, noun) for a in pair):
                    return pair
        if number == 3 and self.triple:
            return self.triple
        if number is None and self.triple and self.triple[:2] == self.pair:
            return self.triple
        return self.pair

    def _heads(self, actor_id: str, noun: str) -> bool:
        office = (self.actors[actor_id].office or "").lower() if actor_id in self.actors else ""
        return not office.startswith("vice ") and any(w in office for w in _HEADS[noun])

    def person(self, sentence: int, female: bool | None) -> str | None:
        """Return the person whom "he" or "she" means: the first named of this sentence, or of the ones before."""
        for back in range(4):
            for actor_id in self.by_sentence.get(sentence - back, ()):
                known = self.female.get(actor_id)
                if known is None or female is None or known == female:
                    return actor_id
        return None
