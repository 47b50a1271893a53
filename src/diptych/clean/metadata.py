"""What a page says of itself: publisher, byline, days, kind of paper. What it does not say stays None."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from diptych.clean.dates import DAY_AND_MONTH, find_dates, parse_day
from diptych.clean.layout import Layout
from diptych.clean.recognise import Seen
from diptych.knowledge.document_kinds import KindRule
from diptych.knowledge.publishers import Publisher, Publishers
from diptych.records import DocumentKind

__all__ = [
    "Known",
    "dateline_day",
    "day_with_year_elsewhere",
    "find_byline",
    "find_days",
    "find_kind",
    "find_publisher",
    "find_source_language",
]

_TURN = re.compile(
    r"^(?:Q|A|QUESTION|ANSWER|MODERATOR|(?:[A-Z][A-Z.'’\- ]{2,40}(?: \([^)]*\))?)"
    r"|(?:[A-Z][\w.'’-]+ ){0,8}[A-Z][\w.'’-]+):\s"
)
_DATELINE = re.compile(r"^[A-Z][A-Za-z.,'’ /-]{2,60}[,–—-]?\s.{0,40}?(?:\([^()]{2,30}\)|/[A-Z]{2,10}/)\s?[-–—.]")
_YEARLESS = re.compile(
    rf"[A-Z][\w.'’ /-]{{2,40}},\s(?P<day>{DAY_AND_MONTH})(?:\s?[(/][^()/]{{2,30}}[)/])?\s?(?:[-–—:.,]|\s)",
    re.IGNORECASE,
)
_TRANSLATION = re.compile(
    r"\btranslat(?:ion|ed) (?:from|of) (?:the )?(?:original )?(?P<name>[A-Z]\w+)",
    re.IGNORECASE,
)
_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "french": "fr", "german": "de", "greek": "el", "hebrew": "he",
    "hindi": "hi", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko", "persian": "fa",
    "farsi": "fa", "polish": "pl", "portuguese": "pt", "russian": "ru", "spanish": "es", "turkish": "tr",
    "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known of a page before its lines are read: from markup, a table or the address."""

    title: str | None = None
    publisher: str | None = None
    country: str | None = None
    byline: tuple[str, ...] = ()
    published: dt.date | None = None
    updated: dt.date | None = None
    language: str | None = None
    host: str | None = None
    site: str | None = None


def find_publisher(uri: str, known: Known, seen: tuple[Seen, ...], table: Publishers) -> Publisher | None:
    """Return who publishes: by the table, the address, e-mail domains and names on the page, in this order."""
    if known.publisher:
        named = table.named(known.publisher)
        country = known.country or (named.country if named else None)
        return Publisher(known.publisher, country, known=named is not None)
    by_address = table.of_address(uri) or table.of_host(known.host)
    if by_address is not None:
        return by_address
    # An institution names itself above the text and, shorter, below it: the name that tells the state goes first.
    issuers = [line.publisher for line in seen if line.role == "issuer" and line.publisher is not None]
    if issuers:
        return max(issuers, key=lambda issuer: (issuer.country is not None, len(issuer.name)))
    # The nearer to the text, the surer: a byline's address, a line that is the name, a name inside furniture.
    for roles in (
        ("issuer",),
        ("byline",),
        ("signoff", "publisher", "label", "furniture"),
        ("date", "closer", "opener"),
    ):
        hits = {line.publisher for line in seen if line.role in roles and line.publisher is not None}
        if len(hits) == 1:
            return hits.pop()
    if known.site:
        return table.named(known.site) or Publisher(known.site, None)
    return None


def find_byline(known: Known, seen: tuple[Seen, ...], agencies: frozenset[str]) -> tuple[str, ...]:
    """Return the writers: from the markup, else from bylines in the order they stand; agencies where none is named."""
    if known.byline:
        return known.byline
    names = tuple(dict.fromkeys(name for line in seen for name in line.byline))
    people = tuple(name for name in names if name not in agencies)
    return people or names


def find_days(known: Known, seen: tuple[Seen, ...]) -> tuple[dt.date | None, dt.date | None]:
    """Return the day of publication and of the last update; a labelled day goes before one without.

    A page that gives no day but that of an update was published on that day as far as it tells.
    """
    dated = [line for line in seen if line.role in ("date", "signoff")]
    labelled = [line.published for line in dated if line.labelled and line.published]
    plain = [line.published for line in dated if line.published]
    updated = [line.updated for line in dated if line.updated]
    published = known.published or next(iter(labelled or plain or updated), None)
    return published, known.updated or next(iter(updated), None)


def dateline_day(opening: str) -> dt.date | None:
    """Return the day in a dateline that gives day, month and year: "TOKYO, 15 September 2031 (TDI):"."""
    dates = find_dates(opening[:110])
    if not dates:
        return None
    before, after = opening[: dates[0].start], opening[dates[0].end :]
    if re.search(r"\b[a-z]{2,}\b", before.replace("and ", "")) or len(before.split()) > 8 or not before.strip():
        return None
    return dates[0].day if re.match(r"\s*(?:[)\]]|--?|[–—:]|/|\([^()]{2,30}\)\s*[-–—:]?)", after) else None


def day_with_year_elsewhere(opening: str, others: tuple[str, ...]) -> dt.date | None:
    """Return the day of a dateline without a year ("PORT ELLERY, March 19 (NPA) -"); other lines give the year.

    Only a whole date within a month of the day tells its year: a caption taken the same day does, a date of old not.
    """
    match = _YEARLESS.match(opening)
    if match is None:
        return None
    near: list[tuple[int, dt.date]] = []
    for found in (hit.day for text in others for hit in find_dates(text)):
        for year in (found.year - 1, found.year, found.year + 1):
            day = parse_day(f"{match['day']} {year}")
            if day is not None and abs((day - found).days) <= 31:
                near.append((abs((day - found).days), day))
    return min(near)[1] if near else None


def find_source_language(seen_text: tuple[str, ...]) -> str | None:
    """Return the code of the language that a line says the text was translated from."""
    for text in seen_text:
        match = _TRANSLATION.search(text)
        if match:
            code = _LANGUAGES.get(match["name"].casefold())
            if code:
                return code
    return None


def find_kind(
    title: str | None, publisher: Publisher | None, layout: Layout, byline: tuple[str, ...], rules: tuple[KindRule, ...]
) -> DocumentKind:
    """Tell what kind of paper it is from its title, its publisher and the form of its body."""
    texts = [line.text for line in layout.body]
    turns = sum(bool(_TURN.match(text)) for text in texts)
    official = publisher is not None and (publisher.official or publisher.country is not None)
    opening = texts[0][:300] if texts else ""
    attributed = any(line.role == "attribution" for line in layout.seen)
    press = publisher is not None and publisher.country is None and publisher.known and not official
    for rule in rules:
        if rule.place == "body" and opening and rule.pattern.search(opening):
            return rule.kind
        if title is None:
            continue
        if rule.place == "title" and rule.pattern.search(title) and not press:
            return rule.kind
        if rule.place == "official_title" and (official or attributed) and rule.pattern.search(title) and turns < 3:
            return rule.kind
    if turns >= 3 and turns >= 0.2 * len(texts):
        return "press_conference" if any(re.match(r"(?:Q|QUESTION)\b", text) for text in texts) else "transcript"
    if press or (byline and not official and not attributed) or (not official and _DATELINE.match(opening)):
        return "news"
    return "other"
