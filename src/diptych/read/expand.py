"""What a user names, one document after the other: lazily, in bounded memory, and nothing stops for a bad one."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from diptych.errors import DiptychError, InputError, UnforeseenError, UnreachableError, UnsupportedMedia
from diptych.read.files import LeftOut, file_errors, path_of, walk
from diptych.read.items import Item, Refused, Skipped
from diptych.read.limits import DEFAULT_LIMITS, ReadLimits
from diptych.read.opened import HEAD, Opened
from diptych.read.rows import json_lines, json_objects, looks_like_rows, table_rows
from diptych.read.unpack import PACKINGS, Budget, Flow, packing_of, unpacked

__all__ = ["expand"]

_SCHEME = re.compile(r"^(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_LINES, _TABLES = (".jsonl", ".ndjson", ".jl"), (".csv", ".tsv", ".tab")


def expand(
    sources: Sequence[str],
    *,
    columns: Mapping[str, str] | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Iterator[Item]:
    """Yield what ``sources`` (paths of files and folders, addresses, ``-``) hold, one item at a time, in order.

    ``columns`` says which column of a table is which field (``{"text": "body"}``); what it leaves out is guessed by
    common names. Nothing is raised for a source: what cannot be had is a :class:`~diptych.read.items.Refused` item
    in its place.
    """
    for source in sources:
        try:
            yield from _Expansion(source, columns, limits).run()
        except DiptychError as error:
            yield Refused(source, source, error)


class _Expansion:
    """The expansion of one source."""

    def __init__(self, source: str, columns: Mapping[str, str] | None, limits: ReadLimits) -> None:
        self._source, self._columns, self._limits = source, columns, limits

    def run(self) -> Iterator[Item]:
        scheme = _SCHEME.match(self._source)
        kind = scheme["scheme"].casefold() if scheme else ""
        if self._source == "-":
            budget = Budget("standard input", self._limits)
            yield from self._open(self._flow(sys.stdin.buffer, "standard input", budget, named=True))
        elif kind in ("http", "https"):
            yield from self._address()
        elif kind and kind != "file":
            raise UnreachableError(
                f"Addresses of the kind {kind}:// are not read", "Give an http or https address, or a file"
            )
        else:
            yield from self._path(path_of(self._source))

    def _address(self) -> Iterator[Item]:
        from diptych.read.source import read_source

        yield read_source(self._source, limits=self._limits)

    def _path(self, path: str) -> Iterator[Item]:
        with file_errors(path):
            folder = stat.S_ISDIR(os.stat(path).st_mode)
        if not folder:
            yield from self._file(path, named=True)
            return
        found = False
        for entry in walk(path):
            if isinstance(entry, LeftOut):
                if entry.error:
                    yield Refused(entry.path, self._source, entry.error)
                else:
                    yield Skipped(entry.path, self._source, entry.why)
            else:
                found = True
                yield from self._guarded(entry.path, self._file(entry.path, named=False))
        if not found:
            raise InputError(
                f"{path} is a directory without a file to read", "Give a file, or a folder that holds some"
            )

    def _file(self, path: str, *, named: bool) -> Iterator[Item]:
        with file_errors(path):
            file = open(path, "rb")  # noqa: SIM115 (closed below; errors of opening are told, those of reading later)
        with file:
            yield from self._open(self._flow(file, path, Budget(path, self._limits), named=named))

    def _flow(self, file: BinaryIO, name: str, budget: Budget, *, named: bool) -> Opened:
        def read(size: int) -> bytes:
            part = file.read(size)
            budget.packed += len(part)
            return part

        stream = io.BufferedReader(Flow(read, name), HEAD)
        return Opened(name, name, self._source, stream, self._limits, budget, named=named)

    def _guarded(self, uri: str, items: Iterator[Item]) -> Iterator[Item]:
        """Pass ``items`` on; an error ends them as a refused item, so that what comes after is still read."""
        try:
            yield from items
        except DiptychError as error:
            yield Refused(uri, self._source, error)
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            what = f"An unforeseen error ({type(error).__name__}: {error}) while {uri} was opened"
            yield Refused(uri, self._source, UnforeseenError(what, "Report it with the file if you can"))

    def _open(self, opened: Opened) -> Iterator[Item]:
        head = opened.head()
        packing = packing_of(head)
        if packing is not None:
            yield from self._open(self._unpack(opened, packing))
            return
        ending = PurePosixPath(opened.name).suffix.casefold()
        rows = looks_like_rows(head)
        if ending in _LINES or (rows == "lines" and ending != ".txt"):
            yield from json_lines(opened, self._columns)
        elif ending == ".json" or rows == "json":
            yield from json_objects(opened, self._columns)
        elif ending in _TABLES:
            yield from table_rows(opened, self._columns)
        else:
            yield opened.document()

    def _unpack(self, opened: Opened, packing: str) -> Opened:
        if opened.packings:
            raise UnsupportedMedia(f"{opened.uri} is packed twice", "Unpack it once and give what comes out")
        stream = unpacked(opened.stream.read, packing, opened.uri, opened.budget.spend)
        name = opened.name
        for ending in PACKINGS[packing][1]:
            if name.casefold().endswith(ending):
                name = name[: -len(ending)] + (".tar" if ending.startswith(".t") else "")
        return replace(opened, name=name, stream=io.BufferedReader(stream, HEAD), packings=opened.packings + 1)
