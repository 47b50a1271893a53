"""Files and folders: what is in them, and what keeps it away."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from diptych.errors import InputError, NotFound, TooLarge
from diptych.read.limits import ReadLimits, in_megabytes

__all__ = ["Found", "LeftOut", "file_errors", "path_of", "read_file", "walk"]


@dataclass(frozen=True)
class Found:
    """A file of a folder."""

    path: str


@dataclass(frozen=True)
class LeftOut:
    """A part of a folder that is not read: ``error`` where it should have been, else left out on purpose."""

    path: str
    why: str
    error: InputError | None = None


def path_of(spec: str) -> str:
    """Return the path that ``spec`` (a path or a file:// address) names; raises :class:`~diptych.errors.NotFound`."""
    if spec.casefold().startswith("file://"):
        spec = unquote(urlsplit(spec).path)
    if not spec or "\x00" in spec:
        raise NotFound("An empty name is no file", "Give the path of a file, a web address, or - for standard input")
    return spec


@contextlib.contextmanager
def file_errors(spec: str) -> Iterator[None]:
    """Turn what the system says of the file ``spec`` into :class:`NotFound` or :class:`InputError`."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound(
            f"There is no file {spec} (any more)", "Check the path, or save the file again if it was moved"
        ) from error
    except PermissionError as error:
        raise InputError(
            f"{spec} may not be read by you", "Change its permissions, or copy it to a place of yours"
        ) from error
    except OSError as error:
        raise InputError(
            f"{spec} cannot be read ({(error.strerror or type(error).__name__).lower()})", "Check the path and the disk"
        ) from error


def read_file(spec: str, limits: ReadLimits) -> tuple[str, bytes]:
    """Return the name and the bytes of the file ``spec`` (a path or a file:// address).

    The size is asked before a byte is read. Raises :class:`~diptych.errors.NotFound`,
    :class:`~diptych.errors.TooLarge` or :class:`~diptych.errors.InputError`.
    """
    spec = path_of(spec)
    path = Path(spec)
    with file_errors(spec):
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{spec} is a directory", "Give the path of one file in it")
        if stat.S_ISREG(status.st_mode) and status.st_size > limits.max_bytes:
            raise TooLarge(
                f"{spec} has {in_megabytes(status.st_size)}, more than the {in_megabytes(limits.max_bytes)} allowed",
                "Give one text instead of a collection, or raise the size limit",
            )
        with path.open("rb") as file:
            body = file.read(limits.max_bytes + 1)
    if len(body) > limits.max_bytes:
        raise TooLarge(
            f"{spec} holds more than the {in_megabytes(limits.max_bytes)} allowed",
            "Give one text instead of a collection, or raise the size limit",
        )
    return spec, body


def walk(folder: str) -> Iterator[Found | LeftOut]:
    """Yield the files of ``folder`` and all folders in it, sorted by name at each level.

    Hidden files and folders, devices and pipes are left out, and so is a folder that was entered already, as through
    a link that points back up; each is told.
    """
    entered: set[tuple[int, int]] = set()
    pending: list[Iterator[str]] = [iter((folder,))]
    while pending:
        path = next(pending[-1], None)
        if path is None:
            pending.pop()
            continue
        if os.path.basename(path).startswith(".") and path != folder:
            yield LeftOut(path, "hidden files are not read; name it by itself to have it read")
            continue
        try:
            with file_errors(path):
                status = os.stat(path)
                if stat.S_ISREG(status.st_mode):
                    yield Found(path)
                elif stat.S_ISDIR(status.st_mode):
                    place = (status.st_dev, status.st_ino)
                    if place in entered:
                        yield LeftOut(path, "a link to a folder that is read already")
                    else:
                        entered.add(place)
                        pending.append(iter(sorted(os.path.join(path, name) for name in os.listdir(path))))
                else:
                    yield LeftOut(path, "a device, a pipe or a socket is no file")
        except InputError as error:
            yield LeftOut(path, error.happened, error)
