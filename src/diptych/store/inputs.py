"""What could not be taken, and the feeds that are followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from diptych.store import rows
from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.items import Feed, Refusal

__all__ = ["Inputs"]

_AT_ONCE = 500
#: Before a feed's address, the note of when it was polled first.
_SINCE = "watched since "


class Inputs:
    """The part of the store that holds refusals and feeds."""

    database: Database

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Note inputs that were not taken; one refused before counts one try more, and its last reason is kept."""
        if not refusals:
            return
        values = [
            {
                "uri": one.uri,
                "source": one.source,
                "reason": one.reason,
                "remedy": one.remedy,
                "first_tried_at": rows.moment_text(one.first_tried_at or one.tried_at),
                "tried_at": rows.moment_text(one.tried_at),
                "tries": one.tries,
            }
            for one in sorted(refusals, key=lambda one: one.uri)
        ]
        insert = self.database.insert(t.refused)
        changed = {name: insert.excluded[name] for name in ("source", "reason", "remedy", "tried_at")}
        changed["tries"] = t.refused.c.tries + insert.excluded.tries
        with self.database.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["uri"], set_=changed), values)

    def refused(self) -> list[Refusal]:
        """All inputs that were not taken, by source and address."""
        query = sa.select(t.refused).order_by(t.refused.c.source, t.refused.c.uri)
        with self.database.reading() as connection:
            return [msgspec.convert(_named(row), Refusal) for row in connection.execute(query).mappings()]

    def admit(self, uris: Collection[str]) -> None:
        """Strike these addresses off the list of refusals: they were taken now."""
        wanted = sorted(set(uris))
        if not wanted:
            return
        with self.database.writing() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                connection.execute(sa.delete(t.refused).where(t.refused.c.uri.in_(some)))

    def put_feed(self, feed: Feed) -> None:
        """Keep where polling of a feed stands, and when that was first done."""
        row = {
            "uri": feed.uri,
            "etag": feed.etag,
            "last_modified": feed.last_modified,
            "last_polled": rows.moment_text(feed.last_polled),
            "next_due": rows.moment_text(feed.next_due),
            "failures": feed.failures,
            "message": feed.message,
        }
        rest = {name: value for name, value in row.items() if name != "uri"}
        with self.database.writing() as connection:
            insert = self.database.insert(t.feeds).values(row)
            connection.execute(insert.on_conflict_do_update(index_elements=["uri"], set_=rest))
            if row["last_polled"] is not None:
                since = {"name": _SINCE + feed.uri, "value": row["last_polled"]}
                self.database.insert_new(connection, t.notes, [since])

    def watched_since(self, uri: str) -> dt.datetime | None:
        """When this feed was polled first; None where it was not."""
        with self.database.reading() as connection:
            told = connection.scalar(sa.select(t.notes.c.value).where(t.notes.c.name == _SINCE + uri))
        return None if told is None else dt.datetime.fromisoformat(told)

    def feed(self, uri: str) -> Feed | None:
        """Where polling of this feed stands; None where it was never polled."""
        with self.database.reading() as connection:
            row = connection.execute(sa.select(t.feeds).where(t.feeds.c.uri == uri)).mappings().first()
        return None if row is None else msgspec.convert(_named(row), Feed)

    def feeds(self) -> list[Feed]:
        """All feeds that are followed, by address."""
        with self.database.reading() as connection:
            query = sa.select(t.feeds).order_by(t.feeds.c.uri)
            return [msgspec.convert(_named(row), Feed) for row in connection.execute(query).mappings()]

    def forget_feed(self, uri: str) -> None:
        """Follow a feed no longer."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(t.feeds).where(t.feeds.c.uri == uri))
            connection.execute(sa.delete(t.notes).where(t.notes.c.name == _SINCE + uri))


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row under plain names; SQLAlchemy's are a kind of str that msgspec does not take for one."""
    return {str(name): value for name, value in row.items()}
