"""The name of an outlet on its own page: the masthead above the title, the copyright line below the text."""

from __future__ import annotations

import re

from diptych.clean.layout import Dropped
from diptych.clean.lines import word_count

__all__ = ["read_masthead"]

_HEAD_WORDS = 5
_NAME = re.compile(
    r"(?:[A-Z0-9À-Þ][\w.'’&-]*|of|the|and|&|de|el|al)(?: (?:[A-Z0-9À-Þ][\w.'’&-]*|of|the|and|&|de|el|al))*"
)
_RIGHTS = re.compile(
    r"(?:©|ⓒ|\(c\)|copyright)(?:\s*(?:©|\(c\)))?(?:\s*(?:19|20|21)\d{2}(?:\s?[-–]\s?\d{4})?)?[\s,]*(?:by )?"
    r"(?P<name>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|the|and|&))*)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"\b(?:all rights|rights reserved|terms|privacy|inc|ltd)\b.*$", re.IGNORECASE)


def read_masthead(dropped: tuple[Dropped, ...]) -> str | None:
    """Return the outlet that the furniture of a page names, None when it names none.

    The first line of the page is a masthead when it is a name of at most five words and furniture (a menu, a day)
    stands right below it, or when another line left out repeats it; else the copyright line names the outlet.
    """
    rights = _rights(dropped)
    titled = next((i for i, part in enumerate(dropped) if part.why == "title"), 0)
    heads = [i for i, part in enumerate(dropped[:titled]) if part.why == "head" and _is_name(part.line.text)]
    for i in heads:
        name = _spelled(dropped[i].line.text)
        if rights and name.casefold().startswith(rights.casefold()):
            return rights
        near = {part.why for part in dropped[max(0, i - 1) : i + 2] if part is not dropped[i]}
        repeated = any(
            name.casefold() in part.line.text.casefold() for j, part in enumerate(dropped) if j != i and j != titled
        )
        if repeated or (i <= 1 and near & {"menu", "date", "furniture"}):
            return name
    return rights


def _is_name(text: str) -> bool:
    return 1 <= word_count(text) <= _HEAD_WORDS and bool(_NAME.fullmatch(text))


def _rights(dropped: tuple[Dropped, ...]) -> str | None:
    for part in reversed(dropped):
        match = _RIGHTS.search(part.line.text)
        if match is None:
            continue
        name = _NO_NAME.sub("", match["name"]).strip(" ,.|")
        if name[:1].isupper() and word_count(name) <= _HEAD_WORDS:
            return _spelled(name)
    return None


def _spelled(text: str) -> str:
    """A name in capitals as it is written in a text; an abbreviation before the name that it stands for goes."""
    words = text.split()
    if len(words) > 2 and words[0].isupper() and words[0] == "".join(word[0] for word in words[1:]).upper():
        words = words[1:]
    if len(words) > 1 and text.isupper():
        return " ".join(word if len(word) <= 2 else word.capitalize() for word in words)
    return " ".join(words)
