"""How reporting verbs take their content: which complement carries what is told.

``data/valency.csv`` has one verb a row. ``kind`` says what sort of attribution the verb makes: ``speech``,
``manner`` (carries speech only beside a quotation: "smiled"), ``evidence`` (a poll shows), ``thought``, ``intent``,
``stance`` (holds a position without words: "backed") and ``act`` (does something by words: "decided").
``frames``: ``c`` a clause, ``q`` a quotation, ``n`` an object, ``t`` an infinitive, ``o`` an addressee before
either, ``p=on`` a preposition.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from diptych.errors import KnowledgeError
from diptych.knowledge.tables import require_rows
from diptych.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

AttributionKind = Literal["speech", "manner", "evidence", "thought", "intent", "stance", "act"]

COLUMNS = ("lemma", "kind", "frames", "source", "date")
FILE = "valency.csv"
_FRAMES = frozenset("cqnto")


class Valency(Record, frozen=True, kw_only=True):
    """One verb, the kind of attribution it makes and the complements that carry its content."""

    lemma: str
    kind: AttributionKind
    clause: bool
    quotation: bool
    object: bool
    infinitive: bool
    addressee: bool
    prepositions: frozenset[str]


def parse_valency(text: str) -> Mapping[str, Valency]:
    """Read the table; raise :class:`KnowledgeError` naming the file and the line of a wrong row."""
    reader = csv.reader(io.StringIO(text))
    if tuple(next(reader, ())) != COLUMNS:
        raise _row_error(1, f"the columns must be {', '.join(COLUMNS)}")
    table: dict[str, Valency] = {}
    for row in reader:
        line = reader.line_num
        if len(row) != len(COLUMNS):
            raise _row_error(line, f"{len(row)} fields where {len(COLUMNS)} are needed")
        lemma, kind, frames, source, date = (cell.strip() for cell in row)
        if kind not in get_args(AttributionKind):
            raise _row_error(line, f"{kind!r} is no kind of attribution")
        if not lemma or lemma in table:
            raise _row_error(line, f"{lemma!r} is empty or stands there twice")
        if not source or not date:
            raise _row_error(line, "source and date must be given")
        parts = frames.split()
        plain = {part for part in parts if not part.startswith("p=")}
        if not parts or plain - _FRAMES:
            raise _row_error(line, f"{frames!r} are no frames")
        table[lemma] = Valency(
            lemma=lemma,
            kind=kind,  # type: ignore[arg-type]  # checked above
            clause="c" in plain,
            quotation="q" in plain,
            object="n" in plain,
            infinitive="t" in plain,
            addressee="o" in plain,
            prepositions=frozenset(part[2:] for part in parts if part.startswith("p=")),
        )
    return MappingProxyType(table)


def _row_error(line: int, what: str, file: str = FILE) -> KnowledgeError:
    return KnowledgeError(f"{file}, line {line}: {what}", "Correct that row of the table")


@lru_cache(maxsize=1)
def load_valency() -> Mapping[str, Valency]:
    """Load ``data/valency.csv``; raise :class:`KnowledgeError` naming the file and the line of a wrong row."""
    table = parse_valency((files("diptych.knowledge") / "data" / FILE).read_text("utf-8"))
    require_rows(FILE, len(table))
    return table


SpeakerKind = Literal["person", "institution", "document"]
SPEAKERS_FILE = "speakers.csv"
SPEAKERS_COLUMNS = ("noun", "kind", "source", "date")


def parse_speakers(text: str) -> Mapping[str, SpeakerKind]:
    """Read the table of nouns that can be the source of a statement; raise :class:`KnowledgeError` on a wrong row."""
    reader = csv.reader(io.StringIO(text))
    if tuple(next(reader, ())) != SPEAKERS_COLUMNS:
        raise _row_error(1, f"the columns must be {', '.join(SPEAKERS_COLUMNS)}", SPEAKERS_FILE)
    table: dict[str, SpeakerKind] = {}
    for row in reader:
        if len(row) != len(SPEAKERS_COLUMNS) or row[1] not in get_args(SpeakerKind) or row[0] in table:
            raise _row_error(reader.line_num, "noun (once), kind, source and date are needed", SPEAKERS_FILE)
        table[row[0]] = row[1]  # type: ignore[assignment]  # checked above
    return MappingProxyType(table)


@lru_cache(maxsize=1)
def load_speakers() -> Mapping[str, SpeakerKind]:
    """Load ``data/speakers.csv``: nouns that name persons, institutions or documents."""
    table = parse_speakers((files("diptych.knowledge") / "data" / SPEAKERS_FILE).read_text("utf-8"))
    require_rows(SPEAKERS_FILE, len(table))
    return table
