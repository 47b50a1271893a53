"""Vectors of statements, for search by meaning; who encodes and compares them stands above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.finding import of_statements, statement_hits
from diptych.store.items import Hit, Search
from diptych.store.query import Query

__all__ = ["Meaning"]

_BLOCK = 4096


class Meaning:
    """The part of the store that holds vectors of statements, by the statement's row number."""

    database: Database

    def count_without_vectors(self, model: str) -> int:
        """How many statements have no vector of this model."""
        with self.database.reading() as connection:
            query = sa.select(sa.func.count()).select_from(t.statements).where(_without(model))
            return int(connection.scalar(query) or 0)

    def without_vectors(self, model: str, limit: int) -> list[tuple[int, str]]:
        """Numbers and quotes of the first statements that have no vector of this model."""
        s = t.statements.c
        query = sa.select(s.number, s.quote).where(_without(model)).order_by(s.number).limit(limit)
        with self.database.reading() as connection:
            return [(number, quote) for number, quote in connection.execute(query)]

    def put_vectors(self, model: str, vectors: Sequence[tuple[int, bytes]]) -> None:
        """Keep the vectors of these statements (half precision); those of another model are replaced."""
        if not vectors:
            return
        insert = self.database.insert(t.vectors)
        changed = {name: insert.excluded[name] for name in ("model", "vector")}
        values = [{"statement": number, "model": model, "vector": vector} for number, vector in vectors]
        with self.database.writing() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["statement"], set_=changed), values)

    def vectors(self, model: str, search: Search) -> Iterator[tuple[list[int], bytes]]:
        """The vectors of the statements that pass the search's filters (not its words), some thousand at once.

        Yields the statements' numbers and their vectors one after the other.
        """
        v = t.vectors.c
        query = sa.select(v.statement, v.vector).where(v.model == model).order_by(v.statement)
        with self.database.reading() as connection:
            where = of_statements(connection, search, by_words=False)
            if where is None:
                return
            if where:
                query = query.where(v.statement.in_(sa.select(t.statements.c.number).where(*where)))
            result = connection.execution_options(yield_per=_BLOCK).execute(query)
            for block in result.partitions(_BLOCK):
                yield [row.statement for row in block], b"".join(row.vector for row in block)

    def statement_hits(self, scored: Sequence[tuple[int, float]]) -> list[Hit]:
        """The statements of these numbers as hits with these scores, in this order."""
        with self.database.reading() as connection:
            return statement_hits(connection, dict(scored), Query.of(""))


def _without(model: str) -> sa.ColumnElement[bool]:
    v = t.vectors.c
    return ~sa.exists().where(v.statement == t.statements.c.number, v.model == model)
