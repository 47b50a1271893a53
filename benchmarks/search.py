"""How long searches take over an archive, and on PostgreSQL over a copy of it.

usage: python -m benchmarks.search ARCHIVE.db [--postgresql URL] [--queries N]

ARCHIVE is an SQLite archive or a backup of one; URL an empty database, or the same archive in PostgreSQL already.
Searches are made of words, word pairs, phrases and names that stand in the archive's own statements, each in turn
without and with filters; common words are drawn as often as they stand there. Prints median and 95th percentile in
milliseconds, for statements and for documents. Target for statements: median under 30 ms, 95th percentile under 100.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import time
from collections.abc import Sequence
from typing import Literal

from diptych.records import Act
from diptych.store import Search, Store, backup, restore

KINDS: tuple[Literal["statements", "documents"], ...] = ("statements", "documents")


def searches(store: Store, count: int, kind: Literal["statements", "documents"]) -> list[Search]:
    """Mixed searches, the same for the same archive."""
    dice = random.Random(2026)
    statements = sorted(store.search(Search(limit=100_000)), key=lambda hit: hit.id)
    made = []
    for number in range(count):
        hit, other = dice.choice(statements), dice.choice(statements)
        words = [word for word in hit.quote.split() if word.isalpha() and len(word) > 3] or ["president"]
        first = dice.randrange(len(words))
        query = (words[first], " ".join(words[first : first + 2]), f'"{" ".join(words[first : first + 2])}"')[
            number % 3
        ]
        made.append(_filtered(dice, number // 3, query, kind, other.source, other.holder, other.act, hit))
    return made


def _filtered(
    dice: random.Random,
    turn: int,
    query: str,
    kind: Literal["statements", "documents"],
    source: str | None,
    holder: Sequence[str],
    act: Act | None,
    hit: object,
) -> Search:
    country = getattr(hit, "country", None)
    topics = getattr(hit, "topics", ())
    published = getattr(hit, "published", None) or dt.date(2020, 1, 1)
    match turn % 8:
        case 1:
            return Search(query=query, kind=kind, source=source)
        case 2:
            return Search(query=query, kind=kind, holder=holder[0] if holder else None, act=act)
        case 3:
            return Search(query=query, kind=kind, side=country, since=published)
        case 4:
            return Search(
                query=query, kind=kind, counterpart=dice.choice(("USA", "RUS", "UKR", "CHN")), until=published
            )
        case 5:
            return Search(query="", kind=kind, topic=topics[0] if topics else None, act=act, source=source)
        case 6:
            return Search(query="", kind=kind, holder=holder[0] if holder else None, since=published)
        case _:
            return Search(query=query, kind=kind)


def measure(store: Store, wanted: Sequence[Search]) -> list[float]:
    """Milliseconds of each search, once every search has been made before: what an archive in use is like."""
    for search in wanted:
        store.search(search)
    spent = []
    for search in wanted:
        began = time.perf_counter()
        store.search(search)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("archive")
    options.add_argument("--postgresql", metavar="URL")
    options.add_argument("--queries", type=int, default=240)
    asked = options.parse_args()
    with Store.open(asked.archive, create=False, read_only=True) as store:
        counts = store.counts()
        print(f"{counts.documents:,} documents, {counts.statements:,} statements; {asked.queries} searches a line")
        wanted = {kind: searches(store, asked.queries, kind) for kind in KINDS}
        for kind in KINDS:
            _report("sqlite", kind, wanted[kind], measure(store, wanted[kind]))
    if asked.postgresql:
        _fill(asked.archive, asked.postgresql)
        with Store.open(asked.postgresql, read_only=True) as store:
            for kind in KINDS:
                _report("postgresql", kind, wanted[kind], measure(store, wanted[kind]))


def _fill(archive: str, url: str) -> None:
    import tempfile
    from pathlib import Path

    with Store.open(url) as store:
        if store.counts().documents:
            return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        backup(archive, copy)
        restore(copy, url)
    with Store.open(url) as store, store.database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _report(backend: str, kind: str, wanted: Sequence[Search], spent: Sequence[float]) -> None:
    slowest = max(range(len(spent)), key=spent.__getitem__)
    ordered = sorted(spent)
    late = ordered[int(len(ordered) * 0.95)]
    shown = {name: value for name, value in vars(wanted[slowest]).items() if value and name not in ("kind", "limit")}
    print(
        f"{backend:<10} {kind:<10} median {statistics.median(spent):6.1f} ms   p95 {late:6.1f} ms   "
        f"slowest {ordered[-1]:6.1f} ms {shown}"
    )


if __name__ == "__main__":
    main()
