"""Rows of entries: menus of a site, lists of tags. They are parted by wide gaps or marks and are no sentences."""

from __future__ import annotations

import re
import unicodedata

from diptych.clean.lines import is_sentence, word_count
from diptych.knowledge.furniture import Furniture, furniture_key

__all__ = ["is_menu", "is_tag_row", "row_of_phrases"]

_PARTED = re.compile(r"\s{2,}|\t+|\s*[|•·▪►▸»›]\s*|\s/\s")
_ENTRY_WORDS, _ENTRY_LENGTH = 4, 32
_SCRIPT = re.compile(r"[^\W\d_]")


def is_menu(text: str, kb: Furniture) -> bool:
    """Tell whether the line is a menu: at least four short entries, or two of which one is furniture or another script.

    "Top  Politics  Economy  日本語", "HOME | GULF | WORLD", "News World Business Sport Opinion Culture".
    """
    known = kb.lines | kb.languages | kb.sections | kb.labels | kb.openers
    entries = _entries(text)
    if len(entries) >= 2 and all(map(_is_entry, entries)):
        named = sum(furniture_key(entry) in known for entry in entries)
        scripts = {script for entry in entries for script in (_script(entry),) if script}
        return len(entries) >= 4 or named * 2 >= len(entries) or (named > 0 and len(entries) >= 3) or len(scripts) > 1
    words = text.split()
    if not 5 <= len(words) <= 14 or is_sentence(text) or not all(word[:1].isupper() for word in words):
        return False
    return sum(word.casefold().strip(",") in known for word in words) >= 0.6 * len(words)


def is_tag_row(text: str) -> bool:
    """Tell whether the line is a row of names and subjects, as stands below an article."""
    if is_sentence(text) or len(text) > 300:
        return False
    wide = _entries(text)
    if len(wide) >= 2 and all(map(_is_entry, wide)):
        return True
    entries = re.split(r"\s*[,;]\s+", text.strip(" ,;"))
    return len(entries) >= 3 and all(word_count(entry) <= 4 and not entry[:1].islower() for entry in entries)


def row_of_phrases(key: str, phrases: frozenset[str]) -> bool:
    """Tell whether ``key`` is nothing but phrases in a row: "facebook twitter email print"."""
    words = [word.strip("|/,·•:") for word in key.split()]
    words = [word for word in words if word]
    if not 2 <= len(words) <= 14:
        return False
    at = 0
    while at < len(words):
        for size in range(min(5, len(words) - at), 0, -1):
            if " ".join(words[at : at + size]) in phrases:
                at += size
                break
        else:
            return False
    return True


def _entries(text: str) -> list[str]:
    return [entry for entry in _PARTED.split(text.strip(" |•·")) if entry]


def _is_entry(entry: str) -> bool:
    first = entry.lstrip("#+")[:1]
    return (
        word_count(entry) <= _ENTRY_WORDS
        and len(entry) <= _ENTRY_LENGTH
        and bool(_SCRIPT.search(entry))
        and not first.islower()
        and not re.search(r"\d|[.!?:;]$", entry)
    )


def _script(entry: str) -> str | None:
    letter = _SCRIPT.search(entry)
    return unicodedata.name(letter[0], "").split(" ")[0] if letter else None
