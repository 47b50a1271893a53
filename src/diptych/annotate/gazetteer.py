"""States and institutions as words that can be looked up in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from diptych.annotate.lexicon import BLOC_HEADS
from diptych.annotate.words import Words, split_words

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge

PlaceKind = Literal["name", "demonym", "capital", "seat"]


@dataclass(frozen=True, slots=True)
class Place:
    """A name of a state found in a text: words ``first`` up to ``last``, what it is, whose it is."""

    first: int
    last: int
    kind: PlaceKind
    country: str


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    exact: bool
    kind: PlaceKind
    country: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their first word, longest first."""

    entries: dict[str, tuple[_Entry, ...]]
    names: dict[str, str]

    def find(self, words: Words) -> Iterator[Place]:
        """Yield the names of states in ``words`` from left to right, longest match first, none overlapping."""
        i = 0
        lower, form, capital, n = words.lower, words.form, words.capital, len(words)
        entries = self.entries
        while i < n:
            if capital[i] and (candidates := entries.get(lower[i])):
                for entry in candidates:
                    size = len(entry.words)
                    if i + size > n:
                        continue
                    if entry.exact:
                        if form[i : i + size] != entry.words:
                            continue
                    elif lower[i : i + size] != entry.words:
                        continue
                    yield Place(i, i + size, entry.kind, entry.country)
                    i += size - 1
                    break
            i += 1

    def name(self, country: str) -> str:
        """Return the usual name of ``country``, or ``country`` itself when it is a name as written."""
        return self.names.get(country, country)


@dataclass(frozen=True, eq=False)
class Keyed:
    """Knowledge as a key of caches: equal where the hash of its data is."""

    kb: Knowledge

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and other.kb.hash == self.kb.hash

    def __hash__(self) -> int:
        return hash(self.kb.hash)


def gazetteer(kb: Knowledge) -> Gazetteer:
    """Return the gazetteer of ``kb``; built once for each state of the knowledge."""
    return _build(Keyed(kb))


@lru_cache(maxsize=4)
def _build(key: Keyed) -> Gazetteer:
    found: dict[str, dict[tuple[str, ...], _Entry]] = {}

    def add(text: str, kind: PlaceKind, country: str) -> None:
        forms = tuple(word for word, _, _ in split_words(text))
        if forms and forms[0].lower() == "the":
            forms = forms[1:]
        if not forms or not forms[0][0].isupper():
            return
        # "US" is a state and "us" a pronoun: short all-capital names must be written so
        exact = text.isupper() and len(text) <= 5
        words = forms if exact else tuple(f.lower() for f in forms)
        found.setdefault(forms[0].lower(), {}).setdefault(words, _Entry(words, exact, kind, country))

    for state in key.kb.states:
        for text in (state.name, state.official, *state.aliases):
            if text:
                add(text, "name", state.iso3)
    for state in key.kb.states:
        for text in state.demonyms:
            add(text, "demonym", state.iso3)
    for bloc in key.kb.blocs:
        for text in (bloc.name, *bloc.aliases):
            if text.lower().removeprefix("the ") in BLOC_HEADS:
                # "the Union", "the Council" are names only where a text is about that one
                continue
            add(text, "name", bloc.code)
    for state in key.kb.states:
        for text in state.seats:
            add(text, "seat", state.iso3)
        for text in state.capital:
            add(text, "capital", state.iso3)
    return Gazetteer(
        entries={first: tuple(sorted(rows.values(), key=lambda e: -len(e.words))) for first, rows in found.items()},
        names={state.iso3: state.name for state in key.kb.states} | {bloc.code: bloc.name for bloc in key.kb.blocs},
    )
