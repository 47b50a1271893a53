"""The names by which a text calls its own side and the other one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.knowledge.account_words import account_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from diptych.knowledge import Knowledge
    from diptych.records import Document, Reading

_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_OF = re.compile(
    r"\bof (?:the )?"
    r"((?:(?:Republic|Kingdom|Union|Commonwealth|Federation|State|Emirate|People’s|People's) of )?[A-Z][\w\-]+)"
)
_PARTNER_WORDS = frozenset({"with", "to", "from", "by", "between"})
_STOPS = frozenset({"to", "on", "at", "during", "in", "regarding", "about", "following", "ahead"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Words of names, countries and titles of the publisher's side and of the other; all in lower case."""

    own: frozenset[str]
    other: frozenset[str]
    own_titles: frozenset[str] = frozenset()
    other_titles: frozenset[str] = frozenset()

    def named(self, text: str) -> tuple[bool, bool]:
        """Tell whether ``text`` names the own side, and whether it names the other."""
        # "US" in lower case would be a pronoun.
        lower = re.sub(r"\bUS\b", "U.S.", text).lower().replace("’", "'")
        words = {word.removesuffix("'s").strip('.,;:()"') for word in lower.split()} | set(lower.split())
        words |= {part for word in words if "-" in word for part in word.split("-")}
        return _any(words, lower, self.own), _any(words, lower, self.other)

    def titled(self, text: str) -> tuple[bool, bool]:
        """Tell whether ``text`` holds a title of the own side, and one of the other."""
        title = _title(text)
        return title in self.own_titles, title in self.other_titles


def _any(words: set[str], lower: str, names: frozenset[str]) -> bool:
    return bool(words & names) or any(" " in name and name in lower for name in names)


def _title(text: str) -> str | None:
    lower = text.lower()
    return next((form for form in account_words().title if form in lower), None)


def find_sides(document: Document, doc: Doc, spans: tuple[Span, ...], reading: Reading, kb: Knowledge) -> Sides:
    """Learn which names belong to which side: from the contacts, the title, and the opening of the text.

    The publisher's country makes its side "own"; where that does not tell, whoever is named first is.
    """
    home = document.country
    own, other = _country(home, kb), set[str]()
    own_titles, other_titles = set[str](), set[str]()
    for contact in reading.contacts[:3]:
        for participant in contact.participants:
            if participant.country is None or home is None:
                continue
            ours = participant.country == home
            (own if ours else other).update(_names(participant.name or ""))
            if not ours:
                other |= _country(participant.country, kb)
            title = _title(participant.office or "")
            if title is not None:
                (own_titles if ours else other_titles).add(title)
    texts = _opening(doc, spans)
    if document.title and " with " in document.title:
        before, after = document.title.split(" with ", 1)
        texts = (*texts, (before, after))
    for first, second in texts:
        known = Sides(frozenset(own), frozenset(other))
        if _swapped(known, first, second):
            first, second = second, first
        mine, theirs = _names(first) | _countries(first, kb), _names(second) | _countries(second, kb)
        own |= mine - theirs - other
        other |= theirs - mine - own
        for text, titles in ((first, own_titles), (second, other_titles)):
            title = _title(text)
            if title is not None:
                titles.add(title)
    shared = own_titles & other_titles
    return Sides(frozenset(own), frozenset(other), frozenset(own_titles - shared), frozenset(other_titles - shared))


def _swapped(known: Sides, first: str, second: str) -> bool:
    first_own, first_other = known.named(first)
    second_own, second_other = known.named(second)
    return (second_own and not first_own) or (first_other and not second_other and not first_own)


def _country(country: str | None, kb: Knowledge) -> set[str]:
    if not country:
        return set()
    state = kb.state(country)
    if state is None:
        return {country.lower(), country.split()[0].lower()}
    forms = (state.name, *state.aliases, *state.demonyms, *state.capital, *state.seats)
    return {form.lower() for form in forms} - {"us"}


def _countries(text: str, kb: Knowledge) -> set[str]:
    found = set[str]()
    for hit in kb.states_in(text)[:3]:
        found |= _country(hit.country, kb)
    for match in _OF.finditer(text):
        found.add(match[1].lower())
    return {name for name in found if name not in account_words().nobody}


def _names(text: str) -> set[str]:
    words = {
        word.lower().replace("’", "'").removesuffix("'s")
        for word in _WORD.findall(text)
        if word[0].isupper() and len(word) > 2
    }
    return {word for word in words if word not in account_words().nobody}


def _opening(doc: Doc, spans: tuple[Span, ...]) -> tuple[tuple[str, str], ...]:
    """The two parties as the first sentence with a verb names them: "X of A held a call with Y of B"."""
    for span in spans[:5]:
        root = span.root
        if root.pos_ not in ("VERB", "AUX"):
            continue
        subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < root.i), None)
        if subject is None:
            continue
        partner = _partner(span, root)
        if partner is None:
            continue
        if subject.lower_ in ("call", "talks", "meeting", "conversation", "negotiations", "consultations"):
            joined = [child for child in partner.conjuncts if child.i > partner.i]
            if joined:
                return ((_chunk(doc, partner, joined[0].left_edge.i), _chunk(doc, joined[0], span.end)),)
            continue
        left = doc[subject.left_edge.i : root.i].text
        return ((left, _chunk(doc, partner, span.end)),)
    return ()


def _partner(span: Span, root: Token) -> Token | None:
    for token in span:
        if token.i <= root.i or token.lower_ not in _PARTNER_WORDS or token.dep_ not in ("prep", "agent"):
            continue
        for child in token.children:
            named = child.pos_ == "PROPN" or child.ent_type_ == "PERSON" or child.conjuncts
            if child.dep_ == "pobj" and named and child.ent_type_ not in ("DATE", "TIME"):
                return child
    objects = [c for c in root.children if c.dep_ == "dobj" and c.pos_ == "PROPN"]
    return objects[0] if objects else None


def _chunk(doc: Doc, token: Token, end: int) -> str:
    """The words that name a partner: its phrase, with the appositions that follow, up to where the clause goes on."""
    stop = token.i + 1
    while stop < end and doc[stop].pos_ not in ("VERB", "AUX") and doc[stop].lower_ not in _STOPS:
        stop += 1
    text: str = doc[token.left_edge.i : stop].text
    return text
