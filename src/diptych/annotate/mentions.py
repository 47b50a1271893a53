"""Mentions: every stretch of a text that refers to an actor, and whom it means.

One pass finds what is named (people at their titles, institutions, states), a second goes through the text from
left to right and resolves what is only described ("the minister", "both leaders", "she") against what came
before. Each mention names the rule that resolved it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.annotate.actors import Person, Reference, cluster, to_actor
from diptych.annotate.bodies import Body, find_institutions, find_unnamed
from diptych.annotate.countries import Countries, read_countries
from diptych.annotate.discourse import Discourse
from diptych.annotate.gazetteer import gazetteer
from diptych.annotate.groups import Pointer, find_pointers
from diptych.annotate.lexicon import vocabulary
from diptych.annotate.offices import Title, find_titles, standard_office
from diptych.annotate.references import find_references, find_surnames, matches_office
from diptych.annotate.words import Words, words_of
from diptych.records import Actor, Document, Mention, content_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge
    from diptych.records import MentionForm


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention that is resolved already."""

    first: int
    last: int
    actor: Actor
    form: MentionForm
    rule: str


@dataclass(frozen=True, slots=True)
class _Open:
    """A mention that the second pass resolves."""

    first: int
    last: int
    what: Title | Body | Pointer
    kind: Literal["title", "body", "pointer"]


def find_mentions(document: Document, doc: Doc, kb: Knowledge) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """Return the actors of ``document`` and all mentions of them, in order of place.

    ``doc`` is the parse of ``document.text``. A mention that cannot be resolved has no actors. Mentions may nest
    ("the State Department" in "a press release by the State Department") but never overlap otherwise.
    """
    words = words_of(document.text, doc)
    if not len(words):
        return (), ()
    countries = read_countries(words, gazetteer(kb), document.country)
    titles = find_titles(words, countries)
    references = find_references(words, countries, titles, doc)
    people, means = cluster(references)
    _counterparts(people, references, means)
    _share_states(words, references, people, means)
    _delegations(words, countries, references, people, means)
    own = _own_side(document, words, references, people, means)
    actors = [to_actor(person, document, kb, own=k in own) for k, person in enumerate(people)]
    taken = bytearray(len(words) + 1)
    items: list[_Named | _Open] = []
    for k, reference in enumerate(references):
        items.append(_Named(reference.first, reference.last, actors[means[k]], "name", reference.rule))
        taken[reference.first : reference.last] = b"\1" * (reference.last - reference.first)
    for title in titles:
        if title.name is None and not taken[title.first]:
            items.append(_Open(title.first, title.last, title, "title"))
            taken[title.first : title.last] = b"\1" * (title.last - title.first)
    for first, last, person, rule in find_surnames(words, people, taken, countries):
        items.append(_Named(first, last, actors[person], "name", rule))
        taken[first:last] = b"\1" * (last - first)
    bodies = find_institutions(words, countries, kb)
    free = [b for b in bodies if not any(taken[b.first : b.last])]
    for body in free:
        taken[body.first : body.last] = b"\1" * (body.last - body.first)
    items.extend(_Open(b.first, b.last, b, "body") for b in free)
    pointers = find_pointers(words, taken)
    for pointer in pointers:
        if pointer.kind in ("people", "sides", "states"):
            taken[pointer.first : pointer.last] = b"\1" * (pointer.last - pointer.first)
    unnamed = [b for b in find_unnamed(words, countries, free) if not (taken[b.last - 1] and b.owner is None)]
    items.extend(_Open(b.first, b.last, b, "body") for b in unnamed)
    for body in unnamed:
        taken[body.first : body.last] = b"\1" * (body.last - body.first)
    items.extend(_states(words, countries, taken, doc, kb))
    items.extend(_Open(p.first, p.last, p, "pointer") for p in pointers)
    items.sort(key=lambda item: (item.first, -item.last))
    resolver = _Resolver(document, kb, words, people, actors, free, countries)
    mentions: list[Mention] = []
    for item in items:
        if isinstance(item, _Named):
            mentions.append(resolver.named(item))
        else:
            found = resolver.resolve(item)
            if found is not None:
                mentions.append(found)
    used = {a for m in mentions for a in m.actors}
    return tuple(a for a in resolver.everyone() if a.id in used), tuple(mentions)


def _share_states(words: Words, references: list[Reference], people: list[Person], means: dict[int, int]) -> None:
    """Read "Foreign Minister A and Defense Minister B of X": the state after the last name is that of both.

    Not for the first person of a text, who is the publishing side's ("President A and President B of X spoke").
    """
    for k in range(1, len(references)):
        left, right = references[k - 1], references[k]
        a, b = people[means[k - 1]], people[means[k]]
        if (
            k > 1
            and a.country is None
            and b.country is not None
            and (words.lower[left.last : right.first] in (("and",), (",", "and")))
            and right.title is not None
            and right.title.country is None
            and right.country == b.country
            and means[k - 1] != means[0]
        ):
            a.country = b.country


def _delegations(
    words: Words, countries: Countries, references: list[Reference], people: list[Person], means: dict[int, int]
) -> None:
    """Give who leads a delegation its state: "the Velorian delegation was led by A"."""
    for k, reference in enumerate(references):
        person = people[means[k]]
        if person.country is not None:
            continue
        floor = max(words.sentences[words.sentence[reference.first]][0], reference.first - 7)
        for at in range(reference.first - 1, floor, -1):
            if words.lower[at] in ("delegation", "side", "team") and words.lower[reference.first - 1] == "by":
                land, first = countries.before(at, floor)
                if first < at:
                    person.country = land
                break


def _own_side(
    document: Document, words: Words, references: list[Reference], people: list[Person], means: dict[int, int]
) -> frozenset[int]:
    """Return the people who may be taken for the publishing side's own where no state is told.

    In an official text these are the people without a state who are not introduced as someone's counterpart
    ("met with Deputy Minister X"); people without a title only where they open the text.
    """
    own: set[int] = set()
    seen: set[int] = set()
    for k, reference in enumerate(references):
        person = means[k]
        if person in seen:
            continue
        seen.add(person)
        if people[person].country not in (None, document.country):
            continue
        at = reference.first - 1
        while at > 0 and words.lower[at] in ("the", "his", "her", "its", "then", "visiting", "today", ","):
            at -= 1
        joined = (
            k > 0
            and words.lower[at] in ("and", "&")
            and at == references[k - 1].last
            and words.sentence[at] == words.sentence[reference.first]
        )
        if joined:
            # "President A and Vice President B met with C" are one side, "A and B spoke" are two
            later = references[k + 1 : k + 2]
            same = later and words.sentence[later[0].first] == words.sentence[reference.first]
            if means[k - 1] in own and reference.title is not None and same:
                own.add(person)
            continue
        met = at >= 0 and words.lower[at] in _TOWARDS and words.sentence[at] == words.sentence[reference.first]
        if not met and (reference.title is not None or k == 0):
            own.add(person)
    return frozenset(own)


#: Words before the other side of a contact.
_TOWARDS = vocabulary(
    "with to from by met received welcomed hosted called phoned telephoned thanked told congratulated between invited "
    "counterpart colleague meeting briefed informed of"
)


def _counterparts(people: list[Person], references: list[Reference], means: dict[int, int]) -> None:
    """Give "his counterpart Wang Yi" the office of the person before, as it stands in the text."""
    for k, reference in enumerate(references):
        if reference.title is None or not reference.title.office.lower().startswith("counterpart"):
            continue
        mine = people[means[k]]
        before = [people[means[q]] for q in range(k - 1, -1, -1) if means[q] != means[k] and people[means[q]].offices]
        mine.offices = [o for o in mine.offices if not o[1].lower().startswith("counterpart")]
        if not mine.offices and before:
            office = next((o for _, o in before[0].offices if o.lower() != "counterpart"), None)
            if office is not None:
                mine.offices = [(reference.first, office)]


def _states(words: Words, countries: Countries, taken: bytearray, doc: Doc, kb: Knowledge) -> list[_Named]:
    """Return states named as such, and their capitals and seats where these act ("Washington said")."""
    out: list[_Named] = []
    actors: dict[str, Actor] = {}
    names: list[tuple[int, int, str, str]] = [
        (p.first, p.last, p.country, p.kind) for p in countries.starts.values() if p.kind != "demonym"
    ]
    if countries.written:
        first_words = {w.split()[0]: w for w in countries.written}
        for i, word in enumerate(words.form):
            if words.capital[i] and word in first_words and i not in countries.starts:
                size = len(first_words[word].split())
                if words.span(i, min(i + size, len(words))) == first_words[word]:
                    names.append((i, i + size, first_words[word], "name"))
    for first, last, country, kind in names:
        if taken[first] or taken[last - 1]:
            continue
        if kind in ("capital", "seat") and not _is_agent(words, first, last, doc):
            continue
        actor = actors.get(country)
        if actor is None:
            actor = actors[country] = state_actor(country, kb)
        begin = first - 1 if first and words.lower[first - 1] == "the" else first
        form: MentionForm = "metonym" if kind in ("capital", "seat") else "state"
        out.append(_Named(begin, last, actor, form, "seat of government" if form == "metonym" else "state"))
    return out


def state_actor(country: str, kb: Knowledge) -> Actor:
    """Return the government of ``country`` as an actor; an organisation of states under its own name."""
    bloc = kb.bloc(country)
    if bloc is not None:
        return Actor(id=content_id("actor", "bloc", country), kind="bloc", name=bloc.name, country=country)
    return Actor(
        id=content_id("actor", "state", country), kind="state", name=f"Government of {country}", country=country
    )


_AGENT = frozenset(("nsubj", "nsubjpass", "agent"))


def _is_agent(words: Words, first: int, last: int, doc: Doc) -> bool:
    """Whether the words do something: subject of a verb, or "by" the words."""
    if first and words.lower[first - 1] == "by":
        return True
    span = doc.char_span(words.start[first], words.end[last - 1], alignment_mode="expand")
    return (
        span is not None
        and span.root.dep_ in _AGENT
        and (first == 0 or words.lower[first - 1] not in ("in", "at", "to", "from"))
    )


class _Resolver:
    """The second pass: keeps what a reader remembers and resolves descriptions against it."""

    def __init__(
        self,
        document: Document,
        kb: Knowledge,
        words: Words,
        people: list[Person],
        actors: list[Actor],
        bodies: list[Body],
        countries: Countries,
    ) -> None:
        self.document, self.kb, self.words, self.countries = document, kb, words, countries
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
            if self.words.sentence[at] != sentence:
                sentence, row = self.words.sentence[at], []
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

    def named(self, item: _Named) -> Mention:
        """Record a mention that was resolved in the first pass."""
        self.state.meet(item.actor, self.words.sentence[item.first], item.first)
        if item.actor.kind in ("state", "bloc"):
            self.state.thing = (self.words.sentence[item.first], item.actor.id)
        return self._mention(item.first, item.last, item.form, (item.actor.id,), item.rule)

    def resolve(self, item: _Open) -> Mention | None:
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
        land = country or (office.country if office is not None else None)
        if (
            office is not None
            and land is not None
            and self.document.published is not None
            and not title.office.lower().startswith("former")
        ):
            holders = self.kb.holders(office.id, land, self.document.published)
            if len(holders) == 1:
                name = holders[0].person
                return Actor(
                    id=content_id("actor", "person", name, land),
                    kind="person",
                    name=name,
                    country=land,
                    office=office.title,
                    office_from="text",
                )
        if land is None and title.determiner == "the" and self.document.kind == "readout":
            # an official text calls its own President "the President"
            land = self.state.home
        shown = standard_office(title.office, land, self.kb)
        name = f"{shown}, {land} (unnamed)" if land else f"{shown} (unnamed)"
        return Actor(
            id=content_id("actor", "unnamed", name),
            kind="unnamed",
            name=name,
            country=land,
            office=shown,
            office_from="text",
        )

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
        if first and w.lower[first - 1] in ("two", "both", "three"):
            number = 3 if w.lower[first - 1] == "three" else 2
            first -= 1
            if first and w.lower[first - 1] in ("the", "these", "those"):
                first -= 1
        elif title.determiner in ("two", "both"):
            number = 2
            if first and w.lower[first - 1] in ("the", "these", "those"):
                first -= 1
        elif title.determiner is None or title.country is not None:
            return None
        people = self.state.group(number)
        rule = "the pair in contact" if people else "group: not resolved"
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

    def _pointer(self, pointer: Pointer) -> Mention | None:
        w = self.words
        sentence = w.sentence[pointer.first]
        first, last = pointer.first, pointer.last
        if pointer.kind in ("he", "she"):
            found = self.state.person(sentence, pointer.kind == "she")
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
        people = self.state.group(pointer.number)
        if pointer.kind == "states":
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
