"""One function for all that can be named on a command line: a path, ``-``, an address."""

from __future__ import annotations

import re
import sys
from typing import BinaryIO

from diptych.errors import TooLarge, UnreachableError
from diptych.read.files import read_file
from diptych.read.items import make_raw
from diptych.read.limits import DEFAULT_LIMITS, ReadLimits, in_megabytes
from diptych.records import RawDocument

__all__ = ["read_source"]

_SCHEME = re.compile(r"^(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def read_source(spec: str, *, limits: ReadLimits = DEFAULT_LIMITS, stdin: BinaryIO | None = None) -> RawDocument:
    """Return the bytes that ``spec`` names: the path of a file, ``-`` for standard input, or a web address.

    ``stdin`` replaces the standard input of the process. Raises :class:`~diptych.errors.NotFound`,
    :class:`~diptych.errors.InputError`, :class:`~diptych.errors.UnreachableError`,
    :class:`~diptych.errors.TooLarge`, :class:`~diptych.errors.EmptyInput` or
    :class:`~diptych.errors.UnsupportedMedia`; each says what happened and what to do.
    """
    scheme = _SCHEME.match(spec)
    declared: str | None = None
    charset: str | None = None
    if spec == "-":
        uri, body = "standard input", _read_stdin(stdin or sys.stdin.buffer, limits)
    elif scheme and scheme["scheme"].casefold() in ("http", "https"):
        from diptych.read.web import fetch  # httpx is loaded only for addresses

        page = fetch(spec, limits)
        uri, body, declared, charset = page.url, page.body, page.content_type, page.charset
    elif scheme and scheme["scheme"].casefold() != "file":
        raise UnreachableError(
            f"Addresses of the kind {scheme['scheme']}:// are not read", "Give an http or https address, or a file"
        )
    else:
        uri, body = read_file(spec, limits)
    return make_raw(uri, body, declared=declared, charset=charset)


def _read_stdin(stream: BinaryIO, limits: ReadLimits) -> bytes:
    body = stream.read(limits.max_bytes + 1)
    if len(body) > limits.max_bytes:
        raise TooLarge(
            f"Standard input holds more than {in_megabytes(limits.max_bytes)}", "Give one text, or raise the size limit"
        )
    return body
