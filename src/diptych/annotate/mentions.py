"""Mentions: every stretch of a text that refers to an actor, and whom it means.

One pass finds what is named (people at their titles, institutions, states), a second goes through the text from
left to right and resolves what is only described ("the minister", "both leaders", "she") against what came
before. Each mention names the rule that resolved it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.actors import cluster, to_actor
from diptych.annotate.bodies import find_institutions, find_unnamed
from diptych.annotate.countries import Countries, read_countries
from diptych.annotate.gazetteer import gazetteer
from diptych.annotate.groups import find_pointers
from diptych.annotate.references import find_references, find_surnames, headline_references
from diptych.annotate.resolve import Named, Open, Resolver, state_actor
from diptych.annotate.sides import home_of, lead_delegations, lend_states, name_counterparts, own_side, share_states
from diptych.annotate.titles import find_titles
from diptych.annotate.words import Words, words_of
from diptych.records import Actor, Document, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge
    from diptych.records import MentionForm


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
    references = find_references(words, countries, titles, doc, kb)
    # people in the title of the document are known before its first word: "the two leaders" may mean them
    before = headline_references(document.title, countries.gazetteer, document.country)
    people, every = cluster([*before, *references])
    means = {k - len(before): person for k, person in every.items() if k >= len(before)}
    name_counterparts(people, references, means, kb)
    share_states(words, references, people, means)
    lead_delegations(words, countries, references, people, means)
    if document.country is None:
        lend_states(titles, words, people)
    own = own_side(document, words, references, people, means)
    if before and people[every[0]].country is None and document.kind == "readout":
        # an official title names its own side first
        own = own | {every[0]}
    bodies = find_institutions(words, countries, kb)
    home = home_of(document, people, bodies, kb)
    told = frozenset(p.country for p in countries.starts.values()) | {b.country for b in bodies if b.country}
    actors = [
        to_actor(person, document, kb, home=home if k in own else None, told=told) for k, person in enumerate(people)
    ]
    taken = bytearray(len(words) + 1)
    items: list[Named | Open] = []
    for k, reference in enumerate(references):
        items.append(Named(reference.first, reference.last, actors[means[k]], "name", reference.rule))
        taken[reference.first : reference.last] = b"\1" * (reference.last - reference.first)
    for title in titles:
        if title.name is None and not taken[title.first]:
            items.append(Open(title.first, title.last, title, "title"))
            taken[title.first : title.last] = b"\1" * (title.last - title.first)
    for first, last, person, rule in find_surnames(words, people, taken, countries):
        items.append(Named(first, last, actors[person], "name", rule))
        taken[first:last] = b"\1" * (last - first)
    free = [b for b in bodies if not any(taken[b.first : b.last])]
    for body in free:
        taken[body.first : body.last] = b"\1" * (body.last - body.first)
    items.extend(Open(b.first, b.last, b, "body") for b in free)
    pointers = find_pointers(words, taken)
    for pointer in pointers:
        if pointer.kind in ("people", "sides", "states"):
            taken[pointer.first : pointer.last] = b"\1" * (pointer.last - pointer.first)
    unnamed = [b for b in find_unnamed(words, countries, free) if not (taken[b.last - 1] and b.owner is None)]
    items.extend(Open(b.first, b.last, b, "body") for b in unnamed)
    for body in unnamed:
        taken[body.first : body.last] = b"\1" * (body.last - body.first)
    items.extend(_states(words, countries, taken, doc, kb))
    items.extend(Open(p.first, p.last, p, "pointer") for p in pointers)
    items.sort(key=lambda item: (item.first, -item.last))
    resolver = Resolver(document, kb, words, people, actors, free, told, countries)
    mentions: list[Mention] = []
    for item in items:
        if isinstance(item, Named):
            mentions.append(resolver.named(item))
        else:
            found = resolver.resolve(item)
            if found is not None:
                mentions.append(found)
    used = {a for m in mentions for a in m.actors}
    if document.country is not None:
        # whom an official title names is in the contact, whether or not the text names them again
        for n in range(len(before)):
            resolver.state.actors.setdefault(actors[every[n]].id, actors[every[n]])
            used.add(actors[every[n]].id)
    return tuple(a for a in resolver.everyone() if a.id in used), tuple(mentions)


def _states(words: Words, countries: Countries, taken: bytearray, doc: Doc, kb: Knowledge) -> list[Named]:
    """Return states named as such, and their capitals and seats where these act ("Washington said")."""
    out: list[Named] = []
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
        out.append(Named(begin, last, actor, form, "seat of government" if form == "metonym" else "state"))
    return out


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
