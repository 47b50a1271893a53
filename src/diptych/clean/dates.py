"""Days of publication as pages write them: only whole dates, never one that has to be completed or guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["DAY_AND_MONTH", "DateLine", "FoundDate", "date_line", "find_dates", "is_bare_dateline", "parse_day"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января январь січня janvier enero januar",
            "february feb февраля февраль лютого février fevrier febrero februar",
            "march mar марта март березня mars marzo märz",
            "april apr апреля апрель квітня avril abril",
            "may мая май травня mai mayo",
            "june jun июня июнь червня juin junio juni",
            "july jul июля июль липня juillet julio juli",
            "august aug августа август серпня août aout agosto",
            "september sept sep сентября сентябрь вересня septembre septiembre",
            "october oct октября октябрь жовтня octobre octubre oktober",
            "november nov ноября ноябрь листопада novembre noviembre",
            "december dec декабря декабрь грудня décembre decembre diciembre dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19|20|21)\d{2}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
#: A day and a month without a year.
DAY_AND_MONTH = rf"(?:{_MONTH}\s?{_DAY}|{_DAY}\s{_MONTH})(?!\d)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)(?P<y>{_YEAR})-(?P<m>\d{{1,2}})-(?P<d>{_DAY})(?!\d)",
        rf"(?<!\d)(?P<y>{_YEAR})\s?[./]\s?(?P<m>\d{{1,2}})\s?[./]\s?(?P<d>{_DAY})(?!\d)\.?",
        rf"(?<!\d)(?P<y>{_YEAR})\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>{_DAY})\s?[日일]",
        rf"\b(?P<mon>{_MONTH})\s?(?P<d>{_DAY})(?:st|nd|rd|th)?\s?,?\s+(?P<y>{_YEAR})(?!\d)",
        rf"(?<!\d)(?P<d>{_DAY})(?:st|nd|rd|th)?\.?(?:\s+|[-/])(?:of\s+|de\s+)?"
        rf"(?P<mon>{_MONTH})(?:,|\s+de)?(?:\s+|[-/])(?P<y>{_YEAR})(?!\d)",
        rf"(?<![\d.])(?P<d>{_DAY})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>{_YEAR})(?!\d)",
        rf"(?<![\d/])(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-](?P<y>{_YEAR})(?!\d)",
    )
)
_WEEKDAY = (
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?|"
    r"[（(]?[월화수목금토일月火水木金土日](?:요일|曜日)?[)）]"
)
_TIME = (
    r"\bat\b|(?<!\d)(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s?(?:[ap]\.?\s?m\b\.?)?|\d{1,2}\s?[ap]\.?\s?m\b\.?)"
    r"(?:\s?\(?(?:z|utc|gmt|[a-z]{1,4}t)\b\)?)?(?:\s?[+-]\d{1,2}(?::?\d{2})?)?"
    r"|\b(?:gmt|utc)\s?[+-]\s?\d{1,2}|\b(?:ist|kst|jst|edt|est|gmt|utc|bst|cet|cest|msk)\b|[+-]\d{2}:\d{2}\b|\bhrs\b|\bT(?=\d)"
)
_UPDATED = (
    r"\b(?:last\s+)?(?:updated?|modified|revised|edited|changed)(?:\s+(?:on|at))?\b"
    r"|수정|更新|обновлено|mis à jour|aktualisiert|actualizado|güncelleme"
)
_PUBLISHED = (
    r"\b(?:first\s+)?(?:published|posted|issued|released|created|uploaded)(?:\s+(?:on|at))?\b"
    r"|\b(?:release|publication|publish|publishing|issue|posting|press release)\s+(?:date|time)\b"
    r"|\bdate\b|\bdated\b|\breleased?\b"
    r"|등록일|작성일|입력|등록|게시일|发布时间|发布日期|发表|发布|公開日|掲載|опубликовано|дата публикации"
    r"|publié(?: le)?|veröffentlicht|publicado|yayınlanma"
)
_LABEL = re.compile(rf"(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED})", re.IGNORECASE)
_REST = re.compile(rf"{_WEEKDAY}|{_TIME}", re.IGNORECASE)
_GLUED = re.compile(rf"(?<=\d{{4}})(?=\d{{1,2}}\s{_MONTH})", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


_PLACE_AND_DAY = re.compile(
    rf"[A-Z][\w .'’-]{{2,40}}\s?[,|–—-]\s?(?:{_MONTH}\s?{_DAY}|{_DAY}\s{_MONTH})(?:\s?\([A-Z][\w ]{{1,20}}\))?[.,:]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDate:
    """A whole date and where it stands in the line (code points, half-open)."""

    day: dt.date
    start: int
    end: int


@dataclass(frozen=True)
class DateLine:
    """A line that dates the page: the days it gives and the words that are left once dates and times are cut out."""

    published: dt.date | None
    updated: dt.date | None
    rest: str
    labelled: bool


def _build(match: re.Match[str]) -> dt.date | None:
    part = match.groupdict()
    year = int(part["y"])
    if part.get("a"):
        first, second = int(part["a"]), int(part["b"])
        if first > 12 >= second:
            day, month = first, second
        elif second > 12 >= first or first == second:
            day, month = second, first
        else:
            return None  # 03/04/2021 is two different days on two sides of an ocean
    else:
        month = int(part["m"]) if part.get("m") else _MONTHS[part["mon"].rstrip(".").casefold()]
        day = int(part["d"])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Return every whole date in ``text`` in order; day and month in doubt (03/04/2021) give none."""
    found: list[FoundDate] = []
    if not re.search(_YEAR, text):
        return ()
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < hit.end and hit.start < match.end() for hit in found):
                continue
            day = _build(match)
            if day is not None:
                found.append(FoundDate(day, match.start(), match.end()))
    return tuple(sorted(found, key=lambda hit: hit.start))


def is_bare_dateline(line: str) -> bool:
    """Tell whether a line is nothing but a place and a day without a year: "Port Lorrance, 21 February"."""
    return len(line) < 90 and bool(_PLACE_AND_DAY.fullmatch(line))


def parse_day(text: str | None) -> dt.date | None:
    """Return the first whole date in ``text`` (a metadata field), or None."""
    dates = find_dates(text or "")
    return dates[0].day if dates else None


def date_line(line: str) -> DateLine | None:
    """Read ``line`` as one that dates the page; None when it gives no whole date.

    A date after a word for "updated" is the day of the update, any other the day of publication. ``rest`` keeps the
    words that are neither date, time, weekday nor label, such as an outlet or a byline.
    """
    if len(line) > 240:
        return None
    line = _GLUED.sub(" ", line)
    dates = find_dates(line)
    if not dates:
        return None
    published: dt.date | None = None
    updated: dt.date | None = None
    labelled = False
    label = "published"
    rest: list[str] = []
    at = 0
    for hit in dates:
        before = line[at : hit.start]
        for found in _LABEL.finditer(before):
            labelled = True
            label = "updated" if found["updated"] else "published"
        if label == "updated":
            updated = updated or hit.day
        else:
            published = published or hit.day
        rest.append(before)
        at = hit.end
    rest.append(line[at:])
    left = _REST.sub(" ", _LABEL.sub(" ", " | ".join(rest)))
    words = " ".join(left.replace("|", " | ").split())
    words = re.sub(r"(?:^|\s)[\W_]+(?=\s|$)", " ", words) if not _WORD.search(words) else words
    return DateLine(published, updated, words.strip(" |,;:-–—/·•()[]"), labelled)
