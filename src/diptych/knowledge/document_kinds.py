"""How titles and openings tell what kind of paper a document is, read from ``data/document_kinds.csv``."""

from __future__ import annotations

import csv
import functools
import io
import re
from dataclasses import dataclass
from importlib import resources
from typing import Literal, cast, get_args

from diptych.errors import KnowledgeError
from diptych.records import DocumentKind

__all__ = ["KindRule", "load_kind_rules", "parse_kind_rules"]

FILE = "document_kinds.csv"
Place = Literal["title", "official_title", "body"]
_HEADER = ["kind", "place", "pattern", "source"]


@dataclass(frozen=True)
class KindRule:
    """A pattern and where it must be found: in a title, in the title of a government's paper, in the opening."""

    kind: DocumentKind
    place: Place
    pattern: re.Pattern[str]


def _wrong(file: str, line: int, what: str) -> KnowledgeError:
    return KnowledgeError(f"{file}, line {line}: {what}", "Mend the row; docs/knowledge describes the file")


def parse_kind_rules(text: str, file: str = FILE) -> tuple[KindRule, ...]:
    """Read and check the CSV ``text``; the first rule that fits decides.

    Raises :class:`~diptych.errors.KnowledgeError` that names file and line for a wrong header or row, an unknown
    kind or place, or a pattern that cannot be compiled.
    """
    rows = csv.reader(io.StringIO(text))
    if next(rows, None) != _HEADER:
        raise _wrong(file, 1, f"the header must be {','.join(_HEADER)}")
    rules: list[KindRule] = []
    for row in rows:
        line = rows.line_num
        if len(row) != len(_HEADER) or not all(cell.strip() for cell in row):
            raise _wrong(file, line, f"{len(_HEADER)} filled cells expected")
        kind, place, pattern, _ = row
        if kind not in get_args(DocumentKind):
            raise _wrong(file, line, f"unknown kind {kind!r}")
        if place not in get_args(Place):
            raise _wrong(file, line, f"unknown place {place!r}")
        try:
            compiled = re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            raise _wrong(file, line, f"the pattern cannot be compiled ({error})") from error
        rules.append(KindRule(cast(DocumentKind, kind), cast(Place, place), compiled))
    return tuple(rules)


@functools.cache
def load_kind_rules() -> tuple[KindRule, ...]:
    """Return the rules that come with diptych, read and checked once."""
    path = resources.files("diptych.knowledge") / "data" / FILE
    return parse_kind_rules(path.read_text(encoding="utf-8"))
