"""Where sentences end, mended where the parser errs on the layout of official texts.

A line break ends a sentence, a paragraph number ("1. ") or bullet opens one, an abbreviation's full stop ends none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

#: Abbreviations after which a full stop does not end a sentence.
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "adm",
        "amb",
        "sen",
        "rep",
        "gov",
        "st",
        "jr",
        "sr",
        "no",
        "nos",
        "vs",
        "etc",
        "art",
        "para",
        "paras",
        "vol",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "fig",
        "hon",
        "rev",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "p.m",
        "a.m",
        "e.g",
        "i.e",
        "u.s",
        "u.k",
        "u.n",
    ]
)
_LIST_MARK = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-zivx]{1,4}\)|[-•*–—·▪◦●])\s+", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?…。][\"”’»)\]]*$")


def sentences(doc: Doc) -> tuple[Span, ...]:
    """Return the sentences of ``doc`` as spans, without blanks at either end and without list marks.

    Works from the parser's boundaries; adds one at each line break and list mark, and joins what the parser
    split after an abbreviation or inside a run that ends in no closing mark.
    """
    found: list[Span] = []
    start = 0
    for index in range(1, len(doc) + 1):
        if index < len(doc) and not _boundary(doc, index):
            continue
        span = _trim(doc, start, index)
        if span is not None:
            span = _unmark(span)
        if span is not None:
            found.append(span)
        start = index
    return tuple(found)


def list_mark(text: str) -> int:
    """Return the length of the paragraph number or bullet, with its blank, that opens ``text``; 0 if none does."""
    match = _LIST_MARK.match(text)
    return match.end() if match else 0


def _boundary(doc: Doc, index: int) -> bool:
    token, before = doc[index], doc[index - 1]
    if "\n" in before.text or "\n" in before.whitespace_:
        return True
    if before.is_space and "\n" in before.text:
        return True
    if not token.is_sent_start:
        # The parser misses some ends: a full stop, a blank and a capital after an ordinary word.
        return (
            before.text in (".", "!", "?")
            and bool(before.whitespace_)
            and token.text[:1].isupper()
            and index >= 2
            and not _abbreviated(doc, index - 1)
        )
    if token.is_space or before.is_space:
        return "\n" in token.text or "\n" in before.text or bool(_TERMINAL.search(_tail(doc, index)))
    return bool(_TERMINAL.search(_tail(doc, index))) and not _abbreviated(doc, index - 1)


def _tail(doc: Doc, index: int) -> str:
    first = max(0, index - 4)
    text: str = doc[first:index].text
    return text.rstrip()


def _abbreviated(doc: Doc, stop: int) -> bool:
    """Tell whether the full stop at or in token ``stop`` belongs to an abbreviation or an initial."""
    word = doc[stop].text if doc[stop].text != "." else doc[stop - 1].text if stop else ""
    glued = doc[stop].text != "." or (stop > 0 and not doc[stop - 1].whitespace_)
    if not glued:
        return False
    bare = word.rstrip(".").lower()
    if bare in _ABBREVIATIONS and doc[stop].text != ".":
        # "the U.S. President …" goes on; "…with the U.S. The leaders …" ends: a determiner or pronoun opens.
        following = doc[stop + 1] if stop + 1 < len(doc) else None
        return following is None or following.pos_ not in ("DET", "PRON") or bare in ("mr", "mrs", "ms", "dr")
    if bare in _ABBREVIATIONS and bare not in ("no", "us", "st", "mar", "dec", "jan", "co", "art"):
        return True
    return len(bare) == 1 and bare.isalpha() and word[:1].isupper()


def _unmark(span: Span) -> Span | None:
    """Take the paragraph number or bullet off the front of a sentence that opens a line."""
    doc, text = span.doc, span.text
    opens_line = span.start == 0 or "\n" in doc[span.start - 1].text or "\n" in doc[span.start - 1].whitespace_
    length = list_mark(text + " ") if opens_line else 0
    if not length:
        return span
    if length >= len(text):
        return None
    start = span.start
    while start < span.end and doc[start].idx < span.start_char + length:
        start += 1
    return _trim(doc, start, span.end)


def _trim(doc: Doc, start: int, end: int) -> Span | None:
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    return doc[start:end] if start < end else None
