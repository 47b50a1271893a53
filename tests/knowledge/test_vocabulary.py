"""The closed lists of words, and tables that must not be cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from diptych.errors import KnowledgeError
from diptych.knowledge import vocabulary
from diptych.knowledge.tables import DATA, require_rows

HEAD = "# Source: written for this test.\nlist,word,source,date\n"


def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str) -> object:
    (tmp_path / "vocabulary.csv").write_text(HEAD + rows, "utf-8")
    (tmp_path / "manifest.csv").write_text("# Source: none.\nfile,rows\nvocabulary.csv,1\n", "utf-8")
    monkeypatch.setattr(vocabulary, "DATA", tmp_path)
    vocabulary.load_vocabulary.cache_clear()
    try:
        return vocabulary.load_vocabulary()
    finally:
        vocabulary.load_vocabulary.cache_clear()


def test_every_list_has_words() -> None:
    lists = vocabulary.load_vocabulary()
    assert set(lists) == vocabulary.LISTS
    assert all(lists.values())
    assert "minister" in lists["title_heads"]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("colours,red,here,2026-11-26\n", "no list of words"),
        ("particles,von,here,2026-11-26\nparticles,von,here,2026-11-26\n", "stands twice"),
        ("particles,Von,here,2026-11-26\n", "small letters"),
        ("particles,von,here,yesterday\n", "is not a day"),
        ("particles,von,here,2026-11-26\n", "are missing"),
    ],
)
def test_wrong_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str, what: str) -> None:
    with pytest.raises(KnowledgeError, match=what):
        load(tmp_path, monkeypatch, rows)


@pytest.mark.parametrize("file", ["cues.csv", "valency.csv", "speakers.csv"])
def test_table_cut_short_is_noticed(file: str) -> None:
    rows = len((DATA / file).read_text("utf-8").splitlines()) - 1
    require_rows(file, rows)
    with pytest.raises(KnowledgeError, match="at least"):
        require_rows(file, 10)
