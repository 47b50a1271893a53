"""Which version an archive has: making the tables of a new one, telling older and newer ones, upgrading."""

from __future__ import annotations

import sqlalchemy as sa

from diptych.errors import DamagedStore, NewerStore, StoreError
from diptych.store.database import APPLICATION_ID, Database, told

__all__ = ["REVISIONS", "ensure", "migrate", "revision"]

#: Every version of the tables, oldest first; the last is what this code reads and writes.
REVISIONS: tuple[str, ...] = ("0001",)


def revision(connection: sa.Connection) -> str | None:
    """The version of an archive, None where the database is empty.

    Raises :class:`DamagedStore` where it holds something else, or tables without a version.
    """
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    found = None
    if "alembic_version" in tables:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is None or "documents" not in tables:
        raise DamagedStore(
            "The database holds tables, but not those of an archive", "Give another file, or an empty database"
        )
    return str(found)


def ensure(database: Database) -> None:
    """See that the archive is of this code's version; make the tables of an empty one.

    Raises :class:`NewerStore`, and :class:`StoreError` where ``diptych db upgrade`` is needed: upgrading shuts out
    colleagues with an older diptych, so it is not done in passing.
    """
    with database.reading() as connection:
        found = revision(connection)
    if found is None:
        if database.read_only:
            raise StoreError(f"{database.name} is empty", "Add documents to it first: `diptych add`")
        migrate(database)
        return
    if found == REVISIONS[-1]:
        return
    if found not in REVISIONS:
        raise NewerStore(
            f"{database.name} was written by a later version of diptych (its tables are {found}, "
            f"known here are those up to {REVISIONS[-1]})",
            "Update diptych",
        )
    raise StoreError(
        f"{database.name} was written by an earlier version of diptych (its tables are {found}, not {REVISIONS[-1]})",
        "Run `diptych db upgrade`, which makes a backup first",
    )


def migrate(database: Database) -> str | None:
    """Bring the tables to this code's version in one transaction; return the version from before."""
    if database.sqlite:
        with told(database.name), database.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            raw.execute("PRAGMA journal_mode = WAL")
    with database.writing() as connection:
        found = revision(connection)
        if found != REVISIONS[-1]:
            _upgrade(connection)
        return found


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "diptych.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
