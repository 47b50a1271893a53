"""Who bears a title that a text gives to people without names: by the text, by the dated table, or nobody known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.offices import standard_office
from diptych.records import Actor, content_id

if TYPE_CHECKING:
    from diptych.annotate.countries import Countries
    from diptych.annotate.discourse import Discourse
    from diptych.annotate.titles import Title
    from diptych.annotate.words import Words
    from diptych.knowledge import Knowledge
    from diptych.records import Document

_SINGULAR = {
    "ministers": "minister",
    "presidents": "president",
    "secretaries": "secretary",
    "premiers": "premier",
    "chancellors": "chancellor",
    "ambassadors": "ambassador",
    "advisers": "adviser",
    "advisors": "advisor",
    "speakers": "speaker",
    "envoys": "envoy",
}
#: Words for people of any rank: whoever is in view is meant.
_ANYONE = frozenset(
    ("minister", "secretary", "leaders", "representatives", "diplomats", "heads", "chairs", "envoy", "top diplomats")
)


class Bearers:
    """The part of the second pass that finds bearers of titles; filled in by the resolver."""

    document: Document
    kb: Knowledge
    words: Words
    countries: Countries
    state: Discourse
    all_people: list[tuple[Actor, int]]

    def _bearers(self, title: Title) -> tuple[int, tuple[str, ...]] | None:
        """Read "the foreign ministers of X and Y": where the phrase ends and who they are, named or not."""
        if title.country is None or title.determiner in ("their", "his", "her"):
            return None
        lower = self.words.lower
        lands, at = [title.country], title.last
        while at + 1 < len(lower) and lower[at] in (",", "and", "&"):
            begin = at + 1 + (lower[at + 1] == "and")
            begin += lower[begin : begin + 1] == ("the",)
            place = self.countries.starting(begin)
            if place is None or place.kind == "demonym" or self.words.sentence[begin] != self.words.sentence[at]:
                break
            lands.append(place.country)
            at = place.last
        if len(lands) < 2:
            return None
        office = " ".join(_SINGULAR.get(x.lower(), x) for x in title.office.split())
        out: list[str] = []
        for land in lands:
            named = next((a for a, _ in self.all_people if a.country == land and self._bears(a, office)), None)
            actor = named or self._holder(office, land) or self._unnamed(office, land)
            self.state.meet(actor, self.words.sentence[title.first], title.first)
            out.append(actor.id)
        return at, tuple(dict.fromkeys(out))

    def _holder(self, office: str, land: str) -> Actor | None:
        """Return the one who held ``office`` in ``land`` on the day of the text, by the table."""
        known = self.kb.find_office(office, land)
        if known is None or self.document.published is None:
            return None
        holders = self.kb.holders(known.id, land, self.document.published)
        if len(holders) != 1:
            return None
        return Actor(
            id=content_id("actor", "person", holders[0].person, land),
            kind="person",
            name=holders[0].person,
            country=land,
            office=known.title,
            office_from="text",
        )

    def _of_the_two(self, title: Title) -> bool:
        """Whether "foreign ministers" are those "of the two countries"."""
        near = self.words.lower[title.last : title.last + 4]
        return near[:1] in (("of",), ("from",)) and bool({"two", "both", "three"} & set(near))

    def _others_of(self, title: Title, people: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return unnamed bearers of a title for the states of the pair, None where the people in view may bear it."""
        office = " ".join(_SINGULAR.get(w.lower(), w) for w in title.office.split())
        if office.lower() in _ANYONE or office.lower().startswith("heads "):
            return None
        known = [self.state.actors[a] for a in people if a in self.state.actors]
        if not known or any(self._bears(a, office) for a in known):
            return None
        lands = list(dict.fromkeys(a.country for a in known))
        if len(lands) < 2:
            lands = [self.state.actors[s].country for s in self.state.states]
        out: list[str] = []
        for land in dict.fromkeys(lands):
            holders = [a for a, _ in self.all_people if land and a.country == land and self._bears(a, office)]
            actor = holders[0] if holders else self._unnamed(office, land)
            self.state.actors.setdefault(actor.id, actor)
            out.append(actor.id)
        return tuple(out) if len(out) > 1 else ()

    def _bears(self, actor: Actor, office: str) -> bool:
        """Whether someone holds ``office`` as a text words it, or the one of the same rank in another state."""
        if actor.office is None:
            return False
        one, other = self.kb.find_office(office, actor.country), self.kb.find_office(actor.office, actor.country)
        if one is not None and other is not None and (one.id == other.id or (one.rank and one.rank == other.rank)):
            return True
        small = ("of", "for", "the", "and", "affairs")
        said = {w for w in office.lower().split() if w not in small}
        return said <= {w for w in actor.office.lower().split() if w not in small}

    def _unnamed(self, office: str, land: str | None) -> Actor:
        shown = standard_office(office, land, self.kb)
        name = f"{shown}, {land} (unnamed)" if land else f"{shown} (unnamed)"
        return Actor(
            id=content_id("actor", "unnamed", name),
            kind="unnamed",
            name=name,
            country=land,
            office=shown,
            office_from="text",
        )
