"""Files to bytes."""

from __future__ import annotations

import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from diptych.errors import InputError, NotFound, TooLarge
from diptych.read.limits import ReadLimits, in_megabytes

__all__ = ["read_file"]


def read_file(spec: str, limits: ReadLimits) -> tuple[str, bytes]:
    """Return the name and the bytes of the file ``spec`` (a path or a file:// address).

    The size is asked before a byte is read. Raises :class:`~diptych.errors.NotFound`,
    :class:`~diptych.errors.TooLarge` or :class:`~diptych.errors.InputError`.
    """
    if spec.casefold().startswith("file://"):
        spec = unquote(urlsplit(spec).path)
    if not spec or "\x00" in spec:
        raise NotFound("An empty name is no file", "Give the path of a file, a web address, or - for standard input")
    path = Path(spec)
    try:
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
    if len(body) > limits.max_bytes:
        raise TooLarge(
            f"{spec} holds more than the {in_megabytes(limits.max_bytes)} allowed",
            "Give one text instead of a collection, or raise the size limit",
        )
    return spec, body
