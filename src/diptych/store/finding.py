"""Search over statements and documents."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from diptych.store import rows
from diptych.store import tables as t
from diptych.store.database import Database
from diptych.store.fulltext import fold
from diptych.store.items import Hit, Search
from diptych.store.query import Highlighter, Query, passage

__all__ = ["Finding", "of_statements", "statement_hits"]

#: Numbers that go into one question; a backend takes some ten thousands at most.
_AT_ONCE = 5000
_DOCUMENT = ("uri", "title", "publisher", "country", "published")


class Finding:
    """The part of the store that finds statements and documents."""

    database: Database

    def search(self, search: Search) -> list[Hit]:
        """What fits a search, the best match first, else the latest; nothing that is typed is an error."""
        search = _writable(search)
        query = Query.of(search.query)
        if query.asked and not query.phrases:
            return []
        with self.database.reading() as connection:
            if search.kind == "documents":
                return _documents(connection, search, query)
            return _statements(connection, search, query)


def _writable(search: Search) -> Search:
    """The search with nothing in it that a backend cannot take: half characters, and the character zero."""
    texts = {name: value for name, value in vars(search).items() if isinstance(value, str)}
    clean: dict[str, Any] = {
        name: text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ") for name, text in texts.items()
    }
    return dataclasses.replace(search, **clean)


def _statements(connection: sa.Connection, search: Search, query: Query) -> list[Hit]:
    where = of_statements(connection, search, bool(query.phrases))
    if where is None:
        return []
    return statement_hits(connection, _best(connection, t.statements, query, where, search.limit), query)


def statement_hits(connection: sa.Connection, scores: dict[int, float], query: Query) -> list[Hit]:
    """The statements of these numbers as hits, in this order."""
    s, d = t.statements.c, t.documents.c
    shown = [s.id, s.document, s.quote, s.start, s.end, s.source, s.source_entity, s.holder, s.act, s.cue, s.topics]
    wanted = sa.select(s.number, *shown, *(d[name] for name in _DOCUMENT)).join(t.documents, d.id == s.document)
    results = _in_order(connection, wanted, s.number, scores)
    light = Highlighter(query, [row["quote"] for row in results])
    return [
        Hit(
            id=row["id"],
            document=row["document"],
            quote=row["quote"],
            start=row["start"],
            end=row["end"],
            spans=light.spans(row["quote"]),
            score=scores[row["number"]],
            uri=row["uri"],
            title=row["title"],
            publisher=row["publisher"],
            country=row["country"],
            published=rows.day(row["published"]),
            source=row["source_entity"] or row["source"],
            holder=rows.strings(row["holder"]),
            act=row["act"],
            cue=row["cue"],
            topics=rows.strings(row["topics"]),
        )
        for row in results
    ]


def _documents(connection: sa.Connection, search: Search, query: Query) -> list[Hit]:
    d = t.documents.c
    where: list[Any] = []
    if search.side is not None:
        where.append(d.country == search.side)
    if search.since is not None:
        where.append(d.published >= search.since.isoformat())
    if search.until is not None:
        where.append(d.published <= search.until.isoformat())
    if search.source or search.holder or search.act or search.topic or search.counterpart:
        told = of_statements(connection, search, by_words=False)
        if told is None:
            return []
        # Found once, before the documents: PostgreSQL would else begin anew for each.
        telling = sa.select(t.statements.c.document).where(*told).distinct().cte("telling")
        where.append(d.id.in_(sa.select(telling.prefix_with("MATERIALIZED", dialect="postgresql").c.document)))
    scores = _best(connection, t.documents, query, where, search.limit)
    wanted = sa.select(d.number, d.id, d.text, *(d[name] for name in _DOCUMENT))
    results = _in_order(connection, wanted, d.number, scores)
    light = Highlighter(query, [row["text"] for row in results])
    hits = []
    for row in results:
        spans = light.spans(row["text"])
        start, end = passage(row["text"], spans)
        hits.append(
            Hit(
                id=row["id"],
                document=row["id"],
                quote=row["text"][start:end],
                start=start,
                end=end,
                spans=tuple((a - start, b - start) for a, b in spans if start <= a and b <= end),
                score=scores[row["number"]],
                uri=row["uri"],
                title=row["title"],
                publisher=row["publisher"],
                country=row["country"],
                published=rows.day(row["published"]),
            )
        )
    return hits


def _best(
    connection: sa.Connection, table: sa.Table, query: Query, where: Sequence[Any], limit: int
) -> dict[int, float]:
    """The numbers of the rows that fit best, with their scores, in order.

    By score where words were asked for, then the latest first, those without a day last.
    """
    found, score = _matching(connection, table, query)
    latest = (table.c.published.desc().nulls_last(), table.c.id.desc())
    order = (sa.desc("score"), *latest) if query.phrases else latest
    picked = sa.select(table.c.number, score).select_from(found).where(*where).order_by(*order).limit(max(0, limit))
    return {number: float(score) for number, score in connection.execute(picked)}


def _in_order(
    connection: sa.Connection, wanted: sa.Select[Any], number: sa.Column[Any], scores: dict[int, float]
) -> list[Any]:
    """The rows of :func:`_best`, whole; a second question, so that the planner cannot begin with them."""
    best = list(scores)
    rows_of: dict[int, Any] = {}
    for start in range(0, len(best), _AT_ONCE):
        some = wanted.where(number.in_(best[start : start + _AT_ONCE]))
        rows_of.update((row["number"], row) for row in connection.execute(some).mappings())
    return [rows_of[one] for one in best]


def _matching(connection: sa.Connection, table: sa.Table, query: Query) -> tuple[Any, Any]:
    """The rows of a table that hold the query's words, and how well; all of them where no words are asked for."""
    if not query.phrases:
        return table, sa.literal(0.0).label("score")
    if connection.dialect.name == "sqlite":
        index = sa.table(f"{table.name}_fts", sa.column("rowid"))
        weights = "" if table is t.statements else ", 5.0, 1.0"
        score = sa.literal_column(f"-bm25({index.name}{weights})", sa.Float).label("score")
        matches = sa.literal_column(index.name).op("MATCH")(sa.bindparam("words", query.match))
        # The plus keeps SQLite from asking the index for one row after the other.
        row: Any = sa.literal_column(f"+{index.name}.rowid")
        return index.join(table, (table.c.number == row) & matches), score
    asked: list[Any] = [
        sa.func.phraseto_tsquery(
            sa.literal_column("'diptych_words'::regconfig"), sa.bindparam(f"words{n}", " ".join(phrase))
        )
        for n, phrase in enumerate(query.phrases)
    ]
    while len(asked) > 1:  # by twos: one after the other, a pasted page would be nested too deep
        asked = [one.op("&&")(asked[n + 1]) if n + 1 < len(asked) else one for n, one in list(enumerate(asked))[::2]]
    words: Any = sa.literal_column(f"{table.name}.words")
    question = sa.select(asked[0].label("query")).subquery("asked")
    score = sa.func.ts_rank(words, question.c.query, 1).label("score")
    return table.join(question, words.op("@@")(question.c.query)), score


def of_statements(connection: sa.Connection, search: Search, by_words: bool) -> list[Any] | None:
    """The filters as conditions on statements; None where a name is asked for that nobody has."""
    s = t.statements.c
    where: list[Any] = []
    if search.source:
        named: Sequence[str] = _named(connection, search.source)
        where.append(s.source_entity.in_(named) | (s.source_entity.is_(None) & s.source.in_(named)))
        if not named:
            return None
    if search.holder:
        named = _named(connection, search.holder)
        if not named:
            return None
        where.append(_among(t.statement_holders, t.statement_holders.c.holder.in_(named), by_words=False))
    if search.topic:
        where.append(_among(t.statement_topics, t.statement_topics.c.topic == search.topic, by_words))
    if search.counterpart:
        states = t.statement_counterparts
        where.append(_among(states, states.c.country == search.counterpart, by_words))
    if search.act:
        where.append(s.act == search.act)
    if search.side:
        where.append(s.side == search.side)
    if search.since:
        where.append(s.published >= search.since.isoformat())
    if search.until:
        where.append(s.published <= search.until.isoformat())
    return where


def _among(table: sa.Table, condition: Any, by_words: bool) -> Any:
    """That a statement has such a row: looked up one by one where words pick few statements, else all at once.

    Many values are better looked up at once in any case.
    """
    if by_words:
        return sa.exists().where(table.c.statement == t.statements.c.number, condition)
    fitting = sa.select(table.c.statement).where(condition).cte(f"by_{table.name}")
    return t.statements.c.number.in_(sa.select(fitting.prefix_with("MATERIALIZED", dialect="postgresql").c.statement))


def _named(connection: sa.Connection, asked: str) -> Sequence[str]:
    """All names in which the words asked for stand."""
    words = fold(asked).split()
    n = t.names.c
    telling = sorted(set(words), key=len)[-8:]  # few will do: all of them are looked for below
    query = sa.select(n.name, n.folded).where(*(n.folded.contains(word, autoescape=True) for word in telling))
    return [name for name, folded in connection.execute(query) if words and _has(folded, words)]


def _has(folded: str, words: Sequence[str]) -> bool:
    padded = f" {folded.replace(',', ' ').replace('’', ' ')} "
    return all(f" {word} " in padded for word in words)
