"""The closed vocabularies that the grammar of titles, names and references is written in.

These are words of English, not facts about the world: which noun heads a title ("minister"), which words stand
before it ("deputy", "foreign"), which particles belong to a surname ("von der"). The words are in
``knowledge/data/vocabulary.csv``; facts (who, which state, which office exists) are in tables of their own.
"""

from __future__ import annotations

from typing import Final

from diptych.knowledge.vocabulary import load_vocabulary

_LISTS: Final = load_vocabulary()


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of ``text``, separated by spaces, as a set."""
    return frozenset(text.split())


#: Nouns that head a title of office.
TITLE_HEADS: Final = _LISTS["title_heads"]

#: Heads that are a style as much as an office: they count only with more words or before a name.
WEAK_HEADS: Final = _LISTS["weak_heads"]

#: Ranks and qualifiers that stand before the head of a title.
TITLE_RANKS: Final = _LISTS["title_ranks"]

#: Words of portfolios and institutions in titles.
PORTFOLIO: Final = _LISTS["portfolio"]

#: Forms of address before a name.
HONORIFICS: Final = _LISTS["honorifics"]

#: Which sex a form of address tells of.
FEMALE_WORDS: Final = _LISTS["female_words"]

MALE_WORDS: Final = _LISTS["male_words"]

#: Lower-case parts of a surname.
PARTICLES: Final = _LISTS["particles"]

#: Words with a capital that never belong to a name.
NOT_NAME: Final = _LISTS["not_name"]

#: Words that may name a state's form before "of".
FORMAL_STATE: Final = _LISTS["formal_state"]

#: Words that a state's name may begin with.
DIRECTIONS: Final = _LISTS["directions"]

#: Names of unions of states end in these.
BLOC_HEADS: Final = _LISTS["bloc_heads"]

#: Plural nouns that stand for the people of a contact together.
GROUP_PEOPLE: Final = _LISTS["group_people"]

GROUP_SIDES: Final = _LISTS["group_sides"]

#: Plural nouns for people whom a text does not name.
UNNAMED: Final = _LISTS["unnamed"]

#: Kinds of publications that speak.
DOCUMENTS: Final = _LISTS["documents"]
