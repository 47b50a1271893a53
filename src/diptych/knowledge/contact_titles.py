"""How the title of a publication tells what form a contact had, read from ``data/contact_titles.csv``."""

from __future__ import annotations

import csv
import functools
import io
import re
from dataclasses import dataclass
from importlib import resources
from typing import cast, get_args

from diptych.errors import KnowledgeError
from diptych.records import ContactKind

__all__ = ["TitleForm", "load_title_forms", "parse_title_forms"]

FILE = "contact_titles.csv"
_HEADER = ["kind", "planned", "pattern", "source"]


@dataclass(frozen=True)
class TitleForm:
    """A pattern of titles and the form of contact it tells; ``kind`` None: such a title tells of no contact.

    ``planned``: the title announces the contact.
    """

    kind: ContactKind | None
    planned: bool
    pattern: re.Pattern[str]


def _wrong(file: str, line: int, what: str) -> KnowledgeError:
    return KnowledgeError(f"{file}, line {line}: {what}", "Mend the row; docs/knowledge describes the file")


def parse_title_forms(text: str, file: str = FILE) -> tuple[TitleForm, ...]:
    """Read and check the CSV ``text``; the first form that fits a title decides.

    Raises :class:`~diptych.errors.KnowledgeError` that names file and line for a wrong header or row, an unknown
    kind, or a pattern that cannot be compiled.
    """
    rows = csv.reader(io.StringIO(text))
    if next(rows, None) != _HEADER:
        raise _wrong(file, 1, f"the header must be {','.join(_HEADER)}")
    forms: list[TitleForm] = []
    for row in rows:
        line = rows.line_num
        if len(row) != len(_HEADER) or not row[2].strip() or not row[3].strip():
            raise _wrong(file, line, f"{len(_HEADER)} cells expected, pattern and source filled")
        kind, planned, pattern, _ = row
        if kind != "none" and kind not in get_args(ContactKind):
            raise _wrong(file, line, f"unknown kind {kind!r}")
        if planned not in ("", "yes"):
            raise _wrong(file, line, f"planned is 'yes' or empty, not {planned!r}")
        try:
            compiled = re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            raise _wrong(file, line, f"the pattern cannot be compiled ({error})") from error
        forms.append(TitleForm(None if kind == "none" else cast(ContactKind, kind), planned == "yes", compiled))
    return tuple(forms)


@functools.cache
def load_title_forms() -> tuple[TitleForm, ...]:
    """Return the forms that come with diptych, read and checked once."""
    path = resources.files("diptych.knowledge") / "data" / FILE
    return parse_title_forms(path.read_text(encoding="utf-8"))
