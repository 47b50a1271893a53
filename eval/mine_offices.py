"""Check the table of office-holders against what dated texts say: "<office> <name>" in titles and openings.

usage: python -m eval.mine_offices [--part confirmed|contradicted|lacking] [--limit N] [--every N]

Every title with a country and a name behind it ("Foreign Minister of Lakemark Ada Bell") is looked up on the day of
its text. It is *confirmed* when the table has that person in that office on that day, *contradicted* when it has
another person, *lacking* when it has nobody. Only offices and names are taken from the texts, never their sentences.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diptych.knowledge import Knowledge, OfficeHit, load

ROOT = Path(__file__).resolve().parents[1]
CORPORA = Path(os.environ.get("DIPTYCH_SHARED", ROOT.parent / "shared")) / "corpora"
#: Who speaks for a state: the offices that the table claims to know without gaps.
PRINCIPALS = frozenset(
    {"head_of_state", "head_of_government", "monarch", "vice_president", "foreign_minister", "defence_minister"}
    | {"national_security_adviser", "secretary_general"}
)
#: A text may be some days younger than the contact, and a new holder may be named before the day of taking office.
SLACK = dt.timedelta(days=7)
OPENING = 600

Verdict = Literal["confirmed", "contradicted", "lacking"]

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_ENGLISH = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")
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
class Text:
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


def read_texts(root: Path, every: int = 1) -> Iterator[Text]:
    """The dated English texts of the corpora, every n-th of them."""
    number = 0
    for path in sorted(root.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                if number % every:
                    continue
                row = json.loads(line)
                day = read_day(str(row.get("date") or ""))
                if row.get("language") == "en" and day is not None:
                    yield Text(day, row.get("title") or "", opening_of(row.get("text") or ""))


def read_day(written: str) -> dt.date | None:
    """The day of a publisher's date: ``2021-05-22T12:00:47`` or ``08 May 2024, 23:15``."""
    iso = _ISO.match(written)
    if iso:
        return dt.date.fromisoformat(iso.group())
    english = _ENGLISH.match(written)
    return dt.datetime.strptime(english.group(), "%d %b %Y").date() if english else None


def opening_of(text: str) -> str:
    """The first sentences, up to some hundred characters, never a broken one unless it is the first."""
    if len(text) <= OPENING:
        return text
    ends = [end.start() + 1 for end in _SENTENCE.finditer(text, 0, OPENING)]
    return text[: ends[-1] if ends else OPENING]


def findings(texts: Iterable[Text], knowledge: Knowledge) -> Iterator[Finding]:
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


def shares(found: Iterable[Finding]) -> dict[str, float]:
    """Shares (0 to 1) of the three verdicts among the principals, and how many there were."""
    counts = Counter(finding.verdict for finding in found if is_principal(finding))
    total = sum(counts.values())
    return {
        "principals": float(total),
        **{verdict: counts[verdict] / max(total, 1) for verdict in ("confirmed", "contradicted", "lacking")},
    }


def _report(found: list[Finding], part: Verdict, limit: int, *, everybody: bool) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        if finding.verdict == part and (everybody or is_principal(finding)):
            groups.setdefault((finding.office, finding.name), []).append(finding)
    for (office, name), group in sorted(groups.items(), key=lambda item: -len(item[1]))[:limit]:
        days = [finding.day for finding in group]
        others = sorted({holder for finding in group for holder in finding.holders})
        since = sorted({str(finding.since) for finding in group if finding.since})
        yield "\t".join([str(len(group)), office, name, f"{min(days)}..{max(days)}", "|".join(since), "|".join(others)])


def main(argv: list[str] | None = None) -> int:
    """Print one part of the check, most frequent first, and the shares on standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=("confirmed", "contradicted", "lacking"), default="lacking")
    parser.add_argument("--limit", type=int, default=100, help="how many lines to print")
    parser.add_argument("--every", type=int, default=1, help="look at every n-th document only")
    parser.add_argument("--all-offices", action="store_true", help="not the principals alone")
    arguments = parser.parse_args(argv)
    if not CORPORA.is_dir():
        sys.stderr.write(f"There are no corpora at {CORPORA}. Set DIPTYCH_SHARED to the folder that holds them.\n")
        return 3
    found = list(findings(read_texts(CORPORA, arguments.every), load()))
    for line in _report(found, arguments.part, arguments.limit, everybody=arguments.all_offices):
        sys.stdout.write(line + "\n")
    sys.stderr.write(json.dumps(shares(found)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
