"""Which state a phrase of a text names, known to the tables or not.

An unknown state is taken as written: "President of Veldania Bohdan Sirko" names the state Veldania, which is told
from the name behind it by where else in the text the two stand alone. Its demonyms are known by their stem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diptych.annotate.gazetteer import Gazetteer, Place
from diptych.annotate.lexicon import (
    BLOC_HEADS,
    DIRECTIONS,
    FORMAL_STATE,
    HONORIFICS,
    NOT_NAME,
    PARTICLES,
    PORTFOLIO,
    TITLE_HEADS,
    TITLE_RANKS,
    vocabulary,
)

if TYPE_CHECKING:
    from diptych.annotate.words import Words

_POSSESSIVE = ("'s", "’s", "'", "’")
_LINKS = vocabulary("of in from to for with between and against by at over the on")


@dataclass(frozen=True, slots=True)
class Countries:
    """The states of one text: what the tables know of them and which unknown ones it names."""

    words: Words
    gazetteer: Gazetteer
    starts: dict[int, Place]
    ends: dict[int, Place]
    written: frozenset[str]
    alone: Counter[tuple[str, ...]]

    def starting(self, i: int) -> Place | None:
        """Return the known place that begins at word ``i``."""
        return self.starts.get(i)

    def ending(self, i: int) -> Place | None:
        """Return the known place that ends before word ``i``."""
        return self.ends.get(i)

    def resolve(self, text: str) -> str | None:
        """Return the state that the capitalised ``text`` names or is a demonym of, among those of this text."""
        if text in self.written:
            return text
        for state in sorted(self.written):
            if is_demonym(text, state) or (" " in state and text == state.split()[0]):
                return state
        return None

    def before(self, i: int, floor: int) -> tuple[str | None, int]:
        """Return the country of the modifier that ends before word ``i`` and where it begins."""
        words = self.words
        at = i
        if at > floor and words.lower[at - 1] in _POSSESSIVE:
            at -= 1
        place = self.ends.get(at)
        if place is not None and place.first >= floor and words.sentence[place.first] == words.sentence[i]:
            first = place.first
            if first > floor and words.lower[first - 1] == "(":
                pass
            return place.country, first
        if at > floor + 2 and words.lower[at - 1] == ")":
            # "Republic of Korea (ROK) First Vice Foreign Minister"
            inner = self.ends.get(at - 1)
            if inner is not None and words.lower[inner.first - 1] == "(":
                outer = self.ends.get(inner.first - 1)
                return inner.country, (outer.first if outer is not None else inner.first - 1)
        for size in (2, 1):
            first = at - size
            if first < floor or not all(words.capital[first:at]) or words.sentence[first] != words.sentence[i - 1]:
                continue
            text = words.span(first, at)
            state = self.resolve(text)
            if state is not None:
                return state, first
        return None, i

    def read(self, i: int, unknown: bool) -> tuple[str, int] | None:
        """Read the state named from word ``i`` on; return it and the word after it.

        Formal names are taken apart ("the Federative Republic of Brazil"); with ``unknown`` a capitalised name that
        no table has counts as a state as written.
        """
        words = self.words
        lower, capital, n = words.lower, words.capital, len(words)
        sentence = words.sentence[i] if i < n else -1
        at = i
        if at < n and lower[at] == "the":
            at += 1
        place = self.starts.get(at)
        if place is not None and place.kind != "demonym":
            return place.country, self._past_bracket(place.last)
        formal = at
        while formal < n and (
            (capital[formal] and lower[formal] in FORMAL_STATE)
            or (formal > at and lower[formal] in ("'s", "’s") and lower[formal - 1] == "people")
        ):
            formal += 1
        if formal > at and formal < n and lower[formal] == "of":
            inner = self.read(formal + 1, True)
            if inner is not None:
                return inner
        if (
            place is not None
            and place.kind == "demonym"
            and place.last < n
            and capital[place.last]
            and lower[place.last] in FORMAL_STATE
        ):
            # "the Argentine Republic"
            last = place.last
            while last < n and capital[last] and lower[last] in FORMAL_STATE:
                last += 1
            return place.country, last
        for size in (3, 2, 1):
            if at + size <= n and all(capital[at : at + size]) and words.sentence[at + size - 1] == sentence:
                text = words.span(at, at + size)
                if text in self.written:
                    return text, self._past_bracket(at + size)
        if not unknown or at >= n or not capital[at]:
            return None
        lead = int(lower[at] in DIRECTIONS and at + 1 < n and capital[at + 1] and lower[at + 1] not in NOT_NAME)
        end = at + lead
        while (
            end < n
            and end - at < 6
            and words.sentence[end] == sentence
            and capital[end]
            and words.form[end][0].isalpha()
            and end not in self.starts
            and (end == at or "\n" not in words.text[words.end[end - 1] : words.start[end]])
            and not (lower[end] in NOT_NAME and lower[end] not in BLOC_HEADS)
            and lower[end] not in HONORIFICS - PARTICLES
            and not (lower[end] in TITLE_HEADS or lower[end] in TITLE_RANKS)
        ):
            end += 1
        if end == at + lead or (end == at + 1 and (lower[at] in PORTFOLIO or lower[at] in NOT_NAME)):
            return None
        size = lead + self._size(at + lead, end)
        name = words.span(at, at + size)
        if size == 2 and lower[at + 1] in FORMAL_STATE and (state := self.resolve(words.form[at])) is not None:
            # "the Severian Federation" is Severia, where the text calls it so
            name = state
        return name, self._past_bracket(at + size)

    def _past_bracket(self, i: int) -> int:
        words = self.words
        if i + 2 < len(words) and words.lower[i] == "(" and words.lower[i + 2] == ")" and words.form[i + 1].isupper():
            return i + 3
        return i

    def _size(self, at: int, end: int) -> int:
        """Tell a state from the name that follows it: how many of the words ``at`` to ``end`` are the state's."""
        words = self.words
        run = words.form[at:end]
        total = len(run)
        if total == 1:
            return 1
        for size in range(1, total + 1):
            if words.lower[at + size - 1] in BLOC_HEADS:
                return size
        best, score = 0, 0
        for size in range(1, total):
            state, name = run[:size], run[size:]
            evidence = (
                2 * min(self.alone[state], 2)
                + 2 * min(self.alone[name], 2)
                + min(self.alone[name[-1:]], 1)
                + min(self.alone[name[:1]], 1)
            )
            if evidence > score:
                best, score = size, evidence
        if best:
            return best
        return 1 if total > 2 else total


_NEVER = vocabulary(
    "because although though unless whereas once whether chapter healthcare ceremonial section article annex part"
)
_DEMONYM_ENDINGS = vocabulary("n an ian i ese ish ic er ean ni in ite ans ians is ish ean ns ien ais")


def is_demonym(word: str, state: str) -> bool:
    """Whether ``word`` is formed from the name of ``state``: "Mizuharan" from "Mizuhara"."""
    if len(word) < 5 or len(state) < 4 or word == state:
        return False
    stem = 0
    while stem < min(len(word), len(state)) and word[stem] == state[stem]:
        stem += 1
    return stem >= max(4, len(state) - 2) and word[stem:] in _DEMONYM_ENDINGS


def _adjectives(draft: Countries, known: set[str]) -> Iterator[str]:
    """Yield unknown states that stand before titles: "Velor Foreign Minister X", "Kazashima's Prime Minister"."""
    words = draft.words
    lower, capital = words.lower, words.capital
    singles = [run[0] for run in draft.alone if len(run) == 1]
    small = {w for w in words.form if w.islower()}
    for i in range(1, len(words) - 1):
        counterpart = lower[i] in ("counterpart", "colleague") or (lower[i] == "ministry" and lower[i - 1] in PORTFOLIO)
        if not counterpart and (
            lower[i] not in TITLE_HEADS or not capital[i] or not (capital[i + 1] or lower[i + 1] in ("of", "for"))
        ):
            continue
        k = i
        while (
            k > 0
            and capital[k - 1]
            and (lower[k - 1] in TITLE_RANKS or lower[k - 1] in PORTFOLIO or "-" in lower[k - 1])
            and words.sentence[k - 1] == words.sentence[i]
            and lower[k - 1].split("-")[0] in TITLE_RANKS | PORTFOLIO
        ):
            k -= 1
        if k == 0 or words.sentence[k - 1] != words.sentence[i]:
            continue
        at = k - 1
        if lower[at] in _POSSESSIVE and at > 0:
            at -= 1
        word = words.form[at]
        if (
            not capital[at]
            or len(word) < 4
            or not word.replace("-", "").isalpha()
            or lower[at] in NOT_NAME
            or lower[at] in HONORIFICS
            or lower[at] in TITLE_HEADS
            or at + 1 in draft.ends
            or (at > 0 and (lower[at - 1] in PARTICLES or lower[at - 1] in PORTFOLIO or lower[at - 1] in TITLE_RANKS))
            or (
                at > 0
                and capital[at - 1]
                and words.sentence[at - 1] == words.sentence[at]
                and lower[at - 1] not in NOT_NAME
            )
        ):
            continue
        if words.opens_sentence(at) and lower[at].endswith(("ing", "ed", "ly")):
            continue
        if lower[at] in small or lower[at] in _NEVER:
            # "Because Prime Minister A", "Healthcare Minister B" where the text also has "healthcare"
            continue
        state = next((s for s in sorted(known) if s == word or is_demonym(word, s)), None)
        if state is None:
            # "Meridian Adviser X" where the text also has "the Meridian Commonwealth"
            state = next(
                (
                    " ".join(run)
                    for run in sorted(draft.alone)
                    if len(run) > 1 and run[0] == word and run[-1].lower() in BLOC_HEADS
                ),
                None,
            )
        if state is None:
            state = next((s for s in sorted(singles) if is_demonym(word, s)), None)
        if state is None:
            every = {w for w, c in zip(words.form, capital, strict=True) if c}
            state = next((s for s in sorted(every) if is_demonym(word, s)), word)
        yield state


def read_countries(words: Words, gazetteer: Gazetteer, document_country: str | None) -> Countries:
    """Find the known places in ``words`` and gather the evidence by which unknown states are told from names."""
    starts: dict[int, Place] = {}
    ends: dict[int, Place] = {}
    named: dict[str, str] = {}
    for place in gazetteer.find(words):
        # "the Republic of Cyprus (ROC)": letters in brackets mean the state they stand behind, in this text
        if place.first > 1 and words.form[place.first - 1] == "(" and (outer := ends.get(place.first - 1)) is not None:
            named[words.form[place.first]] = outer.country
        land = named.get(words.form[place.first])
        if land is not None and place.last - place.first == 1:
            place = replace(place, country=land)
        starts[place.first] = place
        ends[place.last] = place
    alone: Counter[tuple[str, ...]] = Counter()
    lower, capital, n = words.lower, words.capital, len(words)
    i = 0
    while i < n:
        if not capital[i] or lower[i] in NOT_NAME or i in starts:
            i += 1
            continue
        j = i + 1
        while j < n and capital[j] and words.sentence[j] == words.sentence[i] and j not in starts:
            j += 1
        if j - i <= 3:
            alone[words.form[i:j]] += 1
        i = j
    written: set[str] = set()
    if document_country and document_country not in gazetteer.names:
        written.add(document_country)
    draft = Countries(words, gazetteer, starts, ends, frozenset(written), alone)
    for i in range(1, n - 1):
        if lower[i] != "of" or not (
            lower[i - 1] in _RULERS
            or lower[i - 1] in FORMAL_STATE
            or lower[i - 1] in ("government", "people", "peoples")
        ):
            continue
        if lower[i - 1] in FORMAL_STATE and not capital[i - 1]:
            continue
        if lower[i - 1] in _RULERS and lower[i - 1] in ("minister", "secretary") and lower[i - 2] not in _OFFICE_BEFORE:
            continue
        found = draft.read(i + 1, True)
        if found is not None and found[0] not in gazetteer.names:
            text = found[0]
            first = text.split()[0].lower()
            if first not in PORTFOLIO and first not in FORMAL_STATE and len(text) > 2:
                written.add(text)
    written.update(_adjectives(draft, written))
    return Countries(words, gazetteer, starts, ends, frozenset(written), alone)


_RULERS = vocabulary("president premier chancellor king queen sultan emir leader minister")
_OFFICE_BEFORE = vocabulary("prime foreign defense defence finance affairs interior trade")
