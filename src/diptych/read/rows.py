"""Tables of texts, row by row: JSON lines, JSON arrays, CSV and TSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping

from diptych.errors import DiptychError, EmptyInput, TooLarge, Undecodable
from diptych.read.columns import columns_of, fields_of
from diptych.read.items import Refused, Row
from diptych.read.limits import in_megabytes
from diptych.read.opened import Opened

__all__ = ["json_lines", "json_objects", "table_rows"]

_MARK = re.compile(rb'["\\{}\[\]]')


def json_lines(opened: Opened, wanted: Mapping[str, str] | None) -> Iterator[Row | Refused]:
    """Yield the rows of JSON lines; a line that is none is refused, and the rest goes on."""
    most = opened.limits.max_bytes
    number = 0
    while line := opened.stream.readline(most + 1):
        number += 1
        where = f"{opened.uri}, line {number}"
        if len(line) > most:
            yield _refused(opened, number, where, _too_long(where, most))
            while line and not line.endswith(b"\n"):
                line = opened.stream.readline(most)
            continue
        if line.strip():
            yield _json_row(line, opened, number, where, wanted)


def json_objects(opened: Opened, wanted: Mapping[str, str] | None) -> Iterator[Row | Refused]:
    """Yield the objects of a JSON file as rows: those of an array, or those that stand side by side."""
    number = 0
    for number, body in enumerate(_objects(opened), 1):
        where = f"{opened.uri}, object {number}"
        yield _json_row(body, opened, number, where, wanted)
    if not number:
        raise EmptyInput(f"{opened.uri} holds no JSON objects", 'Give objects of {"text", "title", "date", …}')


def _objects(opened: Opened) -> Iterator[bytes]:
    """Yield the outermost objects of a stream of JSON, found by their braces; never more than one in memory."""
    most = opened.limits.max_bytes
    held = bytearray()
    depth, in_string, escaped = 0, False, False
    while chunk := opened.stream.read1(65_536):
        start = 0 if depth else -1
        at, escaped = int(escaped), False
        while match := _MARK.search(chunk, at):
            mark, at = match[0], match.end()
            if in_string:
                if mark == b"\\":
                    if at == len(chunk):
                        escaped = True
                    at += 1
                elif mark == b'"':
                    in_string = False
            elif mark == b'"':
                in_string = depth > 0
            elif mark == b"{":
                if not depth:
                    start = match.start()
                depth += 1
            elif mark == b"}" and depth:
                depth -= 1
                if not depth:
                    yield bytes(held + chunk[start:at])
                    held.clear()
                    start = -1
        if start >= 0:
            held += chunk[start:]
        if len(held) > most:
            raise _too_long(f"An object of {opened.uri}", most)
    if depth:
        raise Undecodable(f"{opened.uri} ends inside an object: it is cut off", "Fetch it again")


def table_rows(opened: Opened, wanted: Mapping[str, str] | None) -> Iterator[Row | Refused]:
    """Yield the rows of a CSV or TSV file whose first line names the columns.

    Raises :class:`~diptych.errors.EmptyInput` where no column can be the text.
    """
    encoding, delimiter = _writing(opened)
    csv.field_size_limit(opened.limits.max_bytes)
    text = io.TextIOWrapper(opened.stream, encoding, errors="surrogateescape", newline="")
    reader = csv.reader(text, delimiter=delimiter)
    header = next(reader, [])
    if header:
        header[0] = header[0].lstrip("\ufeff")
    columns = columns_of(header, wanted, opened.uri)
    number = 0
    while True:
        number += 1
        where = f"{opened.uri}, row {number} (line {reader.line_num + 1})"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            told = Undecodable(f"{where} cannot be read: {error}", "Check the quotes around its cells")
            yield _refused(opened, number, where, told)
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        fields = fields_of(dict(zip(header, cells, strict=False)), columns)
        if any("\udc80" <= letter <= "\udcff" for value in fields.values() for letter in value):
            told = Undecodable(f"{where} is not in {encoding} as the rest of the file is", "Save the file as UTF-8")
            yield _refused(opened, number, where, told)
            continue
        yield _row(fields, opened, number, where, header)


def _writing(opened: Opened) -> tuple[str, str]:
    """Find the encoding and the delimiter of a table by its beginning."""
    head = opened.head()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        try:
            # The head may end inside a letter.
            head.decode("utf-8") if len(head) < 65_000 else head[: head.rfind(b"\n") + 1].decode("utf-8")
            encoding = "utf-8"
        except UnicodeDecodeError:
            from charset_normalizer import from_bytes

            best = from_bytes(head).best()
            encoding = best.encoding if best else "cp1252"
    first = head.decode(encoding, "replace").lstrip("\ufeff").splitlines()[:1]
    line = re.sub(r'"[^"]*"', "", first[0]) if first else ""
    return encoding, max(("\t", ";", "|", ","), key=lambda mark: (line.count(mark), mark == ","))


def _json_row(body: bytes, opened: Opened, number: int, where: str, wanted: Mapping[str, str] | None) -> Row | Refused:
    try:
        record = json.loads(body)
    except (ValueError, RecursionError) as error:
        told: DiptychError = Undecodable(f"{where} is not JSON ({error})", "Write one JSON object a line")
        return _refused(opened, number, where, told)
    if not isinstance(record, dict):
        told = Undecodable(f"{where} is no JSON object", 'Write one {"text": "…", "title": "…"} a line')
        return _refused(opened, number, where, told)
    header = list(record)
    try:
        fields = fields_of(record, columns_of(header, wanted, where))
    except EmptyInput as error:
        return _refused(opened, number, where, error)
    return _row(fields, opened, number, where, header)


def _row(fields: dict[str, str], opened: Opened, number: int, where: str, header: list[str]) -> Row | Refused:
    uri = fields.get("url") or f"{opened.uri}#{number}"
    if "text" not in fields:
        shown = ", ".join(header[:30])
        told = EmptyInput(f"{where} has no text (its columns are: {shown})", "Fill it, or say --map text=COLUMN")
        return Refused(uri, opened.source, told, where)
    return Row(uri, {**fields, "url": uri}, where, opened.source)


def _refused(opened: Opened, number: int, where: str, error: DiptychError) -> Refused:
    return Refused(f"{opened.uri}#{number}", opened.source, error, where)


def _too_long(where: str, most: int) -> TooLarge:
    return TooLarge(f"{where} is longer than {in_megabytes(most)}", "Give one document a row")
