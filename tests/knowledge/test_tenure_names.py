"""Office-holders: spellings of names, days, and how many may be meant by a family name."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from diptych.knowledge import Knowledge
from diptych.knowledge.tables import DATA

ROWS = """person,aliases,country,office,start,end,source
Min Tae-oh,Min Tae Oh,KOR,kor-minister-of-foreign-affairs,2031-03-01,2033-02-28,invented
Min Seo-jin,,KOR,kor-president,2031-01-01,2035-12-31,invented
Ada von der Marwitz,Ada M. von der Marwitz,DEU,deu-chancellor,2031-01-01,2032-06-30,invented
Ada von der Marwitz,,DEU,deu-chancellor,2034-01-01,,invented
Bohdan Marynskyy,,UKR,ukr-minister-of-defence,2030-01-01,,invented
Ömer Şahinoğlu,,TUR,tur-president,2030-01-01,,invented
Mohammed bin Rashed Al Tamim,MBR,QAT,qat-emir,2030-01-01,,invented
Robert J. O'Dare,Bob O'Dare,USA,usa-secretary-of-state,2031-01-20,2035-01-20,invented
"""
DAY = dt.date(2031, 6, 1)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Knowledge whose office-holders are all invented."""
    root = tmp_path_factory.mktemp("knowledge") / "data"
    shutil.copytree(DATA, root, ignore=shutil.ignore_patterns("tenures"))
    manifest = root / "manifest.csv"
    kept = [line for line in manifest.read_text(encoding="utf-8").split("\n") if "tenures/" not in line]
    manifest.write_text("\n".join(kept), encoding="utf-8")
    (root / "tenures").mkdir()
    (root / "tenures" / "invented.csv").write_text(ROWS, encoding="utf-8")
    return Knowledge(root)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Min Tae-oh", "Min Tae-oh"),
        ("Min Tae Oh", "Min Tae-oh"),
        ("Min Taeoh", "Min Tae-oh"),
        ("Tae-oh Min", "Min Tae-oh"),
        ("MIN TAE-OH", "Min Tae-oh"),
        ("Min Tae-oh’s", "Min Tae-oh"),
        ("von der Marwitz", "Ada von der Marwitz"),
        ("Marwitz", "Ada von der Marwitz"),
        ("Ada von der Marwitz", "Ada von der Marwitz"),
        ("Bohdan Marynsky", "Bohdan Marynskyy"),
        ("Marynskiy", "Bohdan Marynskyy"),
        ("Omer Sahinoglu", "Ömer Şahinoğlu"),
        ("Şahinoğlu", "Ömer Şahinoğlu"),
        ("Muhammad bin Rashed Al-Tamim", "Mohammed bin Rashed Al Tamim"),
        ("MBR", "Mohammed bin Rashed Al Tamim"),
        ("Robert O’Dare", "Robert J. O'Dare"),
        ("Bob O'Dare", "Robert J. O'Dare"),
        ("O'Dare", "Robert J. O'Dare"),
    ],
)
def test_spellings_of_one_name(invented: Knowledge, name: str, person: str) -> None:
    assert {tenure.person for tenure in invented.tenures_of(name)} == {person}


def test_a_family_name_alone_may_mean_several(invented: Knowledge) -> None:
    assert {tenure.person for tenure in invented.tenures_of("Min")} == {"Min Tae-oh", "Min Seo-jin"}
    by_office = invented.find_person("Min", DAY, "KOR", "foreign_minister")
    assert [tenure.person for tenure in by_office] == ["Min Tae-oh"]
    by_id = invented.find_person("Min", DAY, "KOR", "kor-president")
    assert [tenure.person for tenure in by_id] == ["Min Seo-jin"]


def test_unknown_names_are_nobody(invented: Knowledge) -> None:
    assert invented.tenures_of("Tae") == invented.tenures_of("") == invented.find_person("Nobody Known") == ()
    assert invented.find_person("Min", country="FRA") == ()


def test_the_tenure_of_the_day_comes_first(invented: Knowledge) -> None:
    first = invented.find_person("Marwitz", dt.date(2031, 6, 1))
    later = invented.find_person("Marwitz", dt.date(2036, 6, 1))
    assert (first[0].start.year, later[0].start.year, len(first)) == (2031, 2034, 2)


def test_holders_on_first_last_and_other_days(invented: Knowledge) -> None:
    def on(day: dt.date) -> list[str]:
        return [t.person for t in invented.holders("kor-minister-of-foreign-affairs", "KOR", day)]

    assert on(dt.date(2031, 3, 1)) == on(dt.date(2033, 2, 28)) == ["Min Tae-oh"]
    assert on(dt.date(2031, 2, 28)) == on(dt.date(2033, 3, 1)) == []
    assert len(invented.holders("deu-chancellor")) == 2
    by_pattern = invented.holders("usa-minister-of-foreign-affairs", "USA", DAY)
    assert [tenure.office for tenure in by_pattern] == ["usa-secretary-of-state"]
