"""Whose act a clause tells: one side's, both sides', or a third party's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span, Token

    from diptych.knowledge import Knowledge
    from diptych.records import Document, Reading

Holder = Literal["own", "other", "both"]

_BOTH_NOUNS = frozenset(
    [
        "leader",
        "side",
        "party",
        "president",
        "minister",
        "secretary",
        "counterpart",
        "interlocutor",
        "principal",
        "delegation",
        "participant",
        "head",
        "official",
        "ally",
        "partner",
        "foreign_minister",
        "chief",
        "country",
        "nation",
        "team",
        "government",
        "chair",
        "premier",
        "representative",
    ]
)
_BOTH_WORDS = frozenset({"both", "they", "themselves"})
_PAIR_WORDS = frozenset({"two", "both", "three", "all"})
_EVENTS = frozenset(
    [
        "meeting",
        "call",
        "conversation",
        "talk",
        "talks",
        "discussion",
        "consultation",
        "visit",
        "summit",
        "session",
        "dialogue",
        "exchange",
        "agenda",
        "topic",
        "issue",
        "matter",
        "question",
        "situation",
        "lunch",
        "dinner",
        "attention",
        "focus",
        "subject",
        "view",
        "round",
    ]
)
_WE = frozenset({"i", "we", "our", "us", "my", "me", "ours"})
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'\-]+")
_TITLES = frozenset(
    [
        "President",
        "Prime",
        "Minister",
        "Secretary",
        "Foreign",
        "Chancellor",
        "King",
        "Queen",
        "Chairman",
        "Mr.",
        "Mr",
        "Mrs.",
        "Ms.",
        "Ms",
        "Dr.",
        "Dr",
        "General",
        "His",
        "Her",
        "Excellency",
        "Head",
        "State",
        "Government",
        "Office",
        "National",
        "Security",
        "Advisor",
        "Adviser",
        "Defense",
        "Defence",
        "Deputy",
        "Vice",
        "The",
        "Special",
        "Envoy",
        "Ambassador",
        "Press",
        "Honorable",
        "Honourable",
        "Shri",
        "Sir",
        "Lord",
        "Lady",
        "Premier",
        "Republic",
        "Kingdom",
        "Affairs",
        "Commission",
        "Union",
        "Minister’s",
        "President’s",
        "Senator",
        "Admiral",
        "Emir",
        "Sheikh",
        "Crown",
        "Prince",
        "Princess",
        "Chief",
        "Director",
        "Administration",
    ]
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Names by which a text calls its own side and the other: surnames, countries, demonyms, titles."""

    own: frozenset[str]
    other: frozenset[str]
    own_titles: frozenset[str]
    other_titles: frozenset[str]


def find_sides(document: Document, doc: Doc, spans: tuple[Span, ...], reading: Reading, kb: Knowledge) -> Sides:
    """Read from the contacts, and from the opening of the text, which names belong to which side.

    The publisher's country makes its side "own"; where it is not known, the subject of the first sentence does.
    """
    own: set[str] = set()
    other: set[str] = set()
    own_titles: set[str] = set()
    other_titles: set[str] = set()
    home = document.country
    own |= _country_words(home, kb)
    for contact in reading.contacts[:3]:
        for participant in contact.participants:
            if participant.country is None or home is None:
                continue
            names, titles = (own, own_titles) if participant.country == home else (other, other_titles)
            names |= _name_words(participant.name or "")
            if participant.country != home:
                names |= _country_words(participant.country, kb)
            if participant.office:
                titles.add(participant.office.split(" of ")[0].lower())
    _from_opening(doc, spans, own, other, own_titles, other_titles)
    return Sides(
        frozenset(own - other),
        frozenset(other - own),
        frozenset(own_titles - other_titles),
        frozenset(other_titles - own_titles),
    )


def _country_words(country: str | None, kb: Knowledge) -> set[str]:
    if not country:
        return set()
    state = kb.state(country)
    if state is None:
        return {country.lower()}
    forms: Iterable[str] = (state.name, *state.aliases, *state.demonyms, *state.capital, *state.seats)
    return {form.lower() for form in forms} - {"us"}


def _name_words(name: str) -> set[str]:
    return {word.lower().removesuffix("'s").removesuffix("’s") for word in _NAME.findall(name) if word not in _TITLES}


def _from_opening(
    doc: Doc, spans: tuple[Span, ...], own: set[str], other: set[str], own_titles: set[str], other_titles: set[str]
) -> None:
    """Learn who spoke with whom from the first sentence with a verb ("President X of A held a call with Y of B")."""
    for span in spans[:4]:
        root = span.root
        if root.pos_ not in ("VERB", "AUX"):
            continue
        subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None:
            continue
        partners = [
            token
            for token in span
            if token.dep_ == "pobj"
            and token.head.lower_ in ("with", "to", "from", "by", "between")
            and token.ent_type_ != "DATE"
        ]
        partners += [c for c in root.children if c.dep_ == "dobj" and c.ent_type_ in ("PERSON", "GPE")]
        left = _words(doc, subject, until=root.i)
        right = set().union(*(_words(doc, partner, until=span.end) for partner in partners[:2])) if partners else set()
        if not left or not right:
            continue
        if (left & other and not left & own) or (right & own and not right & other):
            left, right, subject = right, left, partners[0]
        mine, theirs = left - right, right - left
        if mine or theirs:
            own |= {w for w in mine if w not in other}
            other |= {w for w in theirs if w not in own}
        own_titles |= _titles(doc, subject)
        for partner in partners[:1]:
            other_titles |= _titles(doc, partner) if partner.i != subject.i else set()
        return


def _words(doc: Doc, token: Token, until: int) -> set[str]:
    end = min(token.right_edge.i + 1, until)
    return _name_words(doc[token.left_edge.i : max(end, token.i + 1)].text)


def _titles(doc: Doc, token: Token) -> set[str]:
    text = doc[token.left_edge.i : token.i + 1].text.lower()
    return {
        title
        for title in (
            "prime minister",
            "president",
            "foreign minister",
            "secretary",
            "chancellor",
            "minister",
            "king",
            "chairman",
            "advisor",
            "premier",
            "envoy",
            "ambassador",
            "emir",
            "crown prince",
        )
        if title in text
    }


def _named(words: set[str], lower: str, names: frozenset[str]) -> bool:
    return bool(words & names) or any(" " in name and name in lower for name in names)


def holder_of(subject: Span | None, agent: Span | None, sides: Sides, before: str | None) -> str | None:
    """Return ``own``, ``other``, ``both`` or a third party's name; None where the words do not tell.

    ``before`` is the holder of the clause before, for pronouns.
    """
    span = agent if agent is not None else subject
    if span is None:
        return None
    head = span.root
    # "US" in lower case would be a pronoun.
    lower = re.sub(r"\bUS\b", "U.S.", span.text).lower()
    words = set(lower.replace("’", "'").replace("'s", "").split())
    if words & {"we", "i"}:
        return "own"
    if head.lower_ in ("he", "she", "it", "who", "his", "her"):
        return before if before in ("own", "other") else None
    if head.lower_ in _BOTH_WORDS or words & {"both"}:
        return "both"
    joined = any(True for _ in head.conjuncts)
    named_own, named_other = _named(words, lower, sides.own), _named(words, lower, sides.other)
    plural = head.tag_ in ("NNS", "NNPS")
    if joined and named_own and named_other:
        return "both"
    if plural and head.lemma_.lower() in _BOTH_NOUNS and not (named_own ^ named_other):
        return "both"
    if named_own and not named_other:
        return "own"
    if named_other and not named_own:
        return "other"
    if named_own and named_other:
        # "The President of A's counterpart from B": the head's own words decide.
        last = span[-1].lower_
        return "own" if last in sides.own else "other" if last in sides.other else "both"
    own_title = any(title in lower for title in sides.own_titles)
    other_title = any(title in lower for title in sides.other_titles)
    if own_title != other_title:
        return "own" if own_title else "other"
    if head.lemma_.lower() in _EVENTS:
        return "both"
    if own_title and head.lower_ in ("president", "minister", "secretary", "state"):
        return "own"
    return None
