"""Checking, backing up and bringing back, from and into either backend."""

from __future__ import annotations

import gzip
import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from diptych.errors import BusyStore, DamagedStore, NewerStore, NotFound, StoreError, UnwritableStore, UsageError
from diptych.records import Correction
from diptych.store import Feed, Refusal, Search, Store, backup, restore
from diptych.store import tables as t
from diptych.store.dump import table_rows
from tests.store.readings import NOON, entry, gathered, location


def fill(store: Store, count: int = 12) -> None:
    """Something in every table."""
    entries = [entry(number) for number in range(count)]
    store.put(entries)
    store.saw([location(entries[0].document, uri="https://mirror.example/", minutes=5)])
    store.replace_contacts([gathered(*one.tellings) for one in entries], store.tellings_state())
    store.add_correction(Correction(id="c1", kind="join", tellings=("a", "b"), made_at=NOON))
    a, b = entries[0].document.id, entries[1].document.id
    point = '{"id":"A1","side":"a","start":0,"end":3,"quote":"Min","act":"state","holder":"a"}'
    store.save_comparison("c", a, b, f'{{"points":[{point}]}}', "1")
    store.refuse([Refusal(uri="u", source="s", reason="r", remedy="m", tried_at=NOON)])
    store.put_feed(Feed(uri="f", last_polled=NOON))
    store.put_vectors("m", [(number, b"\x00\x3c\xff") for number, _ in store.without_vectors("m", 3)])


def contents(store: Store) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    found: dict[str, list[dict[str, object]]] = {}
    with store.database.reading() as connection:
        for name, rows in table_rows(connection):
            found.setdefault(name, []).extend(rows)
    return found


def test_a_whole_archive_has_no_problems(store: Store) -> None:
    fill(store)
    found = store.check()
    assert found.problems == ()
    assert found.documents == 12
    assert found.quotes == sum(len(r.mentions) + len(r.statements) + 1 for n in range(12) if (r := entry(n).reading))
    assert set(contents(store)) == {table.name for table in t.metadata.sorted_tables}


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (
            "UPDATE statements SET quote = 'never said' WHERE number = (SELECT min(number) FROM statements)",
            "never said",
        ),
        ("UPDATE mentions SET start = start + 1 WHERE position = 0", "mentions"),
        ("DELETE FROM statements WHERE position = 2", "statements are listed of"),
        ("UPDATE statements SET parent = 'statement-lost' WHERE position = 3", "statement-lost"),
        ("UPDATE tellings SET record = '{}'", "is another's"),
        ("UPDATE documents SET text = 'Minister'", "is not what stands at"),
        ("DROP TABLE feeds", "no table feeds"),
    ],
)
def test_damage_is_told(where: str, damage: str, told: str) -> None:
    with Store.open(where) as store:
        fill(store)
        with store.database.writing() as connection:
            connection.exec_driver_sql(damage)
        problems = store.check().problems
    assert any(told in problem for problem in problems), problems


def test_readings_that_cannot_be_unpacked_are_told(store: Store) -> None:
    fill(store, 2)
    with store.database.writing() as connection:
        connection.execute(sa.update(t.readings).values(packed=b"nonsense"))
    assert sum("cannot be unpacked" in problem for problem in store.check().problems) == 2


def test_an_index_of_words_that_does_not_fit_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        fill(store)
        with store.database.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER statements_fts_delete")
            connection.exec_driver_sql("DELETE FROM statements WHERE position = 0")
        assert any("index of words of statements" in problem for problem in store.check().problems)


def test_damaged_pages_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        fill(store, 40)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'mentions'").fetchone()[0]
    body = bytearray(path.read_bytes())
    body[(page - 1) * 4096 : page * 4096] = b"\xee" * 4096
    path.write_bytes(bytes(body))
    with Store.open(path) as store:
        try:
            problems = store.check().problems
        except DamagedStore:
            return
    assert problems


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_portable_backup_comes_back_into_either_backend(
    store: Store, into: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill(store)
    before = contents(store)
    file = tmp_path / "backup.jsonl.gz"
    address = store.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    backup(store.name if store.database.sqlite else address, file)
    if into == "sqlite":
        other = str(tmp_path / "other.db")
    else:
        other = request.getfixturevalue("postgresql_archive")
    restore(file, other, force=True)
    with Store.open(other) as restored:
        assert contents(restored) == before
        assert restored.check().problems == ()
        assert restored.reading(entry(1).document.id) == entry(1).reading
        assert restored.search(Search(query="peace")) != []
        restored.put([entry(99)])
        assert restored.counts().documents == 13


def test_a_backup_of_sqlite_is_an_archive_of_one_file(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.db", tmp_path / "copy.db"
    with Store.open(path) as store:
        fill(store)
        before = contents(store)
        backup(path, copy)
    assert {file.name for file in tmp_path.glob("copy*")} == {"copy.db"}
    restore(copy, tmp_path / "back.db")
    for place in (copy, tmp_path / "back.db"):
        with Store.open(place) as store:
            assert contents(store) == before


def test_a_backup_while_others_write_is_one_state(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        store.put([entry(0)])
        stop = threading.Event()

        def write() -> None:
            with Store.open(path) as other:
                for number in range(1, 2000):
                    if stop.is_set():
                        return
                    other.put([entry(number)])

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for name in ("b.db", "b.jsonl.gz"):
                backup(path, tmp_path / name)
        finally:
            stop.set()
            writer.join()
    restore(tmp_path / "b.jsonl.gz", tmp_path / "c.db")
    for name in ("b.db", "c.db"):
        with Store.open(tmp_path / name) as store:
            counts = store.counts()
            assert store.check().problems == ()
            assert counts.documents == counts.read == counts.tellings >= 1


def test_restoring_does_not_overwrite_what_is_there(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup.jsonl.gz"
    with Store.open(tmp_path / "source.db") as source:
        source.put([entry(1)])
    backup(tmp_path / "source.db", file)
    store.put([entry(2), entry(3)])
    where = store.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    address = store.name if store.database.sqlite else where
    with pytest.raises(StoreError, match="holds 2 documents already"):
        restore(file, address)
    assert store.counts().documents == 2
    restore(file, address, force=True)
    assert [one.id for one in store.documents()] == [entry(1).document.id]


def test_a_backup_that_is_not_whole_restores_nothing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup.jsonl.gz"
    with Store.open(tmp_path / "source.db") as source:
        fill(source)
    backup(tmp_path / "source.db", file)
    store.put([entry(50)])
    where = store.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    address = store.name if store.database.sqlite else where
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    halves = {
        "cut.gz": file.read_bytes()[:-400],
        "short.gz": gzip.compress(b"".join(lines[:-3])),
        "lost.gz": gzip.compress(b"".join([*lines[:5], *lines[6:]])),
        "other.gz": gzip.compress(b'{"schema":"other"}\n'),
        "empty.gz": gzip.compress(b""),
    }
    for name, body in halves.items():
        (tmp_path / name).write_bytes(body)
        with pytest.raises(DamagedStore):
            restore(tmp_path / name, address, force=True)
        assert [one.id for one in store.documents()] == [entry(50).document.id]
    newer = lines[0].replace(b'"tables":"', b'"tables":"9')
    (tmp_path / "newer.gz").write_bytes(gzip.compress(newer + b"".join(lines[1:])))
    with pytest.raises(NewerStore):
        restore(tmp_path / "newer.gz", address, force=True)
    with pytest.raises(NotFound):
        restore(tmp_path / "none.gz", address)


def test_a_damaged_file_is_kept_beside_the_restored_one(tmp_path: Path) -> None:
    source, broken = tmp_path / "source.db", tmp_path / "broken.db"
    with Store.open(source) as store:
        store.put([entry(1)])
    broken.write_bytes(b"no database " * 500)
    with pytest.raises(DamagedStore):
        restore(source, broken)
    restore(source, broken, force=True)
    with Store.open(broken) as store:
        assert store.counts().documents == 1
    assert (tmp_path / "broken.db.damaged").read_bytes().startswith(b"no database")


def test_a_file_that_another_holds_is_not_set_aside(tmp_path: Path) -> None:
    source, held = tmp_path / "source.db", tmp_path / "held.db"
    with Store.open(source) as store:
        store.put([entry(1)])
    other = sqlite3.connect(held, isolation_level=None)
    other.execute("CREATE TABLE notes (words TEXT)")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyStore):
        restore(source, held, force=True, patience=0.1)
    other.close()
    assert sorted(path.name for path in tmp_path.glob("held*")) == ["held.db"]


def test_backups_that_cannot_be_written_leave_nothing(tmp_path: Path, postgresql_archive: str) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        store.put([entry(1)])
    with pytest.raises(UnwritableStore):
        backup(path, tmp_path / "none" / "b.db")
    with pytest.raises(UsageError, match="itself"):
        backup(path, path)
    with pytest.raises(UsageError, match=r"jsonl\.gz"):
        backup(postgresql_archive, tmp_path / "b.db")
    with pytest.raises(NotFound):
        backup(tmp_path / "none.db", tmp_path / "b.db")
    assert {one.name for one in tmp_path.iterdir() if not one.name.startswith("a.db")} == set()
