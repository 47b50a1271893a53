"""The forms of lines: running text, headings, list items, marks at the end of a text."""

from __future__ import annotations

import re

from diptych.clean.lines import Line, is_sentence, word_count
from diptych.knowledge.furniture import Furniture, furniture_key
from diptych.records import BlockKind

__all__ = [
    "BULLET",
    "HOLDER",
    "LONG_WORDS",
    "PLACE",
    "SPEAKER",
    "SPOT",
    "TITLE_WORDS",
    "block_kind",
    "cut_end",
    "is_heading",
    "is_prose",
    "line_key",
]

BULLET = re.compile(r"^[-–—•*·●▪◦‣■]\s+|^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+", re.IGNORECASE)
HOLDER = re.compile(
    r"(?P<who>(?:[A-Z][\w'’.-]* ){1,3}[A-Z][\w'’-]+), (?:[A-Z][\w.-]* (?:(?:of|for|to|the|and) )*){0,5}"
    r"(?:Spokes(?:person|man|woman)|Secretary|Minister|President|Ambassador|Representative|Envoy|Commissioner|Director)"
    r"(?:(?: of| for| to| the| and|,)* [A-Z][\w-]*){0,6}"
)
PLACE = re.compile(r"(?:[A-Z][\w.'’-]* ?){1,2}, (?:[A-Z][\w.]* ?){1,2}")
END_MARK = re.compile(
    r"(?<=[.!?”\"’'）)])(?P<space>\s*)(?P<mark>[(\[][^()\[\]]{2,40}[)\]]|/[A-Z]+/|[#*\- ]{3,9}|■|[A-Z][\w ]{2,30})\.?$"
)
SPOT = re.compile(r"(?:[A-Z][\w.'’-]+ ?){1,3}")
SPEAKER = re.compile(r"^[^.!?:]{1,70}:\s")
#: Words that running text has at least, and a title has at most.
PROSE_WORDS, TITLE_WORDS = 9, 45
#: A line below the title with so many words is a sentence, with or without a full stop.
LONG_WORDS = 16


def line_key(text: str) -> str:
    """Return the form in which lines of one page are compared with each other."""
    return " ".join(furniture_key(text).replace('"', "'").replace("“", "'").replace("”", "'").replace("‘", "'").split())


def is_prose(text: str) -> bool:
    """Tell whether a line is running text: a sentence of at least nine words, or more words than a title has."""
    words = word_count(text)
    return words > TITLE_WORDS or (words >= PROSE_WORDS and (is_sentence(text) or text[-1:] in ":;,"))


def is_heading(line: Line) -> bool:
    """Headline-like: short, no full stop, no bullet, no speaker."""
    text = line.text
    return (
        line.kind in (None, "heading", "other", "paragraph")
        and word_count(text) <= TITLE_WORDS
        and not is_sentence(text)
        and text[-1:] not in ",;:"
        and not BULLET.match(text)
        and not text[:1].islower()
    )


def block_kind(line: Line) -> BlockKind:
    """Return the kind of block that a line of the body is, by its markup or its form."""
    if line.kind is not None:
        return line.kind
    if BULLET.match(line.text):
        return "list_item"
    return "heading" if is_heading(line) and not SPEAKER.match(line.text) else "paragraph"


def cut_end(text: str, kb: Furniture) -> tuple[str, str | None]:
    """Cut "(END)", the agency's name and glued furniture off the last paragraph; return the rest and the agency."""
    agency: str | None = None
    for _ in range(3):
        match = END_MARK.search(text)
        if not match:
            break
        mark = match["mark"].strip()
        inner = mark.strip("()[] ")
        if inner in kb.agencies:
            agency = inner
        elif not ({mark.casefold().rstrip("."), f"({inner.casefold()})"} & kb.ends) and (
            match["space"] or furniture_key(mark) not in kb.lines | kb.openers
        ):
            break
        text = text[: match.start()].rstrip()
    return text, agency
