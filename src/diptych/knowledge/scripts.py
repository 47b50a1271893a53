"""Names of states, offices and people in other scripts, read from ``data/names_in_scripts.csv``."""

from __future__ import annotations

import csv
import functools
import io
import re
from dataclasses import dataclass
from importlib import resources
from typing import Literal, cast, get_args

from diptych.errors import KnowledgeError

__all__ = ["ScriptName", "ScriptNames", "load_script_names", "parse_script_names"]

FILE = "names_in_scripts.csv"
Role = Literal["state", "office", "person"]
_HEADER = ["language", "form", "role", "value", "source"]


@dataclass(frozen=True)
class ScriptName:
    """A name and what it stands for: a state's code, an office's English title, or a person's name and country."""

    role: Role
    value: str
    country: str | None = None


@dataclass(frozen=True)
class ScriptNames:
    """The names of one language, found in running text without spaces, the longest first."""

    names: dict[tuple[Role, str], ScriptName]

    @functools.cached_property
    def _patterns(self) -> dict[Role, re.Pattern[str]]:
        forms: dict[Role, list[str]] = {role: [] for role in cast("tuple[Role, ...]", get_args(Role))}
        for role, form in self.names:
            forms[role].append(form)
        return {
            role: re.compile("|".join(re.escape(form) for form in sorted(found, key=len, reverse=True)) or r"(?!)")
            for role, found in forms.items()
        }

    def at(self, role: Role, text: str, start: int) -> tuple[ScriptName, int] | None:
        """The longest name of the role that begins at ``start``, and where it ends."""
        found = self._patterns[role].match(text, start)
        return (self.names[role, found.group()], found.end()) if found else None

    def first(self, role: Role, text: str, start: int = 0) -> tuple[ScriptName, int, int] | None:
        """The first name of the role from ``start`` on, with its first character and its end."""
        found = self._patterns[role].search(text, start)
        return (self.names[role, found.group()], found.start(), found.end()) if found else None


def _wrong(file: str, line: int, what: str) -> KnowledgeError:
    return KnowledgeError(f"{file}, line {line}: {what}", "Mend the row; docs/knowledge describes the file")


def parse_script_names(text: str, file: str = FILE) -> dict[str, ScriptNames]:
    """Read and check the CSV ``text``; return the names by language.

    Raises :class:`~diptych.errors.KnowledgeError` that names file and line for a wrong header or row, an unknown
    role, a person without a country, or a form that a language has twice in one role.
    """
    rows = csv.reader(io.StringIO(text))
    if next(rows, None) != _HEADER:
        raise _wrong(file, 1, f"the header must be {','.join(_HEADER)}")
    languages: dict[str, dict[tuple[Role, str], ScriptName]] = {}
    for row in rows:
        line = rows.line_num
        if len(row) != len(_HEADER) or not all(cell.strip() for cell in row):
            raise _wrong(file, line, f"{len(_HEADER)} filled cells expected")
        language, form, role, value, _ = row
        if role not in get_args(Role):
            raise _wrong(file, line, f"unknown role {role!r}")
        name, _, country = value.partition("|")
        if role == "person" and not country:
            raise _wrong(file, line, f"a person is written as name|country, not {value!r}")
        key = (cast(Role, role), form)
        if key in languages.setdefault(language, {}):
            raise _wrong(file, line, f"{form!r} stands twice")
        languages[language][key] = ScriptName(key[0], name, country or None)
    return {language: ScriptNames(names) for language, names in languages.items()}


@functools.cache
def load_script_names() -> dict[str, ScriptNames]:
    """Return the names that come with diptych, read and checked once."""
    path = resources.files("diptych.knowledge") / "data" / FILE
    return parse_script_names(path.read_text(encoding="utf-8"))
