"""An ``add`` that is killed again and again ends with the contents of one that nobody disturbed.

``DIPTYCH_KILLS=50`` kills fifty times; the suite kills three times. A run that has ended before its
moment does not count.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from diptych.archive.regather import regather
from diptych.store import Store
from tests.archive.documents import CHINESE, accounts, command, contents, diptych, write_rows

KILLS = int(os.environ.get("DIPTYCH_KILLS", "3"))


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty accounts, one of them at two addresses, a text that is not read yet, a row without a text."""
    found = list(accounts(20, length=18))
    twice = {**found[7], "url": "https://elsewhere.example/copy"}
    chinese = {"url": "https://zh.example/1", "language": "zh", "title": "两国外长会谈", "text": CHINESE}
    empty = {"url": "https://empty.example/1", "title": "Nothing", "text": ""}
    folder = tmp_path_factory.mktemp("kill")
    return write_rows(folder / "rows.jsonl", [*found, twice, chinese, empty])


def test_killed_at_random_moments_nothing_is_lost_or_doubled(rows: Path, tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "undisturbed.db", tmp_path / "killed.db"
    began = time.monotonic()
    result = diptych("--db", undisturbed, "add", rows)
    took = time.monotonic() - began
    assert result.returncode == 4, result.stderr.decode()  # one row has no text
    expected = contents(undisturbed)
    assert len(expected["documents"]) == 41
    assert len(expected["locations"]) == 42
    assert len(expected["contacts"]) == 20
    seed = random.randrange(10**6)
    choose = random.Random(seed)
    hit = tries = 0
    while hit < KILLS and tries < 4 * KILLS + 4:
        tries += 1
        running = subprocess.Popen(command("--db", killed, "add", rows), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(choose.uniform(0.1, 0.9) * took)
        going = running.poll() is None
        hit += going
        running.send_signal(signal.SIGKILL)
        # The pipes close when the last worker is gone: none outlives the process that started it.
        running.communicate(timeout=30)
        if hit < KILLS and (not going or (choose.random() < 0.3 and KILLS > 10)):
            # What is finished is begun anew, or nothing is left to be killed at.
            for rest in tmp_path.glob("killed.db*"):
                rest.unlink()
    result = diptych("--db", killed, "add", rows)
    assert result.returncode == 4, result.stderr.decode()
    found = contents(killed)
    assert found.keys() == expected.keys()
    for table, held in expected.items():
        assert found[table] == held, f"{table} differs (seed {seed})"
    assert hit == KILLS, f"only {hit} of {tries} runs were still going when they were killed (seed {seed})"


def test_two_at_once_make_what_one_makes(where: str, tmp_path: Path) -> None:
    halves = list(accounts(6, length=8))
    one = write_rows(tmp_path / "one.jsonl", halves[:8])
    other = write_rows(tmp_path / "other.jsonl", halves[4:])
    running = [
        subprocess.Popen(
            command("--db", where, "add", rows, "--format", "json", "--workers", "1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for rows in (one, other)
    ]
    told = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert sum(json.loads(output)["added"] for output, _ in told) == 12
    with Store.open(where) as store:
        counts = store.counts()
        assert (counts.documents, counts.read, counts.locations) == (12, 12, 12)
        regather(store)
        assert len(list(store.contacts(two_sided=True))) == 6
