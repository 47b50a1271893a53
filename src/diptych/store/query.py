"""What a search asks for, in words; and where those words stand in what was found."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diptych.store.fulltext import APART, ENDS, STARTS, distinct_words, fold, words_of

__all__ = ["Highlighter", "Query", "passage"]

#: How long a passage of a document is shown, in characters.
PASSAGE = 300
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?')


@dataclass(frozen=True)
class Query:
    """Phrases that must all stand in a hit; a single word is a phrase of one.

    Words that punctuation joins (U.S., peace/security) and characters of writing without spaces are a phrase.
    """

    phrases: tuple[tuple[str, ...], ...]
    asked: bool

    @classmethod
    def of(cls, text: str) -> Query:
        """Take a query apart; whatever is typed is taken as words, there is no syntax to get wrong."""
        phrases: list[tuple[str, ...]] = []
        rest = _QUOTED.sub(lambda found: phrases.append(_words(found[1])) or " ", text)  # type: ignore[func-returns-value]
        phrases += [_words(chunk) for chunk in rest.split()]
        return cls(tuple(dict.fromkeys(phrase for phrase in phrases if phrase)), bool(text.strip()))

    @property
    def match(self) -> str:
        """The query in the language of SQLite's FTS5."""
        return " AND ".join(f'"{" ".join(phrase)}"' for phrase in self.phrases)


def _words(text: str) -> tuple[str, ...]:
    return tuple(words_of(fold(text)))


class Highlighter:
    """Finds a query's words in texts, by the endings and accents that the index leaves off.

    It asks a small full-text table in memory, cut as the archive's are, which words of the texts are the query's.
    """

    def __init__(self, query: Query, texts: Iterable[str]) -> None:
        written: dict[str, set[str]] = {}
        begun = {word[:2] for phrase in query.phrases for word in phrase}
        for word in distinct_words(texts) if begun else ():
            plain = fold(word)
            if plain[:2] in begun:
                written.setdefault(plain, set()).add(word)
        alike = _alike(query, written)
        self._patterns: list[re.Pattern[str]] = []
        for phrase in query.phrases:
            forms = [sorted({form for same in alike[word] for form in written.get(same, ())}) for word in phrase]
            if all(forms):
                self._patterns.append(re.compile(r"[\W_]*".join(map(_any_of, forms))))

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the query's phrases stand in ``text`` (one of the texts given), in order, without overlaps."""
        found = (match.span() for pattern in self._patterns for match in pattern.finditer(text))
        # A pattern that looks back at every character takes ten times as long.
        return tuple(_apart(sorted(span for span in found if STARTS.match(text, span[0]))))


def passage(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of a long text that holds most of the spans, cut between words."""
    if len(text) <= PASSAGE:
        return 0, len(text)
    best, first = 0, spans[0][0] if spans else 0
    for n, (start, _) in enumerate(spans):
        inside = sum(1 for _, end in spans[n : n + 40] if end <= start + PASSAGE - 60)
        if inside > best:
            best, first = inside, start
    start = max(0, min(first - 60, len(text) - PASSAGE))
    end = min(len(text), start + PASSAGE)
    if start:
        gap = text.find(" ", start, first)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", max([start + 1, *(b for _, b in spans if b <= end)]), end)
        end = gap if gap >= 0 else end
    return start, end


def _any_of(forms: Sequence[str]) -> str:
    """A pattern for any of these words where it ends as a word."""
    return f"(?:{'|'.join(form if APART.match(form) else form + ENDS for form in forms)})"


def _alike(query: Query, words: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each word of the query, the words that the index does not tell from it."""
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter unicode61 remove_diacritics 2')")
        memory.executemany("INSERT INTO words VALUES (?)", [(word,) for word in sorted(words)])
        return {
            word: frozenset(w for (w,) in memory.execute("SELECT word FROM words WHERE words MATCH ?", (f'"{word}"',)))
            | {word}
            for phrase in query.phrases
            for word in phrase
        }
    finally:
        memory.close()


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
