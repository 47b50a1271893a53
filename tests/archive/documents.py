"""Invented documents of invented states: two accounts of each of a row of contacts, and an archive's contents."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

STATES = (
    ("Sarvenia", "Sarvenian", "Emin Karavelli"),
    ("Tolmara", "Tolmaran", "Helena Aldersund"),
    ("Ostrava Isles", "Ostravan", "Marek Dolny"),
    ("Veldara", "Veldaran", "Ina Solis"),
    ("Lakemark", "Lakemarkian", "Ada Bell"),
)
ITEMS = (
    "to reopen the border crossing at Dolna before the winter",
    "to launch negotiations on a free trade agreement",
    "to return {n} fishing boats that were detained in the strait",
    "to hold the {n}th session of the joint commission in spring",
    "to build a power line of {n} kilometres under the bay",
    "to exchange {n} prisoners by the end of the month",
    "to ease the visa procedure for lorry drivers",
    "to share the data of {n} weather stations in the delta",
)
PROSE = (
    "The conversation was held in a constructive atmosphere and touched on the whole range of relations.",
    "Particular attention was paid to shipping, to the harvest and to the situation in Lower Ossam.",
    "The ministers of transport and of the interior will prepare the details in the coming weeks.",
    "Both countries have been linked by a treaty of friendship since the end of the war.",
)
CHINESE = "两国外长今日举行会谈，就双边关系和共同关心的问题交换了意见。双方同意加强贸易合作，并将于明年举行下一轮磋商。"
#: Columns that hold a moment or count tries: they tell of the runs, not of the contents.
OF_THE_RUN = {"number", "fetched_at", "last_fetched_at", "first_tried_at", "tried_at", "tries"}


def accounts(contacts: int = 20, *, seed: int = 1, length: int = 12) -> Iterator[dict[str, str]]:
    """Rows of documents, two for each contact, one of either side; ``length`` is how many sentences they have."""
    choose = random.Random(seed)
    for number in range(contacts):
        day = dt.date(2031, 1, 6) + dt.timedelta(days=3 * number)
        ours, theirs = choose.sample(STATES, 2)
        agreed = [item.format(n=choose.randint(4, 40)) for item in choose.sample(ITEMS, 3)]
        for own, other in ((ours, theirs), (theirs, ours)):
            yield {
                "url": f"https://{own[0].split()[0].lower()}.example/readouts/{number}",
                "title": f"{own[2]} and {other[2]} hold telephone conversation",
                "publisher": f"Ministry of Foreign Affairs of {own[0]}",
                "country": own[0],
                "date": day.isoformat(),
                "language": "en",
                "text": _text(own, other, day, agreed, choose, length),
            }


def _text(
    own: tuple[str, str, str],
    other: tuple[str, str, str],
    day: dt.date,
    agreed: list[str],
    choose: random.Random,
    length: int,
) -> str:
    name, theirs = own[2].split()[-1], other[2].split()[-1]
    sentences = [
        f"On {day:%-d %B %Y}, Foreign Minister {own[2]} of {own[0]} spoke by phone with Foreign Minister {other[2]} "
        f"of {other[0]}.",
        f"The ministers agreed {agreed[0]}.",
        f"Minister {name} reaffirmed that {own[0]} stands ready {agreed[1]}.",
        f"Minister {theirs} said that {other[0]} would consider how {agreed[2]}.",
    ]
    sentences += [choose.choice(PROSE) for _ in range(max(0, length - len(sentences)))]
    return "\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def write_rows(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", "from diptych.cli import main; main()", *map(str, arguments)]


def diptych(*arguments: str | Path, stdin: bytes = b"", timeout: float = 300) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "COLUMNS": "100"}
    return subprocess.run(
        command(*arguments), input=stdin, capture_output=True, timeout=timeout, check=False, env=environment
    )


def contents(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, in an order of their own, but for what tells of the runs.

    Statements are referred to by their row numbers, which depend on the order of arrival: here by their ids.
    """
    with sqlite3.connect(archive) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if "_fts" not in name and not name.startswith("sqlite_")
        ]
        ids = dict(connection.execute("SELECT number, id FROM statements"))
        found: dict[str, list[tuple[object, ...]]] = {}
        for name in names:
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in cursor.description]
            found[name] = sorted(
                (
                    tuple(
                        ids[value] if column == "statement" else value
                        for column, value in zip(columns, row, strict=True)
                        if column not in OF_THE_RUN
                    )
                    for row in cursor
                ),
                key=repr,
            )
        for name in ("statements", "documents"):
            # Raises where the full-text table and the table that it indexes do not hold the same.
            connection.execute(f"INSERT INTO {name}_fts({name}_fts, rank) VALUES ('integrity-check', 1)")
    return found
