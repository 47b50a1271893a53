"""Workers: what they bring back, what happens when one dies, and that none is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from diptych.archive.pool import Pool
from diptych.archive.work import ReadDocument, Unread
from diptych.clean import from_record
from diptych.records import Document
from tests.archive.documents import CHINESE, PROSE, accounts


def documents(contacts: int) -> list[Document]:
    return [from_record(row) for row in accounts(contacts, length=6)]


def outcomes(pool: Pool, batches: list[list[Document]]) -> list[ReadDocument | Unread]:
    return [outcome for done in pool.read(iter(batches)) for outcome in done]


def test_every_document_comes_back_once_and_read() -> None:
    found = documents(4)
    chinese = from_record({"text": CHINESE, "language": "zh", "title": "会谈"})
    with Pool(2) as pool:
        back = outcomes(pool, [found[:3], [*found[3:], chinese]])
    assert sorted(one.document.id for one in back if isinstance(one, ReadDocument)) == sorted(
        one.id for one in [*found, chinese]
    )
    by_id = {one.document.id: one for one in back if isinstance(one, ReadDocument)}
    assert by_id[chinese.id].reading is None
    assert by_id[chinese.id].signature
    for document in found:
        one = by_id[document.id]
        assert one.document == document
        assert one.reading is not None
        assert one.reading.contacts
        assert {provenance.stage for provenance in one.provenance} == {"annotate", "gather.tellings"}


def test_no_batches_start_no_worker() -> None:
    with Pool(2) as pool:
        assert outcomes(pool, []) == []
        assert multiprocessing.active_children() == []


@pytest.fixture(scope="module")
def after_deaths() -> tuple[list[ReadDocument | Unread], Document, list[Document], list[int]]:
    """What comes back when every worker that reads one certain document is killed."""
    found = documents(2)
    sentences = " ".join(PROSE)
    deadly = from_record({"text": "\n".join([f"Part {n}. {sentences}" for n in range(1500)]), "language": "en"})
    killed: list[int] = []
    stopped = threading.Event()

    def kill(pool: Pool) -> None:
        while not stopped.wait(0.02):
            for pid, reads in pool.at_work.items():
                if deadly.id in reads and pid not in killed:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    with Pool(1) as pool:
        killer = threading.Thread(target=kill, args=(pool,))
        killer.start()
        try:
            back = outcomes(pool, [[found[0], deadly, found[1]], found[2:]])
        finally:
            stopped.set()
            killer.join()
    return back, deadly, found, killed


def test_a_document_that_kills_its_reader_is_refused_alone(
    after_deaths: tuple[list[ReadDocument | Unread], Document, list[Document], list[int]],
) -> None:
    back, deadly, found, killed = after_deaths
    (refused,) = (one for one in back if isinstance(one, Unread))
    assert refused.document == deadly.id
    assert "SIGKILL" in str(refused.error)
    assert "--retry" in refused.error.remedy
    read = [one.document.id for one in back if isinstance(one, ReadDocument)]
    assert sorted(read) == sorted(one.id for one in found)
    assert len(killed) == 2  # once with its batch, once by itself


def test_leaving_early_leaves_no_process() -> None:
    found = documents(2)

    def endless() -> Iterator[list[Document]]:
        while True:
            yield found

    with Pool(1) as pool:
        results = pool.read(endless())
        next(results)
        (pid,) = pool.at_work
    for _ in range(50):
        if not _runs(pid):
            break
        time.sleep(0.1)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
