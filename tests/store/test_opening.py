"""Archives that cannot be used as they are: a clear error of the tree, and nothing lost."""

from __future__ import annotations

import os
import pwd
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from diptych.errors import BusyStore, DamagedStore, NewerStore, NotFound, StoreError, UnwritableStore, UsageError
from diptych.store import Search, Store, upgrade
from diptych.store.schema import REVISIONS
from diptych.store.tables import metadata
from tests.store.readings import entry


def _version(where: str, version: str) -> None:
    with Store.open(where) as store, store.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def test_a_new_archive_has_the_tables_that_the_code_knows(where: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(__file__).parents[2] / "src/diptych/store/migrations"))
    assert tuple(reversed([one.revision for one in scripts.walk_revisions()])) == REVISIONS
    by_hand = re.compile(r"_fts|_words$|_latest$|^words$|^alembic")

    def ours(item: object, name: str | None, *_: object) -> bool:
        return not by_hand.search(name or "")

    with Store.open(where) as store, store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_again_changes_nothing(where: str) -> None:
    with Store.open(where) as store:
        store.put([entry(1)])
    with Store.open(where, create=False) as store:
        assert store.counts().documents == 1


def test_an_archive_of_a_later_version_is_left_alone(where: str) -> None:
    _version(where, "9999")
    with pytest.raises(NewerStore, match=r"later version.*Update diptych"):
        Store.open(where)
    with pytest.raises(NewerStore):
        upgrade(where)


def test_an_archive_of_an_earlier_version_asks_for_an_upgrade(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(where) as store:
        store.put([entry(1)])
    monkeypatch.setattr("diptych.store.schema.REVISIONS", (*REVISIONS, "later"))
    with pytest.raises(StoreError, match="diptych db upgrade"):
        Store.open(where)


def test_upgrading_makes_a_backup_first_and_a_failed_upgrade_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    with Store.open(path) as store:
        store.put([entry(1)])
    assert upgrade(path) == (REVISIONS[-1], REVISIONS[-1], None)
    _version(str(path), "0000")
    for module in ("schema", "maintenance"):
        monkeypatch.setattr(f"diptych.store.{module}.REVISIONS", ("0000", *REVISIONS))
    with pytest.raises(Exception, match="0000"):
        upgrade(path)
    copy = tmp_path / f"archive.db.before-{REVISIONS[-1]}"
    for file in (path, copy):
        with sqlite3.connect(file) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0000",)]
            assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]


def test_a_database_of_something_else_is_left_alone(where: str) -> None:
    url = f"sqlite:///{where}" if "://" not in where else where.replace("postgresql:", "postgresql+psycopg:")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name text)")
    engine.dispose()
    with pytest.raises(DamagedStore, match="not those of an archive"):
        Store.open(where)


@pytest.mark.parametrize("body", [b"%PDF-1.7 " * 400, b"{}", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(body)
    with pytest.raises(DamagedStore, match="no database"):
        Store.open(path)
    assert path.read_bytes() == body


def test_places_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no archive"):
        Store.open(tmp_path / "none.db", create=False)
    with pytest.raises(NotFound, match="no archive"):
        Store.open(tmp_path / "none.db", read_only=True)
    with pytest.raises(NotFound, match="no folder"):
        Store.open(tmp_path / "none" / "archive.db")
    with pytest.raises(UnwritableStore, match="is a folder"):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["mysql://host/db", "sqlite://", "http://example.org/x"])
def test_addresses_of_other_kinds(url: str) -> None:
    with pytest.raises(UsageError):
        Store.open(url)


def test_a_server_that_does_not_answer_and_the_password_is_not_shown() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        Store.open("postgresql://somebody:secret@127.0.0.1:1/archive")
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there(postgresql: str) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        Store.open(postgresql.rsplit("/", 1)[0] + "/nosuchdatabase")


def test_what_was_opened_for_reading_is_not_written(where: str) -> None:
    with Store.open(where) as store:
        store.put([entry(1)])
    with Store.open(where, read_only=True) as store:
        assert store.counts().documents == 1
        assert store.search(Search()) != []
        with pytest.raises(UnwritableStore, match="reading only"):
            store.put([entry(2)])


def test_a_file_name_of_odd_characters(tmp_path: Path) -> None:
    path = tmp_path / "ein archiv? 100% #1.db"
    with Store.open(path) as store:
        store.put([entry(1)])
    assert path.is_file()
    with Store.open(f"sqlite:///{tmp_path}/other.db") as store:
        assert store.counts().documents == 0
    assert (tmp_path / "other.db").is_file()


def test_a_locked_archive_is_busy_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Store.open(path, patience=0.2) as store:
        store.put([entry(1)])
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyStore, match="another process"):
            store.put([entry(2)])
        assert store.counts().documents == 1
        other.execute("ROLLBACK")
        other.close()
        store.put([entry(2)])
        assert store.counts().documents == 2


def test_a_new_file_that_another_is_writing_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyStore, match="another process"):
        Store.open(path, patience=0.1)
    other.close()
    with Store.open(path) as store:
        assert store.counts().documents == 0


def test_a_writer_of_postgresql_waits_no_longer_than_told(postgresql_archive: str) -> None:
    with Store.open(postgresql_archive) as first, Store.open(postgresql_archive, patience=0.2) as second:
        with first.database.writing(), pytest.raises(BusyStore, match="another process"):
            second.put([entry(2)])
        assert second.known([entry(2).document.id]) == frozenset()


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Store.open(path) as store:
        store.put([entry(1)])
    # A limit on the size of files is the full disk of this process alone.
    script = (
        "import resource, signal, sys\n"
        "from diptych.errors import UnwritableStore\n"
        "from diptych.store import Store\n"
        "from tests.store.readings import entry\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"store = Store.open({str(path)!r})\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n"
        "try:\n"
        "    for start in range(0, 4000, 50):\n"
        "        store.put([entry(number) for number in range(start, start + 50)])\n"
        "except UnwritableStore as error:\n"
        "    print(error)\n"
        "    sys.exit(9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 9, ended.stderr
    assert "what was stored before is whole" in ended.stdout
    with Store.open(path) as store:
        assert store.check().problems == ()
        assert store.counts().documents % 50 <= 1
        store.put([entry(number) for number in range(100)])
        assert store.counts().documents >= 100


def test_a_database_at_its_size_limit_says_the_disk_is_full(tmp_path: Path) -> None:
    with Store.open(tmp_path / "archive.db") as store:
        with store.database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        raw = store.database.engine.raw_connection()
        raw.driver_connection.execute(f"PRAGMA max_page_count = {pages + 4}")  # type: ignore[union-attr]
        raw.close()
        with pytest.raises(UnwritableStore, match="full"):
            store.put([entry(number) for number in range(200)])
        assert store.counts().documents == 0


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write")
def test_a_file_or_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "fixed"
    folder.mkdir()
    path = folder / "archive.db"
    with Store.open(path) as store:
        store.put([entry(1)])
    for one in (tmp_path, *tmp_path.parents):
        if one != Path("/") and one.stat().st_uid == 0 and "pytest" in str(one):
            one.chmod(one.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    nobody = pwd.getpwnam("nobody")
    script = (
        "import os, sys\n"
        "import diptych.store.migrations.versions, alembic.command, sqlalchemy.dialects.sqlite\n"
        "from diptych.errors import StoreError\n"
        "from diptych.store import Search, Store\n"
        "from tests.store.readings import entry\n"
        f"os.setgid({nobody.pw_gid}); os.setuid({nobody.pw_uid})\n"
        f"with Store.open({str(path)!r}, read_only=True) as store:\n"
        "    print(store.counts().documents, len(store.search(Search())))\n"
        f"for place in ({str(path)!r}, {str(folder / 'new.db')!r}):\n"
        "    try:\n"
        "        with Store.open(place) as store:\n"
        "            store.put([entry(2)])\n"
        "    except StoreError as error:\n"
        "        print(type(error).__name__)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.stdout.split() == ["1", "8", "UnwritableStore", "UnwritableStore"], ended.stderr
