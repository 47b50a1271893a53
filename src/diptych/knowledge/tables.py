"""Reading tables of knowledge: every cell is checked, and a wrong one is named by file and line."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from diptych.errors import KnowledgeError

DATA = Path(__file__).resolve().parent / "data"


def wrong(file: str, line: int, what: str) -> NoReturn:
    """Raise a :class:`KnowledgeError` that names the file and the line."""
    raise KnowledgeError(f"{file}, line {line}: {what}", "Correct that row of the knowledge tables")


class Row:
    """One row of a table, which knows where it stands."""

    __slots__ = ("_cells", "_places", "file", "line")

    def __init__(self, file: str, line: int, places: dict[str, int], cells: list[str]) -> None:
        self.file = file
        self.line = line
        self._places = places
        self._cells = cells

    def get(self, column: str) -> str:
        """The cell, which may be empty."""
        return self._cells[self._places[column]].strip()

    def need(self, column: str) -> str:
        """The cell; an empty one is an error."""
        value = self.get(column)
        if not value:
            self.fail(f"column '{column}' is empty")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell that are separated by ``|``; an empty or repeated value is an error."""
        cell = self.get(column)
        if not cell:
            return ()
        values = tuple([part.strip() for part in cell.split("|")])
        if "" in values:
            self.fail(f"column '{column}' has an empty value between its separators")
        if len(set(values)) != len(values):
            twice = next(value for value in values if values.count(value) > 1)
            self.fail(f"column '{column}' has '{twice}' twice")
        return values

    def day(self, column: str) -> dt.date:
        """The cell as a day, ``2021-01-26``."""
        try:
            return dt.date.fromisoformat(self.need(column))
        except ValueError:
            self.fail(f"column '{column}' is not a day like 2021-01-26: '{self.get(column)}'")

    def fail(self, what: str) -> NoReturn:
        """Raise an error about this row."""
        wrong(self.file, self.line, what)


def read_table(path: Path, columns: tuple[str, ...], *, minimum: int = 1) -> Iterator[Row]:
    """The rows of a csv file with exactly these columns.

    Lines that begin with ``#`` are comments; one must say where the data is from, unless a column does.
    Raises :class:`KnowledgeError` when the file is missing, has other columns, a ragged row or too few rows.
    """
    name = path.name if path.parent.name == "data" else f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{name} cannot be read: {error}", "Install diptych again") from error
    numbered = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    head = [line for _, line in numbered if line.startswith("#")]
    if "source" not in columns and not any("source" in line.lower() for line in head):
        wrong(name, 1, "no comment says where the data is from ('# Source: …')")
    body = [(number, line) for number, line in numbered if not line.startswith("#")]
    if not body:
        wrong(name, 1, "there is no row of column names")
    for number, line in body:
        if line.count('"') % 2:
            wrong(name, number, "a quotation mark is not closed")
    parsed = list(csv.reader(line for _, line in body))
    if tuple(parsed[0]) != columns:
        wrong(name, body[0][0], f"columns are {','.join(parsed[0])}, not {','.join(columns)}")
    if len(parsed) - 1 < minimum:
        wrong(name, body[-1][0], f"the file has {len(parsed) - 1} rows, at least {minimum} are expected")
    places = {column: place for place, column in enumerate(columns)}
    for (number, _), cells in zip(body[1:], parsed[1:], strict=True):
        if len(cells) != len(columns):
            wrong(name, number, f"the row has {len(cells)} cells, not {len(columns)}")
        yield Row(name, number, places, cells)


def read_manifest(root: Path) -> dict[str, int]:
    """How many rows each file holds at least, from ``manifest.csv``; every file named there must exist."""
    counts: dict[str, int] = {}
    for row in read_table(root / "manifest.csv", ("file", "rows")):
        if not row.need("rows").isdigit():
            row.fail(f"'{row.get('rows')}' is not a number of rows")
        if not (root / row.need("file")).is_file():
            row.fail(f"the file {row.get('file')} is missing")
        counts[row.get("file")] = int(row.get("rows"))
    return counts


def require_rows(file: str, rows: int) -> None:
    """Raise :class:`KnowledgeError` where a table has fewer rows than the manifest says it must have."""
    least = read_manifest(DATA)[file]
    if rows < least:
        wrong(file, rows + 1, f"the file has {rows} rows, at least {least} are expected")
