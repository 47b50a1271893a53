"""``diptych add`` as a user meets it: whatever is put in, what can be read is read, and the rest is told."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import signal
import sqlite3
import subprocess
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from diptych.store import Store
from tests.archive.documents import CHINESE, accounts, command, contents, diptych, write_rows


@dataclass(frozen=True)
class Run:
    """A call of ``add``: its archive, what it was given, its exit code and its summary."""

    archive: Path
    folder: Path
    code: int
    summary: dict[str, Any]


def add(archive: Path, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    result = diptych("--db", archive, "add", *arguments, "--format", "json")
    assert b"Traceback" not in result.stderr
    return result.returncode, json.loads(result.stdout)


@pytest.fixture(scope="module")
def endless() -> Iterator[str]:
    """The address of a feed that never ends."""

    class Handler(BaseHTTPRequestHandler):
        """Sends entries for as long as somebody takes them."""

        def do_GET(self) -> None:
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            if self.path == "/robots.txt":
                return
            try:
                self.wfile.write(b'<?xml version="1.0"?><rss version="2.0"><channel><title>Readouts</title>')
                while True:
                    self.wfile.write(b"<item><title>Minister receives ambassador</title></item>" * 2000)
            except OSError:
                return

        def log_message(self, *arguments: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/feed.xml"
        running.shutdown()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, endless: str) -> Run:
    """One call with good documents and all that can be wrong with others."""
    folder = tmp_path_factory.mktemp("add")
    given = folder / "given"
    given.mkdir()
    rows = list(accounts(3, length=6))
    rows.append({"url": "https://zh.example/1", "language": "zh", "title": "会谈", "text": CHINESE})
    rows.append({"url": "https://empty.example/1", "title": "A row without a text", "text": " "})
    write_rows(given / "rows.jsonl", rows)
    whole = gzip.compress((given / "rows.jsonl").read_bytes())
    (given / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(given / "huge.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as out:
        for _ in range(120):
            out.write(bytes(1_000_000))
    with tarfile.open(given / "links.tar", "w") as archive:
        inside = rows[0]["text"].replace("phone", "telephone").encode()
        member = tarfile.TarInfo("inside.txt")
        member.size = len(inside)
        archive.addfile(member, io.BytesIO(inside))
        link = tarfile.TarInfo("outside.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        climbing = tarfile.TarInfo("../../climbing.txt")
        climbing.size = len(inside)
        archive.addfile(climbing, io.BytesIO(inside))
    (given / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    archive_file = folder / "archive.db"
    code, summary = add(archive_file, given, folder / "nowhere.txt", endless)
    return Run(archive_file, folder, code, summary)


def refusal(run: Run, part: str) -> str:
    """What is told of the one refused input whose name has this part."""
    (found,) = (one for one in run.summary["refusals"] if part in one["uri"])
    return f"{found['reason']}. {found['remedy']}"


def test_what_can_be_read_is_added(run: Run) -> None:
    assert run.code == 4
    held = contents(run.archive)
    uris = {row[1] for row in held["documents"]} | {row[0] for row in held["locations"]}
    assert {f"https://zh.example/{n}" for n in (1,)} <= uris
    assert sum("readouts" in str(uri) for uri in uris) == 6
    assert any(str(uri).endswith("inside.txt") for uri in uris)
    assert run.summary["added"] == len(held["documents"])
    assert run.summary["unread_language"] == 1
    assert run.summary["contacts"] == len(held["contacts"]) >= 3


def test_a_row_without_text_is_told_by_its_line(run: Run) -> None:
    assert "no text" in refusal(run, "https://empty.example/1")


def test_a_damaged_gzip_gives_what_stands_before_the_damage(run: Run) -> None:
    assert "cut.jsonl.gz" in refusal(run, "cut.jsonl.gz")


def test_an_archive_that_unpacks_to_too_much_is_left(run: Run) -> None:
    assert "huge.zip" in refusal(run, "huge.zip")


def test_links_and_names_that_lead_outside_are_not_followed(run: Run) -> None:
    assert "outside" in refusal(run, "outside.txt")
    assert refusal(run, "climbing.txt")
    assert not any("root:" in str(row) for row in contents(run.archive)["documents"])


def test_a_feed_that_never_ends_is_given_up(run: Run) -> None:
    assert "more than" in refusal(run, "feed.xml")


def test_what_is_no_text_and_what_is_not_there(run: Run) -> None:
    assert "PNG" in refusal(run, "picture.png")
    assert "no file" in refusal(run, "nowhere.txt")


def test_refusals_are_counted_by_reason(run: Run) -> None:
    assert run.summary["refused"] == sum(run.summary["refused_by"].values()) == len(run.summary["refusals"])


def test_adding_again_adds_nothing_and_starts_no_worker(run: Run) -> None:
    before = contents(run.archive) | {"refused": []}
    code, summary = add(run.archive, run.folder / "given" / "rows.jsonl")
    assert code == 4  # the row without a text is as it was
    assert (summary["added"], summary["known"]) == (0, 7)
    assert summary["seconds"] < 3
    assert contents(run.archive) | {"refused": []} == before


def test_what_was_refused_is_taken_up_again(run: Run, tmp_path: Path) -> None:
    archive = tmp_path / "copy.db"
    with sqlite3.connect(run.archive) as old, sqlite3.connect(archive) as new:
        old.backup(new)
    missing = run.folder / "nowhere.txt"
    missing.write_text("Foreign Minister Ada Bell of Lakemark met Foreign Minister Ina Solis of Veldara on 5 May 2031.")
    try:
        code, summary = add(archive, "--retry")
    finally:
        missing.unlink()
    assert code == 4
    assert summary["added"] == 1
    refused = {row[0] for row in contents(archive)["refused"]}
    assert str(missing) not in refused
    assert "https://empty.example/1" in refused


def test_columns_are_mapped(tmp_path: Path) -> None:
    row = next(accounts(1, length=6))
    table = tmp_path / "table.csv"
    table.write_text(f'headline,body,day\n"{row["title"]}","{row["text"]}",2031-01-06\n', "utf-8")
    archive = tmp_path / "archive.db"
    code, summary = add(archive, table, "--map", "text=body,title=headline,date=day")
    assert (code, summary["added"]) == (0, 1)
    (document,) = contents(archive)["documents"]
    assert row["title"] in document
    assert "2031-01-06" in document


def test_nothing_given_and_a_wrong_map_are_wrong_calls(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    assert "--retry" in _told(diptych("--db", archive, "add"), 2)
    assert "maps no column" in _told(diptych("--db", archive, "add", tmp_path, "--map", "words=x"), 2)
    assert not archive.exists()


def test_archives_that_cannot_be_used(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", accounts(1, length=4))
    newer = tmp_path / "newer.db"
    Store.open(newer).close()
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "later version" in _told(diptych("--db", newer, "add", rows), 9)
    text = tmp_path / "text.db"
    text.write_text("This is no database, but a note of some length, kept under a wrong name.\n" * 40)
    before = text.read_bytes()
    _told(diptych("--db", text, "add", rows), 9)
    assert text.read_bytes() == before
    _told(diptych("--db", "/proc/diptych.db", "add", rows), 9)
    _told(diptych("--db", tmp_path / "nowhere" / "archive.db", "add", rows), 3)
    _told(diptych("--db", tmp_path / "none.db", "contacts"), 3)
    assert not (tmp_path / "none.db").exists()


def test_an_archive_that_another_writes_to(run: Run) -> None:
    holding = sqlite3.connect(run.archive, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    try:
        told = _told(diptych("--db", run.archive, "--patience", "0.2", "add", run.folder / "nowhere.txt"), 9)
    finally:
        holding.execute("ROLLBACK")
        holding.close()
    assert "--patience" in told or "other" in told


def test_a_full_disk_loses_nothing_that_was_written(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", accounts(12, length=16))
    archive = tmp_path / "archive.db"
    Store.open(archive).close()
    most = archive.stat().st_size + 150_000
    result = subprocess.run(
        command("--db", archive, "add", rows, "--workers", "1"),
        capture_output=True,
        timeout=300,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert b"full" in result.stderr or b"cannot be written" in result.stderr
    _told(result, 9)
    kept = contents(archive)
    assert len(kept["documents"]) < 24
    assert len(kept["documents"]) == len(kept["readings"]) == len(kept["signatures"])
    code, summary = add(archive, rows, "--workers", "1")
    assert code == 0
    assert summary["added"] + summary["known"] == 24
    assert len(contents(archive)["documents"]) == 24


def test_interrupted_it_ends_at_once_and_whole(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", accounts(40, length=24))
    archive = tmp_path / "archive.db"
    running = subprocess.Popen(
        command("--db", archive, "add", rows, "--workers", "1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while _count(archive) == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as the terminal does: to all processes of the group
    output, error = running.communicate(timeout=20)
    assert running.returncode == 130
    assert output == b""
    assert error == b"diptych: interrupted; nothing was left half-written.\n"
    kept = contents(archive)
    assert 0 < len(kept["documents"]) < 80
    assert len(kept["documents"]) == len(kept["readings"])


def _count(archive: Path) -> int:
    if not archive.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{archive}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0


def _told(result: subprocess.CompletedProcess[bytes], code: int) -> str:
    error = result.stderr.decode()
    assert result.returncode == code, error
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1, error
    assert error.startswith("diptych: ")
    return error
