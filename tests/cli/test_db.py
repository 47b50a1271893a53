"""``diptych db``: what its commands say, and their exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from diptych.store import Store
from tests.conftest import ROOT
from tests.store.readings import entry


def _diptych(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from diptych.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def _archive(path: Path) -> Path:
    with Store.open(path) as store:
        store.put([entry(number) for number in range(3)])
    return path


def test_a_whole_archive_is_checked_and_comes_back_from_its_backup(tmp_path: Path) -> None:
    path, copy = _archive(tmp_path / "a.db"), tmp_path / "a.jsonl.gz"
    checked = _diptych("--db", path, "db", "check")
    assert checked.returncode == 0, checked.stderr
    assert "is whole: 3 documents, 51 quotes" in checked.stdout
    assert _diptych("--db", path, "db", "backup", copy).returncode == 0
    restored = _diptych("--db", tmp_path / "b.db", "db", "restore", copy)
    assert restored.returncode == 0, restored.stderr
    assert "3 documents" in restored.stdout
    again = _diptych("--db", tmp_path / "b.db", "db", "restore", copy)
    assert again.returncode == 9
    assert "--force" in again.stderr
    assert _diptych("--db", tmp_path / "b.db", "db", "restore", copy, "--force").returncode == 0
    assert "already" in _diptych("--db", path, "db", "upgrade").stdout


def test_damage_ends_with_exit_code_9(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.db")
    with Store.open(path) as store, store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE statements SET quote = 'never said' WHERE position = 0")
    checked = _diptych("--db", path, "db", "check")
    assert checked.returncode == 9
    assert "never said" in checked.stdout
    assert "db restore" in checked.stderr
    with Store.open(path) as store, store.database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER statements_fts_delete")
        connection.exec_driver_sql("DELETE FROM statements WHERE position = 0")
    assert "index of words of statements" in _diptych("--db", path, "db", "check").stdout
    path.write_bytes(b"no database at all " * 300)
    assert _diptych("--db", path, "db", "check").returncode == 9
    assert _diptych("--db", tmp_path / "none.db", "db", "check").returncode == 3
