"""End to end on the shipped samples: what the contract promises holds whatever the models say."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import random
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from diptych.errors import ComparisonError, DifferentContacts, SameText
from diptych.pipeline import STAGES, Engine, Failure, document_of, fetch
from diptych.records import Comparison, RawDocument, Reading
from diptych.report import FORMATS, render
from diptych.report.contract import comparison_object, reading_object
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
PAIR = SAMPLES / "sarvenia-tolmara"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.start("compare")


@pytest.fixture(scope="module")
def comparison(engine: Engine) -> Comparison:
    return engine.compare(str(PAIR / "account-a.txt"), str(PAIR / "account-b.txt"))


def check(comparison: Comparison) -> None:
    """What must hold in every comparison."""
    linked = Counter(i for r in comparison.relations for i in (*r.a, *r.b))
    alone = Counter((*comparison.only_a, *comparison.only_b, *comparison.undecided))
    ids = [p.id for p in comparison.points]
    assert len(ids) == len(set(ids))
    assert set(linked) | set(alone) == set(ids)
    assert not set(linked) & set(alone)
    assert max(alone.values(), default=1) == 1
    texts = {"a": comparison.a.document.text, "b": comparison.b.document.text}
    for side in "ab":
        at = 0
        for point in sorted((p for p in comparison.points if p.side == side), key=lambda p: p.start):
            assert texts[side][point.start : point.end] == point.quote
            assert point.start >= at, "points of one side overlap"
            at = point.end
    by_id = {p.id: p for p in comparison.points}
    for relation in comparison.relations:
        assert {by_id[i].side for i in relation.a} == {"a"}
        assert {by_id[i].side for i in relation.b} == {"b"}
        assert 0.0 <= relation.confidence <= 1.0
        assert relation.because
        if relation.kind == "differs":
            assert relation.aspects
    for name, near in comparison.nearest.items():
        other = texts["b" if by_id[name].side == "a" else "a"]
        assert other[near.start : near.end] == near.quote
        assert -1.0 <= near.similarity <= 1.0001
    assert set(comparison.only_a) | set(comparison.only_b) <= set(comparison.nearest)


def test_the_sample_pair(comparison: Comparison) -> None:
    check(comparison)
    assert comparison.relations
    assert comparison.only_a
    assert comparison.only_b
    assert 3 <= len(comparison.key_differences) <= 6
    assert comparison.contact is not None
    assert comparison.contact.date == "2025-05-14"
    names = {p.name for p in comparison.contact.participants}
    assert {"Emin Karavelli", "Helena Aldersund"} <= names


def test_the_same_input_gives_the_same_comparison(engine: Engine, comparison: Comparison) -> None:
    again = engine.compare(str(PAIR / "account-a.txt"), str(PAIR / "account-b.txt"))
    assert comparison_object(again) == comparison_object(comparison)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_of_a_real_comparison(comparison: Comparison, format: str) -> None:
    assert render(comparison, format)


def test_deciding_everything_leaves_nothing_undecided(engine: Engine) -> None:
    found = engine.compare(str(PAIR / "account-a.txt"), str(PAIR / "account-b.txt"), undecided=0.0)
    check(found)
    assert found.undecided == ()


def test_an_article_that_tells_both_accounts(engine: Engine) -> None:
    found = engine.compare(str(SAMPLES / "article.txt"))
    check(found)
    assert found.a.via
    assert found.b.via
    assert found.a.label != found.b.label


def test_an_article_of_one_account_is_refused(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("President Olen Marvek of Tarsia opened a bridge on Monday. He thanked the builders.")
    with pytest.raises(ComparisonError, match="two sides"):
        engine.compare(str(file))


def test_two_contacts_are_refused(engine: Engine, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(
        "President Olen Marvek of Tarsia spoke by phone on 2 May 2031 with Prime Minister Ina Solis of Ortega. "
        "The leaders agreed to reopen the border crossing."
    )
    two.write_text(
        "Foreign Minister Bo Lundqvist of Norrby met on 9 June 2031 with Foreign Minister Ana Reyes of Callao Verde. "
        "The ministers discussed fisheries."
    )
    with pytest.raises(DifferentContacts):
        engine.compare(str(one), str(two))
    found = engine.compare(str(one), str(two), anyway=True)
    check(found)
    assert found.warnings
    with pytest.raises(SameText):
        engine.compare(str(one), str(one))


def test_what_must_hold_on_invented_pairs(engine: Engine, tmp_path: Path) -> None:
    lines = (ROOT / "eval" / "gold" / "invented" / "pairs.jsonl").read_text("utf-8").splitlines()
    for line in random.Random(5).sample(lines, 6):
        pair = json.loads(line)
        files = []
        for letter, side in zip("ab", pair["sides"], strict=True):
            file = tmp_path / f"{letter}.txt"
            file.write_text(side["text"], "utf-8")
            files.append(str(file))
        check(engine.compare(*files, anyway=True))


def test_many_documents_with_a_bad_one_among_them(engine: Engine, tmp_path: Path) -> None:
    archive = tmp_path / "archive.jsonl.gz"
    good = {"url": "https://mfa.example/1", "title": "Call", "date": "2031-05-02", "language": "en"}
    good["text"] = (PAIR / "account-b.txt").read_text("utf-8")
    with gzip.open(archive, "wt", encoding="utf-8") as out:
        for row in (json.dumps(good), '{"url": "x"}', "{broken", json.dumps(good)):
            out.write(row + "\n")
    results = list(engine.read_many([str(archive), str(tmp_path / "missing.txt")]))
    assert [type(r) for r in results] == [Reading, Failure, Failure, Reading, Failure]
    assert "line 2" in results[1].uri
    assert results[0] == results[3]
    assert len(list(engine.read_many([str(archive)], limit=2))) == 2


def test_archives_tables_and_folders_are_read_alike(engine: Engine, tmp_path: Path) -> None:
    text = (PAIR / "account-b.txt").read_text("utf-8")
    with zipfile.ZipFile(tmp_path / "press.zip", "w") as archive:
        archive.writestr("page.txt", text)
        archive.writestr("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(9))
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Headline", "Body", "Day"], ["Call", text, "2031-05-02"], ["No text", "", ""]])
    member, photo, row, empty = engine.read_many([str(tmp_path)], columns={"date": "Day"})
    assert isinstance(member, Reading)
    assert isinstance(row, Reading)
    assert member.document.uri == f"{tmp_path}/press.zip#page.txt"
    assert (row.document.title, row.document.uri) == ("Call", f"{tmp_path}/rows.csv#1")
    assert row.document.published == dt.date(2031, 5, 2)
    assert row.contacts
    assert isinstance(photo, Failure)
    assert isinstance(empty, Failure)
    assert f"{tmp_path}/rows.csv, row 2" in str(empty.error)
    assert engine.count([str(tmp_path)]) == 4


def test_what_a_feed_says_fills_what_its_page_lacks() -> None:
    page = RawDocument(
        uri="https://mfa.example/1",
        media_type="text/plain",
        fetched_at=dt.datetime(2031, 5, 3, tzinfo=dt.UTC),
        sha256="0",
        body=b"The leaders spoke by phone on Friday and agreed to reopen the border crossing at Dolna.",
        title="Call of the leaders",
        published=dt.date(2031, 5, 2),
    )
    document = document_of(page)
    assert (document.title, document.published) == ("Call of the leaders", dt.date(2031, 5, 2))
    assert document.id != document_of(msgspec.structs.replace(page, title=None, published=None)).id


def test_readings_print_the_contract(engine: Engine) -> None:
    value = reading_object(engine.read(str(SAMPLES / "article.txt")))
    assert value["schema"] == "diptych.reading/1"
    text = value["document"]["text"]
    assert value["mentions"]
    assert value["contacts"]
    assert value["statements"]
    for record in (*value["mentions"], *value["contacts"], *(s["content"] for s in value["statements"])):
        assert text[record["start"] : record["end"]] == record["quote"]
    ids = {s["id"] for s in value["statements"]}
    assert {s["parent"] for s in value["statements"]} - {None} <= ids
    assert {i for account in value["accounts"] for i in account["statements"]} <= ids
    json.dumps(value)


def test_every_stage_gets_what_it_requires() -> None:
    there = {"source"}
    for stage in STAGES:
        assert set(stage.requires) <= there, stage.name
        there |= set(stage.assigns)


def test_fetching_needs_no_model() -> None:
    document = fetch(str(PAIR / "account-a.txt"))
    assert document.published is not None
    assert document.published.isoformat() == "2025-05-14"
    assert (
        document.title
        == "Press Release: Foreign Minister Emin Karavelli Received by President Helena Aldersund of Tolmara"
    )
