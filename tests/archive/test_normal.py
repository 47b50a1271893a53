"""Counts outside what is normal for a publisher are told."""

from __future__ import annotations

import datetime as dt

from diptych.archive.normal import Arrival, unusual, unusual_week
from diptych.knowledge.sources import Source, Sources, parse_source

SOURCE: Source = parse_source(
    """id: velm
publisher: Office of Velm
country: SRV
institution: Office
domains: [velm.example]
languages: [en]
normal: {words: [50, 900], week: [2, 9]}
source: https://velm.example
checked: "2031-03-04"
""",
    "sources/velm.yaml",
)
SOURCES = Sources(all=(SOURCE,))
DAY = dt.date(2031, 3, 4)


def _arrivals(words: list[int], day: dt.date = DAY, uri: str = "https://velm.example/news") -> list[Arrival]:
    return [Arrival("Office of Velm", "SRV", f"{uri}/{n}", count, day) for n, count in enumerate(words)]


def test_what_is_normal_is_not_told() -> None:
    assert list(unusual(_arrivals([60, 70, 80, 900, 400, 20]), SOURCES)) == []


def test_a_layout_that_changed_is_told() -> None:
    told = list(unusual(_arrivals([10, 12, 80, 9, 11]), SOURCES))
    assert told == [
        "4 of 5 texts of Office of Velm are shorter than 50 words; "
        "its pages may have a new layout, so that the body is not found whole"
    ]
    (told_long,) = unusual(_arrivals([1000, 1200, 80, 3000, 100]), SOURCES)
    assert "longer than 900 words" in told_long


def test_one_odd_text_proves_nothing() -> None:
    assert list(unusual(_arrivals([3]), SOURCES)) == []


def test_a_feed_that_fell_silent_is_told() -> None:
    assert unusual_week(SOURCE, 2) is None
    told = unusual_week(SOURCE, 0)
    assert told is not None
    assert told.startswith("0 documents in a week of Office of Velm, normally 2 to 9; look whether")


def test_files_are_known_by_their_publisher_and_others_are_passed_over() -> None:
    files = [Arrival("Office of Velm", "SRV", "velm.jsonl#1", 3, DAY)] * 5
    assert len(list(unusual(files, SOURCES))) == 1
    others = [Arrival("Velm Courier", None, "velm.jsonl#1", 3, DAY)] * 5
    assert list(unusual(others, SOURCES)) == []
