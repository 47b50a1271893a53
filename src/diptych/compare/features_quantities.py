"""Numbers and days that a passage names, in one form however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diptych.syntax.numerals import SCALES, TENS, UNITS

_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"thirtieth": 30}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+|[%$€£¥]", re.I)
_YEAR = range(1900, 2101)


@dataclass(frozen=True)
class Quantity:
    """A number as it stands in the text: its value, what is counted (a noun in lower case, or ''), the words."""

    value: float
    unit: str
    words: str


@dataclass(frozen=True)
class Day:
    """A day or month: parts that the text does not give are None; ``weekday`` in lower case."""

    day: int | None
    month: int | None
    year: int | None
    weekday: str | None
    words: str


def _figure(word: str) -> float | None:
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None


def _ordinal(text: str) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", text)
    if match:
        value = int(match[1])
        return value if 1 <= value <= 31 else None
    if text in _ORDINALS:
        return _ORDINALS[text]
    tens, _, rest = text.partition("-")
    if tens in ("twenty", "thirty") and rest in _ORDINALS and _ORDINALS[rest] < 10:
        return TENS[tens] + _ORDINALS[rest]
    return None


_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty-|thirty-)?(?:" + "|".join(_ORDINALS) + "))"
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATE = re.compile(
    rf"\b(?:the\s+)?(?P<d1>{_DAY})\s+(?:day\s+)?(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>\d{{4}}))?"
    rf"|\b(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>{_DAY})\b(?:,?\s+(?P<y2>\d{{4}}))?"
    rf"|\b(?P<m3>{_MONTH})(?:,?\s+(?P<y3>\d{{4}}))?",
    re.I,
)
_WEEKDAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")s?\b", re.I)


def days(text: str) -> tuple[Day, ...]:
    """Return the days and months named in ``text``, in order; "may" and "march" count only as written names."""
    out = []
    for match in _DATE.finditer(text):
        month_words = match["m1"] or match["m2"] or match["m3"]
        if month_words[0].islower():
            continue
        day = match["d1"] or match["d2"]
        year = match["y1"] or match["y2"] or match["y3"]
        if (
            month_words == "May"
            and day is None
            and year is None
            and not re.search(
                r"\b(?:in|of|by|until|since|last|next|early|late|mid|from|to|for)[- ]+$", text[: match.start()], re.I
            )
        ):
            continue
        number = MONTHS[month_words.lower().rstrip(".")]
        out.append(Day(_ordinal(day.lower()) if day else None, number, int(year) if year else None, None, match[0]))
    out += [Day(None, None, None, m[1].lower(), m[0]) for m in _WEEKDAY.finditer(text)]
    return tuple(out)


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers in ``text`` that are no part of a date, written in digits or in words.

    "one" counts only before a scale word; a bare year is no quantity.
    """
    blank = _DATE.sub(lambda m: " " * len(m[0]) if m[0][:1].isupper() or m[0][:1].isdigit() else m[0], text)
    words = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(blank)]
    out: list[Quantity] = []
    k = 0
    while k < len(words):
        value, after = _read(words, k, blank)
        if value is None:
            k += 1
            continue
        unit = next(
            (w for w, _, _ in words[after : after + 3] if w[:1].isalpha() and len(w) > 2 and w not in _UNITLESS), ""
        )
        start = words[k][1]
        money = blank[max(0, start - 2) : start].strip()[-1:] in "$€£¥" and blank[max(0, start - 2) : start].strip()
        if money or (k and words[k - 1][0] in ("usd", "eur", "us")):
            unit = "money"
        elif (after < len(words) and words[after][0] in ("%", "percent")) or blank[words[after - 1][2] :][:1] == "%":
            unit = "percent"
        is_year = after == k + 1 and words[k][0].isdigit() and len(words[k][0]) == 4 and value in _YEAR and not money
        if not is_year:
            out.append(Quantity(value, unit, text[start : words[after - 1][2]]))
        k = after
    return tuple(out)


_UNITLESS = frozenset(
    [
        "more",
        "than",
        "over",
        "some",
        "about",
        "the",
        "and",
        "new",
        "additional",
        "further",
        "other",
        "per",
        "cent",
        "of",
    ]
)


def _read(words: list[tuple[str, int, int]], k: int, text: str) -> tuple[float | None, int]:
    """Read one number beginning at word ``k``: its value and the index after it; (None, k) where none stands."""
    total, current, seen, at = 0.0, 0.0, False, k
    while at < len(words):
        word = words[at][0]
        if at > k and not re.fullmatch(r"[\s\-–]*(?:and\s+)?", text[words[at - 1][2] : words[at][1]]):
            break
        figure = _figure(word) if word[0].isdigit() else None
        if figure is not None and not seen:
            current, seen = figure, True
        elif figure is not None:
            break
        elif word in UNITS and (not seen or current % 10 == 0):
            current, seen = current + UNITS[word], True
        elif word in TENS and (not seen or current % 100 == 0):
            current, seen = current + TENS[word], True
        elif word in SCALES and (seen or (word == "dozen" and at == k)):
            scale = SCALES[word]
            if scale == 100.0:
                current *= scale
            else:
                total, current = total + max(current, 1.0) * scale, 0.0
            seen = True
        elif word == "and" and seen and at + 1 < len(words) and (current or total) >= 100:
            if words[at + 1][0] not in UNITS and words[at + 1][0] not in TENS:
                break
        else:
            break
        at += 1
    if not seen or (at == k + 1 and words[k][0] in ("one", "zero")):
        return None, k
    return total + current, at
