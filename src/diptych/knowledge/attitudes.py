"""With what attitude something is told, by the words that show it: ``data/attitudes.csv``."""

from __future__ import annotations

import re
from functools import cache

from diptych.knowledge.tables import DATA, read_manifest, read_table

FILE = "attitudes.csv"
ATTITUDES = ("blame", "grief", "pleasure")


@cache
def attitudes() -> dict[str, re.Pattern[str]]:
    """For each attitude the pattern of the words that show it.

    Raises :class:`~diptych.errors.KnowledgeError`, naming the row, where the table is wrong.
    """
    beginnings: dict[str, list[str]] = {name: [] for name in ATTITUDES}
    for row in read_table(DATA / FILE, ("attitude", "beginning"), minimum=read_manifest(DATA).get(FILE, 1)):
        attitude, beginning = row.need("attitude"), row.need("beginning")
        if attitude not in beginnings:
            row.fail(f"'{attitude}' is no attitude; attitudes are {', '.join(ATTITUDES)}")
        beginnings[attitude].append(beginning)
    return {
        name: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)
        for name, words in beginnings.items()
    }
