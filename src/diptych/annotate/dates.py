"""Days in running text: found by form, resolved from the day of publication and from the days told before.

Only expressions of a day, a week, a month or a year are read; a number by itself is never a date. What the text
does not give stays open: without a day of publication "on Wednesday" has no date, only its words.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diptych.records import When

Tense = Literal["past", "present", "future"]

_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTH_NUMBER = {m: n for n, m in enumerate(_MONTHS, 1)} | {m[:3]: n for n, m in enumerate(_MONTHS, 1)} | {"sept": 9}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = {d: n for n, d in enumerate(_DAYS)}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.|Jul\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO = r"\s*(?:[-–—]|to|and|until|through)\s*"
_DATE = re.compile(
    rf"\b(?P<iso>(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b"
    rf"|\b(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})"
    rf"(?:{_TO}(?:(?P<m1b>{_MONTH})\s+)?(?P<d1b>{_DAY})\b(?!\s*(?:%|percent|p\.m|a\.m|:)))?"
    r"(?!\d|[:.,]\d{2}\b|\s*(?:%|percent|million|billion|thousand|people))(?:,?\s+(?P<y1>(?:19|20|21)\d\d)\b)?"
    rf"|\b(?P<d2>{_DAY})(?:\s+(?P<m2a>{_MONTH}))?(?:{_TO}(?P<d2b>{_DAY}))?"
    rf"\s+(?:of\s+)?(?P<m2>{_MONTH})(?![\w])(?:,?\s+(?P<y2>(?:19|20|21)\d\d)\b)?"
    rf"|\b(?P<m3>{_MONTH})(?:\s+of)?,?\s+(?P<y3>(?:19|20|21)\d\d)\b"
    rf"|\b(?:in|In|since|Since|next|last|late|early|mid-?|for(?!\s+(?:May|March)))\s+(?P<m4>{_MONTH})(?![\w])(?!,?\s+(?:\d|of\s+\d))"
    r"|\b(?P<wmod>last|next|this|this coming|the following)?\s*\b(?P<w>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"(?P<nm>\s*\((?P<nd>\d{1,2})/(?P<nmo>\d{1,2})(?:/(?P<ny>\d{4}))?\))?"
    r"|\b(?P<rel>[Tt]oday|[Tt]onight|[Tt]his (?:morning|afternoon|evening|noon)|[Yy]esterday|[Tt]omorrow"
    r"|[Ll]ast night|[Ee]arlier (?:in the day|that day)|[Ll]ater (?:in the day|that day|the same day)"
    r"|[Tt]hat (?:same )?day|[Tt]he same day|[Oo]n the day"
    r"|[Tt]he (?:following|next) (?:day|morning|evening|week)|[Tt]he (?:day before|previous day|day after)"
    r"|[Ll]ater (?:this|next|that) (?:week|month|year)"
    r"|(?:[Ll]ast|[Tt]his|[Nn]ext|[Oo]ver the|[Aa]t the) weekend"
    r"|[Ll]ast (?:week|month|year)|[Nn]ext (?:week|month|year)|[Tt]his (?:week|month|year))\b"
    r"|\b(?P<n>[Aa]|[Oo]ne|[Tt]wo|three|four|five|six|seven|ten|\d{1,2})\s+(?P<unit>days?|weeks?|months?|years?)"
    r"\s+(?P<dir>ago|earlier|before|later|after)\b"
    r"|\b[Ii]n\s+(?P<y5>(?:19|20|21)\d\d)\b",
)
#: Two days with one of these between them are the first and the last; "21 and 22" are two days.
_RANGE = re.compile(r"\d\w*\s*(?:[-–—]|to|until|through)\s*(?:\w+\.?\s+)?\d")
_TIME = re.compile(
    r"\b(?:(?:at|from|around|about)\s+)?(?P<core>(?P<h>\d{1,2})(?:[:.](?P<mi>\d{2}))?(?:\s*(?P<ap>[ap]\.?\s?m\b\.?)"
    r"|(?P<zone>\s*(?:hrs|hours|[A-Z]{2,4}T|GMT|UTC)\b|,?\s*\(?(?:local|[A-Z][a-z]+) time\b))?)(?=\W|$)"
)


@dataclass(frozen=True, slots=True)
class DayExpression:
    """An expression of time in a text and its place in characters."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class DayContext:
    """What else decides a day: the tense of its clause, the day told last, whether this is the day's own text.

    ``previous`` is the day that "the same day" points to.
    """

    tense: Tense = "past"
    previous: dt.date | None = None


def find_days(text: str, start: int = 0, end: int | None = None) -> Iterator[DayExpression]:
    """Yield the expressions of time in ``text[start:end]`` in order."""
    for m in _DATE.finditer(text, start, len(text) if end is None else end):
        words = m.group()
        lead = len(words) - len(words.lstrip())
        yield DayExpression(m.start() + lead, m.end(), words.strip())


def find_time(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return the clock time told in ``text[start:end]`` as ``18:30`` and its words, None where there is none."""
    for m in _TIME.finditer(text, start, end):
        hour, minute = int(m.group("h")), int(m.group("mi") or 0)
        half = (m.group("ap") or "").lower().replace(".", "").replace(" ", "")
        led = m.start("core") > m.start()
        if minute > 59 or hour > (12 if half else 23) or (not half and m.group("mi") is None):
            continue
        if not half and not led and m.group("zone") is None:
            continue
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        return f"{hour:02d}:{minute:02d}", m.group("core").strip()
    return None


def _when(day: dt.date | None, words: str) -> When:
    if day is None:
        return When(date=None, precision="unknown", quote=words)
    return When(date=day.isoformat(), precision="day", quote=words)


def _month(year: int | None, month: int, words: str) -> When:
    if year is None:
        return When(date=None, precision="unknown", quote=words)
    return When(date=f"{year:04d}-{month:02d}", precision="month", quote=words)


def _safe(year: int, month: int, day: int) -> dt.date | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day)


def _year_of(month: int, day: int, anchor: dt.date | None, tense: Tense) -> int | None:
    """Return the year that puts a day of a month nearest to ``anchor``, on the side that the tense says."""
    if anchor is None:
        return None
    best: tuple[int, int] | None = None
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        date = _safe(year, month, day)
        if date is None:
            continue
        distance = (date - anchor).days
        cost = abs(distance)
        if (tense == "past" and distance > 7) or (tense == "future" and distance < -7):
            cost += 200
        if best is None or cost < best[0]:
            best = (cost, year)
    return best[1] if best else None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _month_number(text: str) -> int:
    return _MONTH_NUMBER[text.lower().rstrip(".")]


def resolve_day(words: str, anchor: dt.date | None, context: DayContext | None = None) -> When:
    """Resolve an expression of time against ``anchor``, the day of publication.

    Returns the date as precisely as it is given (``first/last`` for days from one to another), its precision, and
    the words; the date is None where neither the expression nor the anchor gives it, and where no such day exists
    (30 February).
    """
    context = context or DayContext()
    m = _DATE.search(words)
    if m is None:
        return When(date=None, precision="unknown", quote=words)
    g = m.group
    if g("iso"):
        year, month, day = (int(x) for x in g("iso").split("-"))
        return _when(_safe(year, month, day), words)
    if g("m1") or g("m2"):
        month = _month_number(g("m1") or g("m2a") or g("m2"))
        day = _number(g("d1") or g("d2"))
        stated = g("y1") or g("y2")
        known = int(stated) if stated else _year_of(month, day, anchor, context.tense)
        last = g("d1b") or (g("d2b") if not g("m2a") else None)
        if last and known is not None and _RANGE.search(words):
            until = _safe(known, _month_number(g("m1b") or g("m2") or g("m1")), _number(last))
            since = _safe(known, month, day)
            if since is not None and until is not None and since < until:
                return When(date=f"{since.isoformat()}/{until.isoformat()}", precision="day", quote=words)
        return _when(_safe(known, month, day) if known is not None else None, words)
    if g("m3"):
        return _month(int(g("y3")), _month_number(g("m3")), words)
    if g("m4"):
        month = _month_number(g("m4"))
        return _month(_year_of(month, 15, anchor, context.tense), month, words)
    if g("w"):
        if g("nm") and anchor is not None:
            month, day = int(g("nmo")), int(g("nd"))
            year_stated = (
                int(g("ny")) if g("ny") else _year_of(month, day, anchor, context.tense) if 1 <= month <= 12 else None
            )
            return _when(_safe(year_stated, month, day) if year_stated else None, words)
        return _when(_weekday(_WEEKDAY[g("w").lower() + "day"], g("wmod"), anchor, context), words)
    if g("rel"):
        return _relative(g("rel").lower(), anchor, context, words)
    if g("unit"):
        count, unit = _COUNTS.get(g("n").lower()) or int(g("n")), g("unit").rstrip("s")
        if g("dir") == "ago":
            return _ago(count, unit, anchor, words)
        return _from_there(count, unit, g("dir"), anchor, context, words)
    if g("y5"):
        return When(date=g("y5"), precision="year", quote=words)
    return When(date=None, precision="unknown", quote=words)


def _weekday(number: int, modifier: str | None, anchor: dt.date | None, context: DayContext) -> dt.date | None:
    if anchor is None:
        return None
    modifier = (modifier or "").lower()
    back = (anchor.weekday() - number) % 7
    ahead = (number - anchor.weekday()) % 7
    if modifier == "last":
        return anchor - dt.timedelta(days=back or 7)
    if modifier in ("next", "the following"):
        return anchor + dt.timedelta(days=ahead or 7)
    if context.tense == "future" or modifier == "this coming":
        return anchor + dt.timedelta(days=ahead)
    return anchor - dt.timedelta(days=back)


def _relative(words: str, anchor: dt.date | None, context: DayContext, quote: str) -> When:
    previous = context.previous
    if words.startswith(("today", "tonight", "this morning", "this afternoon", "this evening", "this noon")):
        return _when(anchor, quote)
    if words in ("yesterday", "last night"):
        return _when(anchor - dt.timedelta(days=1) if anchor else None, quote)
    if words == "tomorrow":
        return _when(anchor + dt.timedelta(days=1) if anchor else None, quote)
    if words.startswith("later ") and words.endswith("week"):
        return When(date=None, precision="unknown", quote=quote)
    words = words.removeprefix("later ") if words.endswith(("month", "year")) else words
    if words in ("that month", "that year", "the following week", "the next week"):
        return When(date=None, precision="unknown", quote=quote)
    if words.endswith("weekend"):
        return _period(
            f"{'next' if words.startswith('next') else 'last' if words.startswith('last') else 'this'} week",
            anchor,
            quote,
        )
    if words.endswith(("week", "month", "year")):
        return _period(words, anchor, quote)
    if words.startswith(("the following", "the next")) or words == "the day after":
        return _when(previous + dt.timedelta(days=1) if previous else None, quote)
    if words in ("the day before", "the previous day"):
        base = previous or anchor
        return _when(base - dt.timedelta(days=1) if base else None, quote)
    return _when(previous, quote)


def _from_there(count: int, unit: str, way: str, anchor: dt.date | None, context: DayContext, quote: str) -> When:
    """Resolve "two days earlier", "a day after": counted from the day told last, "earlier" without one from today."""
    back = way in ("earlier", "before")
    base = context.previous or (anchor if way == "earlier" else None)
    if base is None:
        return When(date=None, precision="unknown", quote=quote)
    step = -count if back else count
    if unit == "day":
        return _when(base + dt.timedelta(days=step), quote)
    if unit == "year":
        return When(date=f"{base.year + step:04d}", precision="year", quote=quote)
    if unit == "month":
        index = base.year * 12 + base.month - 1 + step
        return _month(index // 12, index % 12 + 1, quote)
    day = base + dt.timedelta(weeks=step)
    return _month(day.year, day.month, quote)


def _period(words: str, anchor: dt.date | None, quote: str) -> When:
    if anchor is None:
        return When(date=None, precision="unknown", quote=quote)
    which, unit = words.split()[0], words.split()[-1]
    step = {"last": -1, "next": 1, "this": 0}[which]
    if unit == "year":
        return When(date=f"{anchor.year + step:04d}", precision="year", quote=quote)
    if unit == "month":
        index = anchor.year * 12 + anchor.month - 1 + step
        return _month(index // 12, index % 12 + 1, quote)
    first = anchor - dt.timedelta(days=anchor.weekday()) + dt.timedelta(weeks=step)
    last = first + dt.timedelta(days=6)
    # a week is no day; its month is all that can be said, and only where it lies in one
    if first.month == last.month:
        return _month(first.year, first.month, quote)
    return When(date=None, precision="unknown", quote=quote)


def _ago(count: int, unit: str, anchor: dt.date | None, quote: str) -> When:
    if anchor is None:
        return When(date=None, precision="unknown", quote=quote)
    if unit == "day":
        return _when(anchor - dt.timedelta(days=count), quote)
    if unit == "year":
        return When(date=f"{anchor.year - count:04d}", precision="year", quote=quote)
    if unit == "month":
        index = anchor.year * 12 + anchor.month - 1 - count
        return _month(index // 12, index % 12 + 1, quote)
    day = anchor - dt.timedelta(weeks=count)
    return _month(day.year, day.month, quote)
