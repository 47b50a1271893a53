"""Fixtures shared by all tests: loaded once, because models and knowledge are immutable."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge
    from diptych.store import Store

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The annotated real texts beside the checkout; tests that need them are skipped where they are absent."""
    path = Path(os.environ.get("DIPTYCH_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        pytest.skip(f"annotated real texts are not at {path} (set DIPTYCH_SHARED to use them)")
    return path


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    from diptych.knowledge import load

    return load()


@pytest.fixture(scope="session")
def nlp() -> Language:
    from diptych.models.parser import load_parser

    return load_parser()


@pytest.fixture(scope="session")
def encoder() -> Callable[..., object]:
    from diptych.models.encoder import load_encoder

    return load_encoder()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server's address: the one that DIPTYCH_TEST_POSTGRESQL names, else one started for these tests."""
    named = os.environ.get("DIPTYCH_TEST_POSTGRESQL")
    if named:
        yield named
        return
    from tests.postgresql import programs, server

    bin = programs()
    if bin is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql), nor named in DIPTYCH_TEST_POSTGRESQL")
    with server(bin) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty archive: in turn a SQLite file and a PostgreSQL database."""
    if request.param == "sqlite":
        yield str(tmp_path / "archive.db")
        return
    yield from _new_database(request.getfixturevalue("postgresql"))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An open, empty archive: in turn in a SQLite file and in a PostgreSQL database, which is emptied for each test."""
    from diptych.store import Store
    from diptych.store.tables import metadata

    sqlite = request.param == "sqlite"
    with Store.open(tmp_path / "archive.db" if sqlite else request.getfixturevalue("postgresql_archive")) as opened:
        if not sqlite:
            with opened.database.writing() as connection:
                for table in reversed(metadata.sorted_tables):
                    connection.execute(table.delete())
        yield opened


@pytest.fixture(scope="session")
def postgresql_archive(postgresql: str) -> Iterator[str]:
    """The address of a database that all tests of a run use in turn."""
    yield from _new_database(postgresql)


@pytest.fixture
def postgresql_of_a_language(postgresql: str) -> Iterator[str]:
    """The address of a new database that sorts as English does, looking past punctuation, as those of teams may."""
    yield from _new_database(postgresql, "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")


_numbers = itertools.count(1)


def _new_database(server: str, how: str = "") -> Iterator[str]:
    import sqlalchemy as sa

    name = f"diptych_test_{os.getpid()}_{next(_numbers)}"
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} {how}")
    try:
        yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        engine.dispose()
