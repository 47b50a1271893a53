"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from diptych.errors import OutputError

#: The options that all commands which show something have in common.
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")]
Width = Annotated[int | None, typer.Option(min=40, help="Columns of the terminal view.")]


class Format(StrEnum):
    """For people or for programs."""

    terminal = "terminal"
    json = "json"


def write(content: str | bytes, output: Path | None) -> None:
    """Write ``content`` to ``output``, or to standard output where it is None. Raises :class:`OutputError`."""
    body = content.encode("utf-8") if isinstance(content, str) else content
    if output is None:
        try:
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _cannot(Path("standard output"), error) from error
        return
    with whole_file(output) as out:
        out(body)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Callable[[bytes], None]]:
    """A file that appears under its name only once everything is in it; until then nothing of it is seen.

    A device or a pipe is written to as it stands. Yields a function that appends bytes. Raises
    :class:`OutputError` when the place cannot be written.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        try:
            with path.open("wb") as device:
                yield lambda body: _append(device, body, path)
        except OSError as error:
            raise _cannot(path, error) from error
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise _cannot(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield lambda body: _append(out, body, path)
            _append(out, b"", path)
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def terminal_width(asked: int | None) -> int:
    """The width to draw for: as asked, else the terminal's own (``COLUMNS`` is honoured), else 80 columns."""
    return asked or shutil.get_terminal_size((80, 24)).columns


def wants_color() -> bool:
    """Colours only where a person looks and has not said no (``NO_COLOR``)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _append(out: BinaryIO, body: bytes, path: Path) -> None:
    try:
        out.write(body)
    except OSError as error:
        raise _cannot(path, error) from error


def _cannot(path: Path, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"{path} cannot be written: {reason}", "Choose another place with --output")
