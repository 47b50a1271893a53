"""The words that searches and texts share; the full-text tables themselves are made by the migrations.

Both backends look words up without case, accents and English endings. Where writing has no spaces between words
(Chinese, Japanese) or hangs endings on them (Korean), every character is a word: ``spaced`` holds such a text with
its characters apart, and a query's run of characters is looked up as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["APART", "ENDS", "STARTS", "distinct_words", "fold", "spaced", "words_of"]

_APART = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: A character that is a word by itself; where other words start and end.
APART = re.compile(f"([{_APART}])")
STARTS = re.compile(f"(?<![^\\W_{_APART}])|(?=[{_APART}])")
ENDS = f"(?![^\\W_{_APART}])"
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return ``text`` without case, accents and runs of space."""
    plain = text.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))
    return " ".join(plain.split())


def spaced(text: str) -> str | None:
    """Return ``text`` with a space before and after each character that is a word; None where there is none."""
    apart = APART.sub(r" \1 ", text)
    return apart if apart != text else None


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in order, as the full-text tables cut it."""
    return [piece for word in _WORD.findall(text) for piece in _pieces(word)]


def distinct_words(texts: Iterable[str]) -> set[str]:
    """Return every word of ``texts`` once."""
    found = {word for text in texts for word in set(_WORD.findall(text))}
    return {piece for word in found for piece in _pieces(word)}


def _pieces(word: str) -> list[str]:
    return [word] if word.isascii() else [piece for piece in APART.split(word) if piece]
