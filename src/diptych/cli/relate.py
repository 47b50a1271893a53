"""``diptych relate FILE.jsonl``: the relation model by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from diptych.cli.main import app
from diptych.cli.output import write
from diptych.errors import EmptyInput, NotFound, Undecodable

EXAMPLES = """\b
Examples:
  diptych relate passages.jsonl
  echo '{"a": "They agreed to meet in May.", "b": "A meeting was discussed."}' | diptych relate -
"""


class Line(msgspec.Struct):
    """One line of input: a passage of A and a passage of B; other fields are left alone."""

    a: str
    b: str


@app.command(epilog=EXAMPLES)
def relate(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help='JSON lines of {"a": …, "b": …}, or - for standard input.')
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
    ] = None,
) -> None:
    """Say how two passages stand to each other: same, differs, conflict or unrelated.

    Prints for each line {"kind", "confidence", "aspects"}; the same order, one line each.
    """
    lines = _lines(file)
    from diptych.pipeline import Engine

    results = Engine.start("compare").relate([(line.a, line.b) for line in lines])
    from diptych.report.contract import relation_line

    write(b"".join(map(relation_line, results)), output)


def _lines(file: str) -> list[Line]:
    if file == "-":
        body = sys.stdin.buffer.read()
    else:
        try:
            body = Path(file).read_bytes()
        except OSError as error:
            raise NotFound(f"{file} cannot be opened: {(error.strerror or '').lower()}", "Check the path") from error
    decoder = msgspec.json.Decoder(Line)
    lines = []
    for number, row in enumerate(body.splitlines(), 1):
        if not row.strip():
            continue
        try:
            lines.append(decoder.decode(row))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Undecodable(
                f"{file}, line {number}: {error}", 'Write one JSON object a line, {"a": "…", "b": "…"}'
            ) from error
    if not lines:
        raise EmptyInput(f"{file} holds no lines", 'Write one JSON object a line, {"a": "…", "b": "…"}')
    return lines
