"""Titles of thousands of real documents name a state, a bloc or an office that the tables know."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from diptych.knowledge import Knowledge


@pytest.mark.parametrize(
    ("corpus", "floor"),
    [
        ("white-house", 0.92),
        ("state-department", 0.82),
        ("kremlin", 0.78),
        ("ukraine-president", 0.91),
        ("singapore-mfa", 0.91),
    ],
)
def test_titles_name_a_country_or_an_office(knowledge: Knowledge, shared: Path, corpus: str, floor: float) -> None:
    path = shared / "corpora" / f"{corpus}.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path.name} is absent")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        titles = sorted({json.loads(line)["title"] for line in lines})
    sample = random.Random(7).sample(titles, 600)
    named = sum(bool(knowledge.states_in(title) or knowledge.offices_in(title)) for title in sample)
    assert named / len(sample) >= floor
