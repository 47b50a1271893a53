"""Who holds which office by the texts, checked against the dated table: what it confirms, contradicts or lacks.

Every title with a country and a name behind it ("Foreign Minister of Lakemark Ada Bell") in the heading or opening of
a text is looked up on the day of the text. Only offices and names are taken from the texts, never their sentences.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge, OfficeHit

__all__ = ["Dated", "Finding", "Proposal", "findings", "is_principal", "opening_of", "proposals"]

#: Who speaks for a state: the offices that the table claims to know without gaps.
PRINCIPALS = frozenset(
    {"head_of_state", "head_of_government", "monarch", "vice_president", "foreign_minister", "defence_minister"}
    | {"national_security_adviser", "secretary_general"}
)
#: A text may be some days younger than the contact, and a new holder may be named before the day of taking office.
SLACK = dt.timedelta(days=7)
OPENING = 600

Verdict = Literal["confirmed", "contradicted", "lacking"]

_STYLE = re.compile(
    r"[ \u00a0]+(?:(?:H\.?\s?E\.?|H\.?\s?R\.?\s?H\.?|His|Her|Excellency|Highness|Majesty|Royal|Mr|Mrs|Ms|Dr|"
    r"Sir|Dame|Lord|Prof|Professor|General|Gen|Admiral|Ambassador|Cardinal|Archbishop|Sheikh|Shaikh|Sayyid|Prince|King|"
    r"Queen|Dato|Datuk|Tan|Tun|Seri|Sri|Diraja|Utama|Haji|Samdech|Senior|Shri)\b\.?['’]?[ \u00a0]+)*"
)
_WORD = r"(?:[A-Z]\.|(?:al-|el-|ul-)?[^\W\d_a-z][\w’'ʻʼ-]*\w|Jr\.|[A-Z])"
_PARTICLE = r"(?:al|el|bin|bint|ibn|oglu|de|da|do|dos|del|della|der|den|van|von|vel|la|le|zu|ul)"
_NAME = re.compile(rf"{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD}){{0,8}}")
#: "Adviser to the President of Lakemark Ada Bell": the name belongs to the title before.
_SERVES = re.compile(r"\b(?:to|of|under|for) the \Z", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\Z")
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z\"“])|\n")


@dataclass(frozen=True)
class Dated:
    """A dated text of which only title and opening are looked at."""

    day: dt.date
    title: str
    opening: str


@dataclass(frozen=True)
class Finding:
    """An office and a name in a text, and what the table says of the two on that day.

    ``holders`` are the persons whom the table has in the office on the day; ``since`` is the holder's first day when
    the name is confirmed.
    """

    verdict: Verdict
    office: str
    rank: str | None
    name: str
    day: dt.date
    holders: tuple[str, ...] = ()
    since: dt.date | None = None


def opening_of(text: str) -> str:
    """The first sentences, up to some hundred characters, never a broken one unless it is the first."""
    if len(text) <= OPENING:
        return text
    ends = [end.start() + 1 for end in _SENTENCE.finditer(text, 0, OPENING)]
    return text[: ends[-1] if ends else OPENING]


def findings(texts: Iterable[Dated], knowledge: Knowledge) -> Iterator[Finding]:
    """What the table says of every office with a name, once for each pair in a text."""
    for text in texts:
        seen: set[tuple[str, str]] = set()
        for part, is_title in ((text.title, True), (text.opening, False)):
            for hit in knowledge.offices_in(part):
                found = _judge(hit, part, text.day, is_title, knowledge)
                if found is not None and (found.office, found.name) not in seen:
                    seen.add((found.office, found.name))
                    yield found


def _judge(hit: OfficeHit, part: str, day: dt.date, is_title: bool, knowledge: Knowledge) -> Finding | None:
    office = hit.office
    if office.country is None or hit.standing in ("former", "elect"):
        return None
    style = _STYLE.match(part, hit.end)
    written = _NAME.match(part, style.end()) if style else None
    if written is None:
        return None
    words = _up_to_possessive(written.group().split())
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size])
        for tenure in knowledge.tenures_of(name):
            own = knowledge.office(tenure.office)
            same = tenure.office == office.id or (
                tenure.country == office.country and own is not None and own.rank == office.rank
            )
            if same and tenure.start - SLACK <= day and (tenure.end is None or day <= tenure.end + SLACK):
                return Finding("confirmed", tenure.office, office.rank, tenure.person, day, since=tenure.start)
    named = knowledge.states_in(part[hit.start : hit.end])
    if is_title or len(words) < 2 or not named or _SERVES.search(part, 0, hit.start):
        # In a headline every word has a capital: where a name ends cannot be told; a surname alone may be anybody's;
        # and a title without its country may be that of another.
        return None
    holders = tuple(t.person for t in knowledge.holders(office.id, office.country, day))
    verdict: Verdict = "contradicted" if holders else "lacking"
    return Finding(verdict, office.id, office.rank, " ".join(words), day, holders)


def _up_to_possessive(words: list[str]) -> list[str]:
    for index, word in enumerate(words):
        if _POSSESSIVE.search(word):
            return [*words[:index], _POSSESSIVE.sub("", word)]
    return words


def is_principal(finding: Finding) -> bool:
    """Whether the office is one of those that the table claims to know without gaps."""
    return finding.rank in PRINCIPALS


@dataclass(frozen=True)
class Proposal:
    """A holder of an office that the table lacks or contradicts, for a person to look at.

    ``texts`` counts the texts that say so, ``first`` and ``last`` are their days; ``holders`` are those whom the table
    has in the office instead.
    """

    verdict: Verdict
    office: str
    name: str
    texts: int
    first: dt.date
    last: dt.date
    holders: tuple[str, ...]


def proposals(found: Iterable[Finding], *, everybody: bool = False) -> list[Proposal]:
    """What the table lacks or contradicts, the most frequent first; the principals only, unless ``everybody``."""
    groups: dict[tuple[Verdict, str, str], list[Finding]] = {}
    for finding in found:
        if finding.verdict != "confirmed" and (everybody or is_principal(finding)):
            groups.setdefault((finding.verdict, finding.office, finding.name), []).append(finding)
    made = [
        Proposal(
            verdict,
            office,
            name,
            len(group),
            min(finding.day for finding in group),
            max(finding.day for finding in group),
            tuple(sorted({holder for finding in group for holder in finding.holders})),
        )
        for (verdict, office, name), group in groups.items()
    ]
    return sorted(made, key=lambda one: (-one.texts, one.office, one.name))
