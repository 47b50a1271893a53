"""The archive's store: one :class:`Store` over SQLite or PostgreSQL."""

from diptych.store.checking import Checked
from diptych.store.items import (
    Added,
    Counts,
    Entry,
    Feed,
    Hit,
    KnownOffice,
    KnownPerson,
    Location,
    Refusal,
    Search,
    Version,
)
from diptych.store.maintenance import backup, restore, upgrade
from diptych.store.store import Store

__all__ = [
    "Added",
    "Checked",
    "Counts",
    "Entry",
    "Feed",
    "Hit",
    "KnownOffice",
    "KnownPerson",
    "Location",
    "Refusal",
    "Search",
    "Store",
    "Version",
    "backup",
    "restore",
    "upgrade",
]
