"""Numbers in a form that can be compared: "forty-two" is 42, "$1.2 billion" is USD 1200000000, days stay days."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from diptych.syntax.numerals import SCALES, TENS, UNITS

if TYPE_CHECKING:
    from spacy.tokens import Span

_CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dollars": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "¥": "JPY",
    "yen": "JPY",
    "jpy": "JPY",
    "₽": "RUB",
    "rubles": "RUB",
    "roubles": "RUB",
    "rub": "RUB",
    "yuan": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "₹": "INR",
    "rupees": "INR",
    "inr": "INR",
    "won": "KRW",
    "krw": "KRW",
}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTHS})|(?P<m2>{_MONTHS})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf"\b(?:,?\s+(?P<y>\d{{4}}))?"
)
_FIGURE = re.compile(
    r"(?P<cur>US\$|[$€£¥₽₹]|\b(?:USD|EUR|GBP|JPY|RUB|CNY|RMB|INR|KRW)\s?)?"
    r"(?P<num>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:(?:\s|-)?(?P<scale>hundred|thousand|million|mln|mn|billion|bln|bn|trillion|dozen)\b)?"
    r"(?:\s?(?P<unit>%|per\s?cent|percent|percentage points?|[A-Za-z]+))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")
_VAGUE = frozenset({"one", "zero"})


def numbers_in(span: Span) -> tuple[str, ...]:
    """Return the numbers told in ``span``, in order, each once: "42", "5%", "USD 1200000000", "10 March 2031".

    Single "one" is no number; ordinals ("the third call") are none; a year stands as it is.
    """
    text = span.text
    if not any(token.like_num or token.text[:1].isdigit() or "-" in token.text for token in span):
        text_low = text.lower()
        if not any(word in text_low for word in ("dozen", "twenty", "thirty", "forty")):
            return ()
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    for match in _DAY.finditer(text):
        day = match["d1"] or match["d2"]
        month = match["m1"] or match["m2"]
        found.append((match.start(), " ".join(part for part in (str(int(day)), month, match["y"]) if part)))
        taken.append(match.span())
    for match in _FIGURE.finditer(text):
        if any(start <= match.start("num") < end for start, end in taken) or _glued(text, match.start("num")):
            continue
        found.append((match.start(), _figure(match)))
        taken.append((match.start(), match.end("scale") if match["scale"] else match.end("num")))
    found += _spelled(text, taken)
    return tuple(dict.fromkeys(value for _, value in sorted(found)))


def _glued(text: str, start: int) -> bool:
    """Tell whether a figure is part of a name: "COVID-19", "F16", "G7"."""
    before = text[max(0, start - 2) : start]
    return bool(before) and (
        before[-1].isalpha() or (before[-1] in "-–." and before[:1].isalnum() and not before[:1].isdigit())
    )


def _figure(match: re.Match[str]) -> str:
    try:
        value = Decimal(match["num"].replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return match["num"]
    if match["scale"]:
        value *= SCALES[match["scale"].lower()]
    unit = (match["unit"] or "").lower()
    currency = _CURRENCIES.get((match["cur"] or "").strip().lower()) or _CURRENCIES.get(unit)
    shown = _plain(value)
    if currency:
        return f"{currency} {shown}"
    if unit.startswith(("%", "per")):
        return f"{shown}%"
    return shown


def _plain(value: Decimal) -> str:
    shown = format(value.normalize(), "f")
    return shown


def _spelled(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Numbers written in words: "forty-two", "two hundred and fifty", "three million euros"."""
    found: list[tuple[int, str]] = []
    words = [match for match in _WORD.finditer(text) if not any(s <= match.start() < e for s, e in taken)]
    at = 0
    while at < len(words):
        total, part, used, last = 0, 0, 0, at
        position = at
        while position < len(words):
            word = words[position][0].lower()
            if position > at and len(text[words[position - 1].end() : words[position].start()].strip("- ")) > 0:
                break
            if word in UNITS:
                part += UNITS[word]
            elif word in TENS:
                part += TENS[word]
            elif word in SCALES and (used or word == "dozen"):
                scale = SCALES[word]
                if scale == 100:
                    part = max(1, part) * scale
                else:
                    total += max(1, part) * scale
                    part = 0
            elif word == "and" and used and position + 1 < len(words) and words[position - 1][0].lower() in SCALES:
                position += 1
                continue
            else:
                break
            used += 1
            position += 1
            last = position
        if used and not (used == 1 and words[at][0].lower() in _VAGUE):
            unit = words[last][0].lower() if last < len(words) else ""
            currency = _CURRENCIES.get(unit)
            value = str(total + part)
            percent = unit in ("percent", "per")
            found.append((words[at].start(), f"{currency} {value}" if currency else f"{value}%" if percent else value))
            at = last
        else:
            at += 1
    return found
