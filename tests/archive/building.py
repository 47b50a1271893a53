"""An archive filled without worker processes."""

from __future__ import annotations

import datetime as dt

from diptych.archive.work import ReadDocument, read_documents
from diptych.clean import from_record
from diptych.pipeline import Engine
from diptych.store import Entry, Location, Store

FETCHED = dt.datetime(2031, 2, 1, 12, tzinfo=dt.UTC)


def put(store: Store, engine: Engine, rows: list[dict[str, str]], fetched: dt.datetime = FETCHED) -> None:
    """Put rows into an archive as ``add`` does, without worker processes."""
    found = tuple(from_record(row) for row in rows)
    outcomes = [one for one in read_documents(engine, found) if isinstance(one, ReadDocument)]
    store.put(
        [
            Entry(
                document=one.document,
                location=Location(uri=one.document.uri, document=one.document.id, fetched_at=fetched),
                reading=one.reading,
                tellings=one.tellings,
                signature=one.signature,
            )
            for one in outcomes
        ]
    )
