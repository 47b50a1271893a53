"""Quotation marks of any kind, paired: which stretches of a text are someone's own words.

Marks are read by where they stand, not only by their shape: a mark after a space and before a letter opens,
one after a letter and before a space closes, whatever key the typist hit. A mark that is never closed ends with
its paragraph, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOUBLE = '"“”„‟«»″＂「」『』'
_OPENS = "“„‟«「『"
_CLOSES = "”»」』"
_SINGLE_OPENS = "‘‚‹"
_SINGLE_CLOSES = "’›"
_BEFORE_OPENING = "([{<—–-/:;,…"
_AFTER_CLOSING = ".,;:!?)]}>—–-/…"
_PARAGRAPH = re.compile(r"\n[ \t\u00a0]*\n|(?<=[.!?:\"”’)\]])[ \t\u00a0]*\n(?=[\s\u00a0]*[A-Z\"“”„«‘'\[(])")
_STRAIGHT_SINGLE = re.compile(
    r"(?<![\w'])'(?=\w)(?:[^'\n]|'(?=\w)){3,400}?[\w.,!?]'(?![\w'])|''(?=\w)[^\n]{3,600}?[\w.,!?]''(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted stretch. ``start`` and ``end`` include the marks, ``inner_start`` and ``inner_end`` do not.

    ``closed`` is false where no closing mark was found; ``continues`` is true where the next paragraph opens with
    a mark again, which by convention makes both one speech.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool = False


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Return the paragraphs of ``text`` as spans: split at blank lines and at line ends that end a sentence."""
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(text)))
    return tuple((a, b) for a, b in spans if text[a:b].strip())


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of ``text`` in order; they never overlap. Linear in the length of the text."""
    found: list[Quotation] = []
    spans = paragraphs(text)
    for number, (start, end) in enumerate(spans):
        marks = _marks(text, start, end)
        following = text[spans[number + 1][0] :].lstrip()[:1] if number + 1 < len(spans) and marks else ""
        found.extend(_pair(text, marks, start, end, bool(following) and following in _DOUBLE + _SINGLE_OPENS))
    return tuple(found)


def _marks(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return (position, width, kind) of the marks: ``open``, ``close`` or ``either``."""
    marks: list[tuple[int, int, str]] = []
    singles: dict[int, tuple[int, str]] = {}
    for match in _STRAIGHT_SINGLE.finditer(text, start, end):
        width = 2 if text.startswith("''", match.start()) else 1
        singles[match.start()] = (width, "open")
        singles[match.end() - width] = (width, "close")
    for at in range(start, end):
        char = text[at]
        if char in _DOUBLE:
            marks.append((at, 1, _by_place(text, at, start, end, char)))
        elif char in _SINGLE_OPENS:
            if at + 1 < end and text[at + 1].isalnum() and _curly_single_closes(text, at, end):
                marks.append((at, 1, "open single"))
        elif char in _SINGLE_CLOSES:
            after = text[at + 1] if at + 1 < end else " "
            if not after.isalnum():
                marks.append((at, 1, "close single"))
        elif at in singles:
            width, kind = singles[at]
            marks.append((at, width, f"{kind} single"))
    return marks


def _curly_single_closes(text: str, at: int, end: int) -> bool:
    """Whether a single opening mark has a closing one at the end of a word, within the paragraph."""
    stop = min(end, at + 600)
    for position in range(at + 2, stop):
        if text[position] in _SINGLE_CLOSES and not (position + 1 < end and text[position + 1].isalnum()):
            return True
    return False


def _by_place(text: str, at: int, start: int, end: int, char: str) -> str:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    open_before = before.isspace() or before in _BEFORE_OPENING or before in _SINGLE_OPENS
    close_after = after.isspace() or after in _AFTER_CLOSING or after in _SINGLE_CLOSES + "'"
    if open_before and not after.isspace() and not (before in ",-" and close_after):
        return "open"
    if close_after and not before.isspace():
        return "close"
    if char in _OPENS:
        return "open"
    if char in _CLOSES:
        return "close"
    return "either"


def _pair(text: str, marks: list[tuple[int, int, str]], start: int, end: int, again: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, int, bool] | None = None
    for at, width, kind in marks:
        single = kind.endswith("single")
        kind = kind.split(" ")[0]
        if opened is None:
            if kind in ("open", "either"):
                opened = (at, width, single)
            continue
        began, wide, was_single = opened
        if single and not was_single:
            continue  # a quotation within a quotation
        if kind == "open" and not single:
            # The closing mark of the one before is missing: it ends where this one begins.
            found.append(_unclosed(text, began, wide, at))
            opened = (at, width, single)
        elif kind in ("close", "either") and single == was_single:
            found.append(Quotation(began, at + width, began + wide, at, True))
            opened = None
    if opened is not None:
        began, wide, was_single = opened
        if not was_single:
            last = _unclosed(text, began, wide, end)
            found.append(Quotation(last.start, last.end, last.inner_start, last.inner_end, False, continues=again))
    return [item for item in found if item.inner_end > item.inner_start]


def _unclosed(text: str, began: int, wide: int, limit: int) -> Quotation:
    end = limit
    while end > began + wide and text[end - 1].isspace():
        end -= 1
    return Quotation(began, end, began + wide, end, False)
