"""Whatever is put in: one sentence on standard error, a documented exit code, no traceback, nothing half-written."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ACCOUNT = (
    "President Olen Marvek of Tarsia spoke by phone today with Prime Minister Ina Solis of Ortega. The leaders agreed "
    "to reopen the border crossing at Dolna on 1 May. President Marvek thanked the Prime Minister for her support."
)


def diptych(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from diptych.cli import main; main()", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)


def told(result: subprocess.CompletedProcess[bytes], code: int) -> str:
    """The one sentence on standard error, after the checks that hold for every failure."""
    error = result.stderr.decode()
    assert result.returncode == code, error
    assert result.stdout == b""
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1, error
    assert error.startswith("diptych: ")
    return error


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("empty.txt", b"", 4),
        ("blank.txt", b" \n\t\n", 4),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, 4),
        ("program", b"\x7fELF" + bytes(4000), 4),
        ("broken.pdf", b"%PDF-1.7\nnothing of a pdf\n", 4),
        ("broken.docx", b"PK\x03\x04" + bytes(500), 4),
        ("menu.html", b"<html><body><nav><a href='/'>Home</a> <a href='/x'>News</a></nav></body></html>", 4),
        (
            "russian.txt",
            "Состоялся телефонный разговор президента с премьер-министром. Обсуждались вопросы "
            "двустороннего сотрудничества и региональной безопасности, а также энергетика.".encode(),
            4,
        ),
    ],
)
def test_a_file_that_is_no_account(tmp_path: Path, name: str, body: bytes, code: int) -> None:
    file = tmp_path / name
    file.write_bytes(body)
    out = tmp_path / "out.json"
    told(diptych("read", str(file), "--output", str(out)), code)
    assert not out.exists()


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "nowhere.txt" in told(diptych("read", str(tmp_path / "nowhere.txt")), 3)
    told(diptych("read", str(tmp_path)), 3)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(200 * 2**20)
    told(diptych("read", str(file)), 3)


def test_rows_without_text_and_wrong_maps_are_named(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"title": "A call"}\n')
    assert f"{rows}, line 1" in told(diptych("read", str(rows)), 4)
    table = tmp_path / "rows.csv"
    table.write_text("Headline,Story so far\nCall,Words\n")
    assert "Headline, Story so far" in told(diptych("read", str(table)), 4)
    assert "FIELD=COLUMN" in told(diptych("read", str(table), "--map", "body"), 2)


def test_the_same_text_twice(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(ACCOUNT)
    two.write_text(ACCOUNT + "\n")
    assert "same text" in told(diptych("compare", str(one), str(two)), 5)


def test_standard_input_twice() -> None:
    told(diptych("compare", "-", "-", stdin=ACCOUNT.encode()), 2)


def test_relate_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"a": "x", "b": "y"}\n{"a": 3}\n')
    assert "line 2" in told(diptych("relate", str(file)), 4)


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    result = diptych("--debug", "read", str(tmp_path / "nowhere.txt"))
    assert result.returncode == 1
    assert b"Traceback" in result.stderr


def test_a_wrong_call_says_what_is_right() -> None:
    result = diptych("compare", "a", "b", "--format", "pdf")
    assert result.returncode == 2
    assert b"markdown" in result.stderr


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        """Redirects in a circle under /loop, knows nothing else."""

        def do_GET(self) -> None:
            self.send_response(302 if self.path == "/loop" else 404)
            self.send_header("Location", "/loop")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def test_a_dead_link_and_a_redirect_loop(server: str) -> None:
    assert "404" in told(diptych("read", f"{server}/gone"), 3)
    told(diptych("read", f"{server}/loop"), 3)
    told(diptych("read", "http://127.0.0.1:9/"), 3)
