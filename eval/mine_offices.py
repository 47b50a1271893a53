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
from pathlib import Path

from diptych.archive.offices import Dated, Finding, Verdict, findings, is_principal, opening_of
from diptych.knowledge import load

ROOT = Path(__file__).resolve().parents[1]
CORPORA = Path(os.environ.get("DIPTYCH_SHARED", ROOT.parent / "shared")) / "corpora"
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_ENGLISH = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")


def read_texts(root: Path, every: int = 1) -> Iterator[Dated]:
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
                    yield Dated(day, row.get("title") or "", opening_of(row.get("text") or ""))


def read_day(written: str) -> dt.date | None:
    """The day of a publisher's date: ``2021-05-22T12:00:47`` or ``08 May 2024, 23:15``."""
    iso = _ISO.match(written)
    if iso:
        return dt.date.fromisoformat(iso.group())
    english = _ENGLISH.match(written)
    return dt.datetime.strptime(english.group(), "%d %b %Y").date() if english else None


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
