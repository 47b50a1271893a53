"""The second pass over mentions: descriptions and pronouns, resolved against what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.annotate.bearers import Bearers
from diptych.annotate.bodies import Body
from diptych.annotate.discourse import Discourse, speaks_for_another
from diptych.annotate.groups import Pointer
from diptych.annotate.references import matches_office
from diptych.annotate.sides import counterpart_office
from diptych.annotate.titles import Title
from diptych.records import Actor, Document, Mention, content_id

if TYPE_CHECKING:
    from diptych.annotate.actors import Person
    from diptych.annotate.countries import Countries
    from diptych.annotate.words import Words
    from diptych.knowledge import Knowledge
    from diptych.records import MentionForm


@dataclass(frozen=True, slots=True)
class Named:
    """A mention that is resolved already."""

    first: int
    last: int
    actor: Actor
    form: MentionForm
    rule: str


@dataclass(frozen=True, slots=True)
class Open:
    """A mention that the second pass resolves."""

    first: int
    last: int
    what: Title | Body | Pointer
    kind: Literal["title", "body", "pointer"]


def state_actor(country: str, kb: Knowledge) -> Actor:
    """Return the government of ``country`` as an actor; an organisation of states under its own name."""
    bloc = kb.bloc(country)
    if bloc is not None:
        return Actor(id=content_id("actor", "bloc", country), kind="bloc", name=bloc.name, country=country)
    return Actor(
        id=content_id("actor", "state", country), kind="state", name=f"Government of {country}", country=country
    )


class Resolver(Bearers):
    """The second pass: keeps what a reader remembers and resolves descriptions against it."""

    def __init__(
        self,
        document: Document,
        kb: Knowledge,
        words: Words,
        people: list[Person],
        actors: list[Actor],
        bodies: list[Body],
        told: frozenset[str],
        countries: Countries,
    ) -> None:
        self.document, self.kb, self.words, self.told = document, kb, words, told
        self.countries = countries
        self.bodies = bodies
        self.offices = {
            a.id: ([o for o in (a.office, *(o for _, o in p.offices)) if o], p.heads)
            for p, a in zip(people, actors, strict=True)
        }
        self.state = Discourse(home=document.country)
        for person, actor in zip(people, actors, strict=True):
            if person.female is not None:
                self.state.female[actor.id] = person.female
        self._foresee(people, actors)
        self.all_people = [(a, min(p.positions)) for p, a in zip(people, actors, strict=True) if p.positions]
        self.resolved: dict[int, Actor] = {}
        self.inside = 0

    def _foresee(self, people: list[Person], actors: list[Actor]) -> None:
        """Set the pair that a text which opens with "the two sides" must mean: the first that it names."""
        places = sorted(
            ((at, a) for p, a in zip(people, actors, strict=True) for at in p.positions), key=lambda row: row[0]
        )
        row: list[Actor] = []
        sentence = -1
        for at, actor in places:
            # places below zero are in the title of the document
            here = self.words.sentence[at] if at >= 0 else -2
            if here != sentence:
                sentence, row = here, []
            if speaks_for_another(actor):
                continue
            if actor not in row and all(actor.country is None or actor.country != a.country for a in row):
                row.append(actor)
            if len(row) == 2:
                self.state.pair = (row[0].id, row[1].id)
                for one in row:
                    self.state.actors.setdefault(one.id, one)
                return

    def everyone(self) -> list[Actor]:
        """Return all actors that were met, in order of id-free first meeting."""
        return list(self.state.actors.values())

    def _mention(self, first: int, last: int, form: MentionForm, actors: tuple[str, ...], rule: str) -> Mention:
        w = self.words
        start, end = w.start[first], w.end[last - 1]
        return Mention(start=start, end=end, quote=w.text[start:end], form=form, actors=actors, rule=rule)

    def named(self, item: Named) -> Mention:
        """Record a mention that was resolved in the first pass."""
        self.state.meet(item.actor, self.words.sentence[item.first], item.first)
        if item.actor.kind in ("state", "bloc"):
            self.state.thing = (self.words.sentence[item.first], item.actor.id)
        return self._mention(item.first, item.last, item.form, (item.actor.id,), item.rule)

    def resolve(self, item: Open) -> Mention | None:
        """Resolve a description; None where the words turn out to refer to nobody."""
        if isinstance(item.what, Title):
            return self._title(item.what)
        if isinstance(item.what, Body):
            return self._body(item.what)
        return self._pointer(item.what)

    def _title(self, title: Title) -> Mention | None:
        w = self.words
        first = title.first - 1 if title.determiner is not None else title.first
        if title.plural or title.determiner in ("both", "two"):
            return self._plural_title(title, first)
        if title.determiner in ("a", "an") and not w.capital[title.head]:
            return None
        sentence = w.sentence[title.first]
        if title.office.lower().startswith("counterpart"):
            return self._counterpart(title, first)
        fitting = [
            (a, at)
            for a, at in self.all_people
            if matches_office(title, *self.offices[a.id]) and (title.country is None or a.country == title.country)
        ]
        before = [a for a, at in fitting if a.id in self.state.seen] or [a for a, _ in fitting]
        rule = "title"
        if len(before) > 1:
            home = [a for a in before if a.country == self.state.home and self.state.home]
            if home and title.country is None:
                before, rule = home[:1], "title: of the publishing side"
            else:
                before = [max(before, key=lambda a: self.state.seen.get(a.id, -1))]
                rule = "title: the one named last"
        if before:
            actor = before[0]
        else:
            if not w.capital[title.head] and title.country is None:
                return None
            actor = self._office_holder(title)
            rule = "title: table of tenures" if actor.kind == "person" else "title: bearer not named"
        self.state.meet(actor, sentence, title.first)
        return self._mention(first, title.last, "title", (actor.id,), rule)

    def _office_holder(self, title: Title) -> Actor:
        """Return who held the office on the day of the text, or an unnamed bearer of it."""
        country = title.country
        office = self.kb.find_office(title.office, country)
        land = country
        if land is None and office is not None and office.country in self.told | {self.document.country}:
            land = office.country
        if land is not None and not title.office.lower().startswith("former"):
            holder = self._holder(title.office, land)
            if holder is not None:
                return holder
        if land is None and title.determiner == "the" and self.document.kind == "readout":
            # an official text calls its own President "the President"
            land = self.state.home
        return self._unnamed(title.office, land)

    def _counterpart(self, title: Title, first: int) -> Mention | None:
        row = self.state.by_sentence.get(self.words.sentence[title.first], [])
        subject = row[0] if row else self.state.person(self.words.sentence[title.first], None)
        others = [a for a in self.state.pair if a != subject]
        if subject is not None and subject not in self.state.pair:
            others = []
        if title.country is not None:
            others = [
                a.id
                for a, _ in self.all_people
                if a.country == title.country and a.id != subject and a.id in self.state.seen
            ][-1:] or [o for o in others if self.state.actors[o].country == title.country]
        if len(others) != 1 and title.country is None:
            return self._mention(first, title.last, "title", (), "counterpart: not named")
        if len(others) == 1:
            return self._mention(first, title.last, "title", (others[0],), "counterpart: the other of the pair")
        office = self.state.actors[subject].office if subject is not None else None
        if office is not None and subject is not None:
            office = counterpart_office(office, self.state.actors[subject].country, title.country, self.kb)
        shown = office or "Counterpart"
        name = f"{shown}, {title.country} (unnamed)"
        actor = Actor(
            id=content_id("actor", "unnamed", name),
            kind="unnamed",
            name=name,
            country=title.country,
            office=office,
            office_from=None,
        )
        self.state.meet(actor, self.words.sentence[title.first], title.first)
        return self._mention(first, title.last, "title", (actor.id,), "counterpart: not named")

    def _plural_title(self, title: Title, first: int) -> Mention | None:
        w = self.words
        number = None
        bearers = self._bearers(title)
        if bearers is not None:
            last, people = bearers
            return self._mention(first, last, "group", people, "bearers of one title in several states")
        if first and w.lower[first - 1] in ("two", "both", "three"):
            number = 3 if w.lower[first - 1] == "three" else 2
            first -= 1
            if first and w.lower[first - 1] in ("the", "these", "those"):
                first -= 1
        elif title.determiner in ("two", "both"):
            number = 2
            if first and w.lower[first - 1] in ("the", "these", "those"):
                first -= 1
        elif title.country is not None or (title.determiner is None and not self._of_the_two(title)):
            return None
        people = self.state.group(number, w.lower[title.head])
        rule = "the pair in contact" if people else "group: not resolved"
        unnamed = self._others_of(title, people)
        if unnamed is not None:
            people, rule = unnamed, "group: bearers not named"
        self.state.many = (title.first, people)
        return self._mention(first, title.last, "group", people, rule)

    def _body(self, body: Body) -> Mention | None:
        w = self.words
        sentence = w.sentence[body.first]
        if body.kind == "institution":
            country = body.country or self._land_of(body)
            name = f"{body.name}, {country}" if country else body.name
            actor = Actor(id=content_id("actor", "institution", name), kind="institution", name=name, country=country)
            self.state.body[body.noun] = actor.id
            self.resolved[body.first] = actor
            self.state.meet(actor, sentence, body.first)
            if body.first >= self.inside:
                self.state.thing = (sentence, actor.id)
            rule = "institution" if body.country else "institution: state from the text"
            return self._mention(body.first, body.last, "institution", (actor.id,), rule)
        owner = self.bodies[body.owner] if body.owner is not None else None
        held = None
        if owner is not None:
            if owner.first not in self.resolved:
                country = owner.country or self._land_of(owner)
                name = f"{owner.name}, {country}" if country else owner.name
                held = Actor(
                    id=content_id("actor", "institution", name), kind="institution", name=name, country=country
                )
                self.state.meet(held, sentence, owner.first)
            else:
                held = self.resolved[owner.first]
        if body.kind == "document":
            if held is None:
                known = self.state.body.get(body.name)
                if known is not None:
                    self.state.thing = (sentence, known)
                    return self._mention(body.first, body.last, "institution", (known,), "publication named before")
                return None
            name = f"{held.name} ({body.name})"
            actor = Actor(id=content_id("actor", "document", name), kind="document", name=name, country=held.country)
            self.state.body[body.name] = actor.id
            form: MentionForm = "institution"
            rule = "publication of an institution"
        else:
            label = body.name
            if held is None and body.last - body.first > 1 and w.lower[body.last - 1] in ("department", "ministry"):
                known = self.state.body.get(w.lower[body.last - 1])
                held = self.state.actors.get(known) if known else None
            noun = label.split()[-1].lower()
            adjective = " ".join(x for x in label.split() if x.lower() in ("senior", "high", "top", "u.s."))
            prefix = f"{adjective} {noun}".strip() if adjective.lower() not in ("",) else noun
            name = (
                f"{prefix} of the {held.name} (unnamed)"
                if held is not None
                else f"{prefix}{', ' + body.country if body.country else ''} (unnamed)"
            )
            actor = Actor(
                id=content_id("actor", "unnamed", name),
                kind="unnamed",
                name=name,
                country=held.country if held else body.country,
            )
            form, rule = "unnamed", "unnamed people"
            if noun.endswith("s"):
                self.state.many = (body.first, (actor.id,))
        self.state.meet(actor, sentence, body.first)
        if body.kind == "document":
            self.state.thing = (sentence, actor.id)
            self.inside = body.last
        return self._mention(body.first, body.last, form, (actor.id,), rule)

    def _land_of(self, body: Body) -> str | None:
        """Find whose ministry is meant where its name does not say: one named before, or one whose head is met."""
        for actor in reversed(self.state.actors.values()):
            if actor.kind == "institution" and actor.name.startswith(body.name + ",") and actor.country:
                return actor.country
        field = body.name.split(" of ", 1)[-1].lower()
        holders = [a for a, _ in self.all_people if a.office and field in a.office.lower() and a.country]
        lands = {a.country for a in holders}
        if len(lands) == 1:
            return lands.pop()
        if self.state.home:
            return self.state.home
        return holders[0].country if holders else None

    def _styled(self, pointer: Pointer) -> str | None:
        """Return whom "His Highness" means: the first who was named with it."""
        if pointer.noun == pointer.kind:
            return None
        lower = self.words.lower
        sex = "his" if pointer.kind == "he" else "her"
        for actor, at in sorted(self.all_people, key=lambda row: row[1]):
            near = lower[max(at - 3, 0) : at + 8] if at >= 0 else ()
            if pointer.noun in near and sex in near:
                return actor.id
        return None

    def _pointer(self, pointer: Pointer) -> Mention | None:
        w = self.words
        sentence = w.sentence[pointer.first]
        first, last = pointer.first, pointer.last
        if pointer.kind in ("he", "she"):
            found = self._styled(pointer) or self.state.person(sentence, pointer.kind == "she")
            if found is None:
                return None
            self.state.female.setdefault(found, pointer.kind == "she")
            return self._mention(first, last, "pronoun", (found,), "the person last spoken of")
        if pointer.kind == "body":
            known = self.state.body.get(pointer.noun)
            if known is None:
                return None
            self.state.thing = (sentence, known)
            return self._mention(first, last, "institution", (known,), "body named before")
        if pointer.kind == "it":
            if self.state.thing is None or sentence - self.state.thing[0] > 1:
                return None
            self.state.thing = (sentence, self.state.thing[1])
            return self._mention(first, last, "pronoun", (self.state.thing[1],), "the body last spoken of")
        if pointer.kind == "they":
            many = self.state.many
            pair = self.state.pair
            if many is not None and many[1] and (not pair or many[0] > min(self.state.seen.get(p, -1) for p in pair)):
                return self._mention(first, last, "pronoun", many[1], "the people last spoken of")
            if pair:
                return self._mention(first, last, "pronoun", self.state.group(None), "the pair in contact")
            return None
        if pointer.kind == "sides":
            people = self.state.sides(pointer.number)
        else:
            people = self.state.group(pointer.number, pointer.noun)
        if pointer.kind == "states":
            if self.state.states and not self.state.firm() and pointer.number != 3:
                return self._mention(first, last, "group", self.state.states, "the states in contact")
            lands: list[str] = []
            for actor_id in people:
                land = self.state.actors[actor_id].country
                if land is not None and land not in lands:
                    lands.append(land)
            if len(lands) < 2:
                return self._mention(first, last, "group", (), "group: not resolved")
            for land in lands:
                self.state.actors.setdefault(state_actor(land, self.kb).id, state_actor(land, self.kb))
            return self._mention(
                first, last, "group", tuple(state_actor(x, self.kb).id for x in lands), "the states of the pair"
            )
        if not people:
            return self._mention(first, last, "group", (), "group: not resolved")
        self.state.many = (first, people)
        return self._mention(first, last, "group", people, "the pair in contact")
