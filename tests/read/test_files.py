"""Files and standard input: every way they can fail is said in one sentence with a remedy."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from diptych.errors import DiptychError, EmptyInput, InputError, NotFound, TooLarge, UnreachableError, UnsupportedMedia
from diptych.read import ReadLimits, read_source

SMALL = ReadLimits(max_bytes=1000)


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "readout.txt"
    path.write_bytes(b"The leaders spoke today.\n")
    raw = read_source(str(path))
    assert raw.body == b"The leaders spoke today.\n"
    assert raw.uri == str(path)
    assert raw.media_type == "text/plain"
    assert raw.sha256 == hashlib.sha256(raw.body).hexdigest()
    assert raw.fetched_at.tzinfo is not None
    assert read_source(path.as_uri()).body == raw.body


def test_standard_input() -> None:
    raw = read_source("-", stdin=io.BytesIO(b"<html><body><p>Text</p></body></html>"))
    assert (raw.uri, raw.media_type) == ("standard input", "text/html")
    with pytest.raises(TooLarge, match="Standard input holds more than"):
        read_source("-", stdin=io.BytesIO(b"a" * 1001), limits=SMALL)
    with pytest.raises(EmptyInput, match="standard input is empty"):
        read_source("-", stdin=io.BytesIO(b""))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"There is no file .*gone\.txt \(any more\)\. Check the path"):
        read_source(str(tmp_path / "gone.txt"))
    with pytest.raises(NotFound):
        read_source("")


def test_a_file_that_vanishes_between_asking_and_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "readout.txt"
    path.write_text("text")
    ask = Path.stat

    def ask_and_lose(self: Path, **options: bool) -> os.stat_result:
        status = ask(self, **options)
        if self == path and path.exists():
            os.unlink(path)
        return status

    monkeypatch.setattr(Path, "stat", ask_and_lose)
    monkeypatch.setattr(Path, "exists", lambda self: os.path.exists(self))
    with pytest.raises(NotFound, match="any more"):
        read_source(str(path))


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is a directory\. Give the path of one file in it"):
        read_source(str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("text")
    path.chmod(0)
    with pytest.raises(InputError, match="may not be read by you"):
        read_source(str(path))


def test_a_forbidden_file_as_the_system_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("text")

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"may not be read by you\. Change its permissions"):
        read_source(str(path))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # sparse: takes no room

    def never(self: Path, mode: str) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", never)
    with pytest.raises(TooLarge, match=r"has 200 MB, more than the 20 MB allowed\. Give one text"):
        read_source(str(path))


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    with pytest.raises(EmptyInput, match=r"empty\.txt is empty\. Check"):
        read_source(str(path))


def test_a_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "binary.txt"
    path.write_bytes(bytes(range(256)) * 8)
    with pytest.raises(UnsupportedMedia, match=r"is a binary file, not a text\. Give plain text"):
        read_source(str(path))


def test_an_address_of_another_kind() -> None:
    with pytest.raises(UnreachableError, match=r"ftp:// are not read"):
        read_source("ftp://files.example/readout.txt")


def test_every_error_says_what_to_do(tmp_path: Path) -> None:
    for spec in (str(tmp_path), str(tmp_path / "none"), "ftp://x.example/"):
        with pytest.raises(DiptychError) as caught:
            read_source(spec)
        assert caught.value.happened
        assert caught.value.remedy
        assert "\n" not in str(caught.value)
