"""What a line of a page is, judged by the line alone: furniture, a date line, a byline, a caption …"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from diptych.clean.captions import is_caption
from diptych.clean.dates import date_line, is_bare_dateline
from diptych.clean.lines import is_sentence, word_count
from diptych.clean.menus import is_menu, row_of_phrases
from diptych.knowledge.furniture import Furniture, furniture_key
from diptych.knowledge.publishers import Publisher, Publishers

__all__ = ["Role", "Seen", "is_institution", "recognise"]

Role = Literal[
    "furniture",
    "opener",
    "closer",
    "label",
    "attribution",
    "date",
    "byline",
    "caption",
    "publisher",
    "signoff",
    "end",
    "menu",
    "issuer",
]

#: A day that may be one of two (03/04/2031): it dates the page, but nobody knows how.
_IN_DOUBT = re.compile(r"(?:\w+ ?:? )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_EMAIL = re.compile(r"[\w.+-]+@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_BY = re.compile(r"^\s*(?:\W\s*)?(?:written\s+)?(?:by|por|par|von|текст:)\s*:?\s+(?P<who>\S.*)$", re.IGNORECASE)
_NAME = re.compile(r"^(?:[A-ZÀ-ÞŠŽČŁ][\w'’.\-]*|de|van|von|der|bin|al|el|la|da|di|and|&|,|/|\||with|in|for)(?:\s+|$)")
_JOB = re.compile(
    r",?\s*\b(?:(?:senior |chief |diplomatic |political |national |foreign |staff |special |associated press |ap )*"
    r"(?:staff (?:writer|reporter)|reporter|correspondent|writer|journalist|editor|contributor|bureau chief))\b.*$",
    re.IGNORECASE,
)
#: Menus lose the spaces between their entries: "PoliticsWorldBusiness".
_GLUED = re.compile(r"[a-zé](?<!Mc)(?<!Mac)(?<!De)(?<!La)[A-ZÉ][a-z]")
_INSTITUTION = re.compile(
    r"\b(?:ministry|ministère|department|office|embassy|high commission|consulate|permanent mission|government"
    r"|presidency|secretariat|commission|council|cabinet|foreign affairs|delegation|chancellery)\b",
    re.IGNORECASE,
)


_PARTS = re.compile(r"\s*[|•·]\s*|\s{2,}|\s[-–—/]\s")


@dataclass(frozen=True)
class Seen:
    """A line's role and what it tells of the page: days, writers, who publishes."""

    role: Role
    published: dt.date | None = None
    updated: dt.date | None = None
    byline: tuple[str, ...] = ()
    publisher: Publisher | None = None
    labelled: bool = False


def _people(text: str, kb: Furniture, publishers: Publishers) -> tuple[str, ...]:
    """Return the names in a byline; () when it is no list of names."""
    text = _EMAIL.sub(" ", text)
    text = _JOB.sub("", re.sub(r"[(\[<][^)\]>]*[)\]>]?", " ", text)).strip(" ,;|/·•:-–—")
    names: list[str] = []
    for part in re.split(r"\s*(?:,|;|\||/|&|\band\b|·)\s*", text):
        name = " ".join(part.split()).strip(" .-") if len(part) > 1 else ""
        if not name:
            continue
        if len(name.split()) > 5 or (not name[:1].isupper() and not name[:1].isalpha()):
            return ()
        if any(not _NAME.match(word) for word in name.split()) or re.match(r"(?:the|an?|of)\b", name, re.IGNORECASE):
            return ()
        if name.isupper() and name not in kb.agencies and len(name) > 4:
            name = name.title()
        names.append(name)
    return tuple(dict.fromkeys(names)) if len(names) <= 6 else ()


def recognise(text: str, kb: Furniture, publishers: Publishers) -> Seen | None:
    """Return what the line is when the line alone says so, None when it may be text."""
    if len(text) > 600:
        return None
    words = word_count(text)
    if words > 60:
        return None
    key = furniture_key(text)
    if not _LETTER.search(text):
        dated = _dated(text, words, kb, publishers)
        if dated is not None or _is_number(text):
            return dated
        return Seen("end" if text.casefold() in kb.ends else "furniture")
    if text.casefold() in kb.ends:
        return Seen("end")
    short = words <= 12
    if short:
        if key in kb.openers:
            return Seen("opener", publisher=_publisher_in(text, publishers))
        if key in kb.lines or key in kb.languages or (len(key) == 1 and key.isascii()):
            return Seen("furniture")
        if key in kb.labels or key in kb.sections or key in kb.invocations:
            return Seen("label")
        if key.upper() in kb.agencies or text.strip("() ") in kb.agencies:
            return Seen("byline", byline=(text.strip("()[] "),))
        named = publishers.named(key) or publishers.named(text)
        if named is not None:
            return Seen("publisher", publisher=named)
        if row_of_phrases(key, kb.lines | kb.languages | kb.sections | kb.labels):
            # A row with sections or languages is a menu of the site, one without may be tools for sharing.
            placed = any(furniture_key(part) in kb.languages | kb.sections for part in _PARTS.split(text))
            return Seen("menu" if placed and is_menu(text, kb) else "furniture")
    for pattern in kb.attribution:
        match = pattern.fullmatch(text)
        if match:
            return Seen("attribution", byline=_spokesperson(match["who"]))
    dated = _dated(text, words, kb, publishers)
    if dated is not None:
        return dated
    by = _byline(text, words, kb, publishers)
    if by is not None:
        return by
    if words <= 40 and is_menu(text, kb):
        return Seen("menu", publisher=_publisher_in(text, publishers))
    if words <= 30 and key.startswith(kb.closers) and _closes(text, key, words):
        return Seen("closer", publisher=_publisher_in(text, publishers))
    if words <= 30 and (f"{key}:" if text.endswith(":") else key).startswith(kb.starts) and _starts_fit(text, key, kb):
        return Seen(
            "caption" if re.match(r"(?:photo|image|picture|file|credit|foto)", key) else "furniture",
            publisher=_publisher_in(text, publishers),
        )
    if words <= 45 and any(phrase in key for phrase in kb.inside):
        return Seen("furniture", publisher=_publisher_in(text, publishers))
    if words <= 25 and kb.patterns.fullmatch(text):
        return Seen("furniture", publisher=_publisher_in(text, publishers))
    if len(_GLUED.findall(text)) >= 3 and not is_sentence(text):
        return Seen("furniture")
    if is_caption(text, kb):
        return Seen("caption")
    return None


def _is_number(text: str) -> bool:
    """Numbers of paragraphs ("1.", "(2)") belong to a text."""
    return bool(re.fullmatch(r"\(?\d{1,2}[.)]", text))


def _closes(text: str, key: str, words: int) -> bool:
    return not is_sentence(text) or words <= 14 or key.startswith(("©", "ⓒ", "(c)", "copyright"))


def _starts_fit(text: str, key: str, kb: Furniture) -> bool:
    full = f"{key}:" if text.endswith(":") else key
    start = max((start for start in kb.starts if full.startswith(start)), key=len)
    rest = full[len(start) :]
    # "Photo by…" is furniture, "Photographers …" is not: the phrase must end at a word.
    return start[-1] in ":：-–— " or not rest or not rest[0].isalnum()


def _publisher_in(text: str, publishers: Publishers) -> Publisher | None:
    for match in _EMAIL.finditer(text):
        found = publishers.of_host(match["host"])
        if found is not None:
            return found
    return publishers.inside(text) if len(text) < 160 else None


def _spokesperson(who: str) -> tuple[str, ...]:
    names = re.findall(r"(?:[A-Z][\w'’-]+\s?){2,4}$", who.strip(" :*"))
    name = (
        re.sub(
            r"^(?:\w*\s?spokes\w+|Deputy|Principal|Press|Secretary|Department|Ministry)\s",
            "",
            names[0].strip(),
            flags=re.I,
        )
        if names
        else ""
    )
    while name and re.match(r"(?:\w*spokes\w+|Deputy|Principal|Press|Secretary|Department|Ministry)\s", name, re.I):
        name = name.split(" ", 1)[1]
    return (name,) if " " in name else ()


def _dated(text: str, words: int, kb: Furniture, publishers: Publishers) -> Seen | None:
    if words > 30 or not _DIGIT.search(text):
        return None
    line = date_line(text)
    parted = _parted(text, words, kb, publishers) if line is not None else None
    if parted is not None:
        return parted
    if line is None:
        undated = is_bare_dateline(text) or (words <= 6 and _IN_DOUBT.match(text))
        return Seen("date") if undated else None
    rest = line.rest
    by = re.search(r"\bby\s+(.+)$", rest, re.IGNORECASE)
    names = _people(by[1], kb, publishers) if by else ()
    left = word_count(rest)
    if is_sentence(text) and left > 4 and not line.labelled:
        return None
    publisher = _publisher_in(text, publishers) or publishers.named(rest)
    bare = left <= 1 or (left <= 4 and (names or publisher or not is_sentence(rest)))
    if line.labelled and left <= 10 and not re.search(r"\b(?:was|were|has|have|had|will|is|are)\b", rest):
        return Seen("date", line.published, line.updated, names, publisher, True)
    if (
        _INSTITUTION.search(rest)
        and left <= 10
        and not re.search(r"\b(?:was|were|has|had|will|is|are|to|on|with|between|meets?)\b", rest)
    ):
        return Seen("signoff", line.published, line.updated, (), publisher)
    if publisher is not None and left <= 8:
        return Seen("date", line.published, line.updated, names, publisher)
    if bare and not re.search(r"[a-z]{3,}\s+(?:of|on|to|in|with)\b|\b(?:on|in|until|since|by|from|to|of)$", rest):
        return Seen("date", line.published, line.updated, names, publisher)
    return None


def _parted(text: str, words: int, kb: Furniture, publishers: Publishers) -> Seen | None:
    """Read a line of parts of which one is the day: "Source: Agency | 2031-03-19 18:05:22 | Editor: name"."""
    parts = [part for part in _PARTS.split(text.strip(" |•·")) if part]
    if not 2 <= len(parts) <= 7 or words > 24:
        return None
    line = date_line(text)
    days = [part for part in parts for day in (date_line(part),) if day is not None and word_count(day.rest) <= 1]
    others = [part for part in parts if part not in days and _LETTER.search(part)]
    if line is None or not days or any(word_count(part) > 7 or is_sentence(part) for part in others):
        return None
    if any(re.search(r"\b(?:was|were|has|had|have|will|is|are|with|between|meets?)\b", part) for part in others):
        return None
    names: tuple[str, ...] = ()
    for part in others:
        by = _BY.match(part)
        names = names or (_people(by["who"], kb, publishers) if by else ())
    if not names and line.labelled and re.fullmatch(r"(?:[A-Z][\w'’-]+ ){1,2}[A-Z][\w'’-]+", parts[0]):
        names = () if publishers.named(parts[0]) else _people(parts[0], kb, publishers)
    publisher = _publisher_in(text, publishers)
    for part in others:
        publisher = publisher or publishers.named(re.sub(r"^source\s?:\s*", "", part, flags=re.IGNORECASE))
    return Seen("date", line.published, line.updated, names, publisher, line.labelled)


def _byline(text: str, words: int, kb: Furniture, publishers: Publishers) -> Seen | None:
    if words > 20:
        return None
    email = _EMAIL.search(text)
    by = _BY.match(text)
    if by is None and email is None:
        return None
    publisher = _publisher_in(text, publishers)
    if by and not is_sentence(by["who"].rstrip(".")) and text[:1].isupper():
        names = _people(by["who"], kb, publishers)
        if names:
            return Seen("byline", byline=names, publisher=publisher)
    if email:
        around = _EMAIL.sub("", text).strip(" ()[]<>,;:|/-")
        names = _people(around, kb, publishers) if around else ()
        if not around or names or word_count(around) <= 6:
            return Seen("byline", byline=names, publisher=publisher)
    return None


def is_institution(text: str) -> bool:
    """Tell whether a short line names an institution, as the last lines of an official paper do."""
    return word_count(text) <= 9 and bool(_INSTITUTION.search(text)) and not is_sentence(text)
