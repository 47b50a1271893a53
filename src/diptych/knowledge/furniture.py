"""What stands around an account on a page: phrases and forms of lines, read from ``data/furniture.yaml``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any

import yaml

from diptych.errors import KnowledgeError

__all__ = ["Furniture", "furniture_key", "load_furniture", "parse_furniture"]

FILE = "furniture.yaml"
_REMEDY = "Mend the row; docs/knowledge describes the file"
# A full stop or a dash at the end is not cut off: "Next." and "More —" are words of a speaker.
_EDGE = re.compile(r"^[\s|›»«‹•·▶▲▼■□◆*#–—:.\-_~\[\](){}<>]+|[\s|›»«‹•·▶▲▼■□◆*#:_~\[\](){}<>]+$")
_SPACE = re.compile(r"\s+")


def furniture_key(line: str) -> str:
    """Return the form in which lines and phrases are compared: case folded, single spaces, no marks around it."""
    folded = _SPACE.sub(" ", line.replace("’", "'").casefold()).strip()
    return _EDGE.sub("", folded) or folded


@dataclass(frozen=True)
class Furniture:
    """Phrases and forms of page furniture; each field is a section of ``furniture.yaml``, described there."""

    lines: frozenset[str]
    starts: tuple[str, ...]
    inside: tuple[str, ...]
    patterns: re.Pattern[str]
    openers: frozenset[str]
    closers: tuple[str, ...]
    labels: frozenset[str]
    attribution: tuple[re.Pattern[str], ...]
    ends: frozenset[str]
    agencies: frozenset[str]
    credit_words: frozenset[str]
    asides: tuple[str, ...]
    languages: frozenset[str]
    sections: frozenset[str]
    invocations: frozenset[str]
    summaries: frozenset[str]


_PATTERNS = {"patterns", "attribution"}
_PREFIXES = {"starts", "inside", "closers", "asides"}
_VERBATIM = {"agencies", "ends", "credit_words"}


def _wrong(file: str, line: int, what: str) -> KnowledgeError:
    return KnowledgeError(f"{file}, line {line}: {what}", _REMEDY)


def _section(name: str, node: yaml.Node, file: str) -> Any:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _wrong(file, node.start_mark.line + 1, f"section {name!r} must be a list with at least one entry")
    entries: list[str] = []
    compiled: list[re.Pattern[str]] = []
    for item in node.value:
        line = item.start_mark.line + 1
        if not isinstance(item, yaml.ScalarNode) or not item.value.strip():
            raise _wrong(file, line, f"an entry of {name!r} must be a phrase")
        if name in _PATTERNS:
            try:
                compiled.append(re.compile(item.value, re.IGNORECASE))
            except re.error as error:
                raise _wrong(file, line, f"the pattern cannot be compiled ({error})") from error
            continue
        if name in _VERBATIM:
            entries.append(item.value if name == "agencies" else item.value.casefold())
        elif name in _PREFIXES:
            entries.append(item.value.casefold())
        else:
            entries.append(furniture_key(item.value))
        if entries[-1] in entries[:-1]:
            raise _wrong(file, line, f"{item.value!r} stands twice in {name!r}")
    if name == "patterns":
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in compiled), re.IGNORECASE)
    if name in _PATTERNS:
        return tuple(compiled)
    return tuple(entries) if name in _PREFIXES else frozenset(entries)


def parse_furniture(text: str, file: str = FILE) -> Furniture:
    """Read and check the YAML ``text``; ``file`` is the name used in messages.

    Raises :class:`~diptych.errors.KnowledgeError` that names file and line when a section is missing or unknown,
    an entry is no phrase, stands twice, or is a pattern that cannot be compiled.
    """
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _wrong(file, line, f"not YAML ({error.problem})") from error
    if not isinstance(root, yaml.MappingNode):
        raise _wrong(file, 1, "the file must be a mapping of sections")
    known = {field.name for field in fields(Furniture)}
    sections: dict[str, Any] = {}
    for key, node in root.value:
        if key.value not in known:
            raise _wrong(file, key.start_mark.line + 1, f"unknown section {key.value!r}")
        if key.value in sections:
            raise _wrong(file, key.start_mark.line + 1, f"section {key.value!r} stands twice")
        sections[key.value] = _section(key.value, node, file)
    missing = sorted(known - sections.keys())
    if missing:
        raise _wrong(file, 1, f"section {missing[0]!r} is missing")
    return Furniture(**sections)


@functools.cache
def load_furniture() -> Furniture:
    """Return the furniture that comes with diptych, read and checked once."""
    path = resources.files("diptych.knowledge") / "data" / FILE
    return parse_furniture(path.read_text(encoding="utf-8"))
