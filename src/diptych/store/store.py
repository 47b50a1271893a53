"""The archive's one store."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from diptych.store.checking import Checked, check
from diptych.store.contacts import Contacts
from diptych.store.database import Database, connect
from diptych.store.documents import Documents
from diptych.store.finding import Finding
from diptych.store.inputs import Inputs
from diptych.store.meaning import Meaning
from diptych.store.people import People
from diptych.store.schema import ensure

__all__ = ["Store"]


class Store(Documents, Contacts, Finding, Meaning, People, Inputs):
    """An archive in a SQLite file or a PostgreSQL database; a context manager.

    Every method is one transaction. Methods that yield hold one for reading as long as they are iterated: they see
    one state of the archive throughout, and do not keep others from writing.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True, read_only: bool = False, patience: float = 30.0) -> Store:
        """Open an archive: a path or ``sqlite:///FILE`` is a SQLite file, ``postgresql://…`` a database.

        An empty one gets its tables. ``patience`` is how many seconds to wait for another writer. Raises
        :class:`~diptych.errors.NotFound`, :class:`~diptych.errors.NewerStore`,
        :class:`~diptych.errors.DamagedStore`, :class:`~diptych.errors.BusyStore`,
        :class:`~diptych.errors.UnwritableStore` and :class:`~diptych.errors.StoreError`.
        """
        database = connect(where, create=create, read_only=read_only, patience=patience)
        try:
            ensure(database)
        except BaseException:
            database.engine.dispose()
            raise
        return cls(database)

    @property
    def name(self) -> str:
        """The file or address of the archive, without a password."""
        return self.database.name

    def check(self) -> Checked:
        """Look through the whole archive: structure, quotes, ids. Raises the StoreError tree where it is unreadable."""
        return check(self.database)

    def close(self) -> None:
        """Close all connections."""
        self.database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
