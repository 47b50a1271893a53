"""Finding many names in a text at once: a dictionary keyed by the first word, longest name first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Generic, TypeVar

Value = TypeVar("Value")

WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"['’]s?$")
_GAPS = str.maketrans({"’": "'", "ʻ": "'", "\u00a0": " ", "\u2010": "-", "\u2011": "-", "–": "-", "\n": " "})
#: Gaps between words that are read as equal: a space, a hyphen; an initial's full stop with or without a space.
_EQUAL = {" ": " ", "-": " ", ".": ".", ". ": ".", ".-": ".", "'": "'", "": "", " & ": " & ", ", ": ", "}


_NO_GAPS: tuple[str, ...] = ()


def gap_class(gap: str) -> str:
    """Spaces and hyphens are one class, full stops with and without a space another."""
    if gap == " ":
        return gap
    gap = gap.translate(_GAPS)
    return _EQUAL.get(gap, gap)


def _gaps(form: str) -> tuple[str, ...]:
    words = list(WORD.finditer(form))
    return tuple([gap_class(form[left.end() : right.start()]) for left, right in pairwise(words)])


def same_case(form: str, found: str) -> bool:
    """Whether a word of the text has the capitals that the name asks for: ``US`` is no ``us``."""
    if form == found:
        return True
    if form.isupper() and len(form) <= 6:
        return found == form
    return not form[:1].isupper() or found[:1].isupper()


def without_article(form: str) -> str:
    """The form without a leading "the"; a capital "The" belongs to the name (The Hague)."""
    return form.removeprefix("the ")


class NameMatcher(Generic[Value]):
    """Names and what each stands for; finds them in text, leftmost and longest first."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[tuple[str, Value]]) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], bool, Value]]] = {}
        for name, value in names:
            form = without_article(name)
            tokens = tuple(WORD.findall(form))
            if not tokens:
                continue
            gaps = _NO_GAPS if len(tokens) == 1 else _gaps(form)
            entry = (tokens, gaps, form.endswith("."), value)
            by_first.setdefault(tokens[0].lower(), []).append(entry)
        for entries in by_first.values():
            if len(entries) > 1:
                entries.sort(key=lambda entry: -len(entry[0]))
        self._by_first = by_first

    def at(self, text: str, words: list[re.Match[str]], index: int) -> tuple[int, int, list[Value]] | None:
        """The longest name that begins with word ``index``: (words taken, end offset, all it stands for)."""
        best: tuple[int, int, list[Value]] | None = None
        for tokens, gaps, dotted, value in self._by_first.get(words[index].group().lower(), ()):
            size = len(tokens)
            if best is not None and size < best[0]:
                break
            if index + size > len(words) or not self._fits(text, words, index, tokens, gaps):
                continue
            end = words[index + size - 1].end()
            if dotted and text[end : end + 1] == ".":
                end += 1
            if best is None:
                best = (size, end, [value])
            elif value not in best[2]:
                best = (size, max(end, best[1]), [*best[2], value])
        return best

    @staticmethod
    def _fits(
        text: str, words: list[re.Match[str]], index: int, tokens: tuple[str, ...], gaps: tuple[str, ...]
    ) -> bool:
        for offset, token in enumerate(tokens):
            found = words[index + offset].group()
            if found.lower() != token.lower() or not same_case(token, found):
                return False
            if offset:
                gap = gap_class(text[words[index + offset - 1].end() : words[index + offset].start()])
                # "S Korea" is read as "S. Korea", but "US" never as "U.S."
                if gap != gaps[offset - 1] and not (gaps[offset - 1] == "." and gap == " "):
                    return False
        return True

    def find(self, text: str) -> Iterator[tuple[int, int, list[Value]]]:
        """Every name in the text: (start, end, all it stands for), without overlaps."""
        words = list(WORD.finditer(text))
        index = 0
        while index < len(words):
            hit = self.at(text, words, index)
            if hit is None:
                index += 1
                continue
            size, end, values = hit
            yield words[index].start(), end, values
            index += size

    def exact(self, text: str) -> list[Value]:
        """What the whole text stands for, a leading "the" and a closing possessive aside."""
        bare = _POSSESSIVE.sub("", text.strip())
        return self._whole(bare) or (self._whole(bare[4:]) if bare[:4].lower() == "the " else [])

    def _whole(self, bare: str) -> list[Value]:
        words = list(WORD.finditer(bare))
        if not words:
            return []
        hit = self.at(bare, words, 0)
        if hit is None or hit[0] != len(words) or bare[hit[1] :].strip(". "):
            return []
        return hit[2]
