"""The forms of lines: running text, headings, list items, marks at the end of a text."""

from __future__ import annotations

import re

from diptych.clean.lines import Line, is_sentence, word_count
from diptych.clean.recognise import Seen
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
    "framed",
    "is_dated_title",
    "is_heading",
    "is_prose",
    "line_key",
    "same_title",
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


def same_title(key: str, title: str | None) -> bool:
    """Tell whether two keys of lines are one title: whole, cut short, with a site's name behind or a path before it."""
    title = title or ""
    if key == title:
        return True
    shorter, longer = sorted((key, title), key=len)
    if len(shorter) >= 20 and shorter == title and longer.endswith(shorter):
        return len(longer) - len(shorter) <= 60  # the path to the page, glued before its title
    if len(shorter) < 20 or not longer.startswith(shorter.rstrip(" .…")):
        return False
    # "… | The Morning Post", "… - Agency", or a title cut short
    rest = longer[len(shorter.rstrip(" .…")) :]
    return len(rest) <= 40 and (bool(re.match(r"\s*[|–—:-]", rest)) or shorter.endswith(("…", "...")))


def framed(inner: str, outer: str) -> bool:
    """Tell whether the key ``outer`` is ``inner`` with the name of a site behind it or a path before it."""
    before, _, after = outer.partition(inner)
    return len(before) <= 60 and len(after) <= 40 and (not after or bool(re.match(r"\s*[|–—:-]", after)))


def is_dated_title(text: str, seen: Seen | None) -> bool:
    """Tell whether a line with a day in it is a title all the same: "Daily Briefing – March 21, 2031"."""
    if seen is None or seen.role != "date" or seen.published is None:
        return False
    if seen.labelled or seen.byline or seen.publisher:
        return False
    return len(re.split(r"\d", text, maxsplit=1)[0].split()) >= 4 and word_count(text) <= TITLE_WORDS


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
