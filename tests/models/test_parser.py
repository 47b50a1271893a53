"""The parser is the recorded one, or says that it is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diptych.errors import ModelError
from diptych.models.parser import RECORDED, default_folder, load_parser
from diptych.models.weights import verify


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = default_folder()
    assert folder is not None
    for name in RECORDED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(folder / name, tmp_path / name)
    return tmp_path


def test_the_installed_parser_is_the_recorded_one(copy: Path) -> None:
    verify(copy, RECORDED, "parser", "it")


def test_a_changed_file_is_told(copy: Path) -> None:
    with (copy / "tagger" / "model").open("r+b") as file:
        file.seek(100)
        file.write(b"\0\0\0\0changed")
    with pytest.raises(ModelError, match="is not the recorded one"):
        verify(copy, RECORDED, "parser", "it")


def test_a_missing_file_is_told(copy: Path) -> None:
    (copy / "ner" / "model").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        verify(copy, RECORDED, "parser", "it")


def test_a_pipeline_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPTYCH_SPACY_MODEL", "no_such_pipeline")
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_parser()
