"""Two writers at once, and writers killed at work: nothing lost, nothing doubled, nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diptych.store import Store
from tests.conftest import ROOT
from tests.store.readings import entry, gathered
from tests.store.test_maintenance import contents

WRITER = """
import sys
from diptych.store import Store
from tests.store.readings import entry
with Store.open(sys.argv[1]) as store:
    for start in range(int(sys.argv[2]), int(sys.argv[3]), 10):
        store.put([entry(number) for number in range(start, start + 10)])
        print(start, flush=True)
"""


def _writer(where: str, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, where, str(first), str(last)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def _plain(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """The content of every table, without row numbers, which depend on the order of arrival."""
    with store.database.reading() as connection:
        ids = dict(connection.exec_driver_sql("SELECT number, id FROM statements").fetchall())
    return {
        name: sorted(
            tuple(ids[value] if key == "statement" else value for key, value in row.items() if key != "number")
            for row in rows
        )
        for name, rows in contents(store).items()
        if name not in ("documents", "statements")
    } | {
        name: sorted((row["id"], str({k: v for k, v in row.items() if k != "number"})) for row in rows)
        for name, rows in contents(store).items()
        if name in ("documents", "statements")
    }


def _undisturbed(tmp_path: Path, count: int) -> dict[str, list[tuple[object, ...]]]:
    with Store.open(tmp_path / "undisturbed.db") as store:
        store.put([entry(number) for number in range(count)])
        return _plain(store)


def test_two_writers_of_overlapping_documents_do_not_hurt_each_other(where: str, tmp_path: Path) -> None:
    Store.open(where).close()
    writers = [_writer(where, 0, 120), _writer(where, 60, 180), _writer(where, 0, 180)]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    with Store.open(where) as store:
        assert store.counts().documents == 180
        assert _plain(store) == _undisturbed(tmp_path, 180)


def test_two_that_make_a_new_archive_at_once_make_one(where: str) -> None:
    writers = [_writer(where, 0, 20) for _ in range(3)]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    with Store.open(where) as store:
        assert store.counts().documents == 20


def test_a_killed_writer_goes_on_where_it_stopped(where: str, tmp_path: Path) -> None:
    dice = random.Random(5)
    Store.open(where).close()
    for _ in range(4):
        writer = _writer(where, 0, 200)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(dice.random() * 0.3)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        with Store.open(where) as store:
            assert store.counts().documents % 10 == 0
    writer = _writer(where, 0, 200)
    writer.communicate(timeout=120)
    assert writer.returncode == 0
    with Store.open(where) as store:
        assert store.check().problems == ()
        assert _plain(store) == _undisturbed(tmp_path, 200)


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    store.put([entry(number) for number in range(10)])
    told = store.tellings()
    first = next(told)
    store.put([entry(number) for number in range(10, 20)])
    assert len([first, *told]) == 10
    assert len(list(store.tellings())) == 20


def test_replacing_contacts_that_fails_half_way_keeps_the_old_ones(store: Store) -> None:
    entries = [entry(number) for number in range(3)]
    store.put(entries)
    old = [gathered(*one.tellings) for one in entries]
    store.replace_contacts(old, "state")

    def failing():  # type: ignore[no-untyped-def]
        yield gathered(*entries[0].tellings)
        raise RuntimeError("the power of the gatherer fails")

    with pytest.raises(RuntimeError):
        store.replace_contacts(failing(), "new state")
    assert {one.id for one in store.contacts()} == {one.id for one in old}


def test_writing_takes_no_longer_as_the_archive_grows(tmp_path: Path) -> None:
    """Processor time of the last batches against the first; growth with the archive's size would show."""
    with Store.open(tmp_path / "a.db") as store:
        batches = [[entry(number) for number in range(start, start + 32)] for start in range(0, 1920, 32)]
        spent = []
        for batch in batches:
            began = time.process_time()
            store.put(batch)
            spent.append(time.process_time() - began)
    early, late = sorted(spent[5:25])[10], sorted(spent[-20:])[10]
    assert late < early * 2, (early, late)
