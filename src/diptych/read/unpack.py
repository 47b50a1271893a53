"""Streams that are unpacked while they are read: every byte is counted, no header is believed."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

from diptych.errors import DiptychError, InputError, TooLarge, Undecodable
from diptych.read.limits import ReadLimits, in_megabytes

__all__ = ["PACKINGS", "Budget", "Flow", "Steps", "packing_of", "unpacked"]

#: First bytes of packed streams, and the endings that their names lose once unpacked.
PACKINGS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "gzip": (b"\x1f\x8b", (".gz", ".tgz")),
    "bzip2": (b"BZh", (".bz2", ".tbz2", ".tbz")),
    "xz": (b"\xfd7zXZ\x00", (".xz", ".txz")),
}
_CHUNK = 65_536
#: Memory that unpacking an xz stream may take; its header can ask for gigabytes.
_XZ_MEMORY = 256 * 2**20


class Budget:
    """How much may still come out of one source; everything that unpacks it shares one.

    ``packed`` counts the bytes of the source itself, ``unpacked`` what came out of them, at every level.
    """

    def __init__(self, name: str, limits: ReadLimits, packed: int = 0) -> None:
        self.name, self.limits = name, limits
        self.packed, self.unpacked = packed, 0

    def spend(self, size: int) -> None:
        """Count ``size`` unpacked bytes; raises :class:`~diptych.errors.TooLarge` once it is too much."""
        self.unpacked += size
        self.check()

    def check(self) -> None:
        """Raise :class:`~diptych.errors.TooLarge` where too much came out."""
        limits = self.limits
        if self.unpacked > limits.max_unpacked:
            raise TooLarge(
                f"{self.name} unpacks to more than {in_megabytes(limits.max_unpacked)}; the rest of it is not read",
                "Unpack it yourself if you trust it, and give the files",
            )
        if self.unpacked > limits.ratio_from and self.unpacked > limits.max_ratio * self.packed:
            raise TooLarge(
                f"{self.name} unpacks to more than {limits.max_ratio} times its size, as archives made to fill disks "
                "do; the rest of it is not read",
                "Unpack it yourself if you trust it, and give the files",
            )


class Flow(io.RawIOBase):
    """A readable stream over any ``read(size)``, whose errors are told in diptych's words and never too early.

    What was read before an error is passed on first; the error comes with the next read.
    """

    def __init__(self, read: Callable[[int], bytes], name: str, count: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self._read, self._name, self._count = read, name, count
        self._error: DiptychError | None = None

    def readable(self) -> bool:
        """Say that this stream can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as the stream goes."""
        filled = 0
        while filled < len(buffer) and self._error is None:
            try:
                part = self._read(len(buffer) - filled)
                if part and self._count:
                    self._count(len(part))
            except DiptychError as error:
                self._error = error
            except Exception as error:
                self._error = _told(error, self._name)
            else:
                if not part:
                    break
                buffer[filled : filled + len(part)] = part
                filled += len(part)
        if not filled and self._error is not None:
            raise self._error
        return filled


class Steps:
    """A stream that gives what it has, so that what stood before an error is had before the error is.

    It knows where it stands without being able to go back, which is what fastwarc needs to be told.
    """

    def __init__(self, stream: io.BufferedReader[Flow]) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = _CHUNK) -> bytes:
        """Return some of the next bytes, at most ``size``; none at the end."""
        part = self._stream.read1(size)
        self._at += len(part)
        return part

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stay where the stream stands; raises OSError for any other place."""
        if (offset, whence) not in ((0, io.SEEK_CUR), (self._at, io.SEEK_SET)):
            raise OSError("a stream cannot go back")
        return self._at

    def close(self) -> None:
        """Leave the stream open: who opened it closes it."""


class _Decompressor(Protocol):
    """What the decompressors of bz2 and lzma share."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """A zlib decompressor for one gzip member, in the manner of those of bz2 and lzma."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))


def packing_of(head: bytes) -> str | None:
    """Return the name of the packing that ``head`` begins with, None where it is not packed."""
    return next((name for name, (magic, _) in PACKINGS.items() if head.startswith(magic)), None)


def unpacked(read: Callable[[int], bytes], packing: str, name: str, count: Callable[[int], None]) -> Flow:
    """Return the stream that unpacks what ``read`` gives, one member after the other."""
    return Flow(_Unpacker(read, packing, name).read, name, count)


class _Unpacker:
    def __init__(self, read: Callable[[int], bytes], packing: str, name: str) -> None:
        self._source, self._packing, self._name = read, packing, name
        self._member: _Decompressor | None = None
        self._rest = b""
        self._began = False

    def read(self, size: int) -> bytes:
        while True:
            if self._member is None:
                self._rest = self._rest or self._source(_CHUNK)
                if self._began:
                    self._rest = self._rest.lstrip(b"\x00")  # padding between members
                if len(self._rest) < 6:
                    self._rest += self._source(_CHUNK)
                if not self._rest or (self._began and packing_of(self._rest) != self._packing):
                    return b""
                self._member, self._began = self._start(), True
            member = self._member
            data = b""
            if member.needs_input:
                data, self._rest = self._rest or self._source(_CHUNK), b""
                if not data:
                    raise Undecodable(f"{self._name} ends too early: it is cut off", "Fetch it again")
            part = member.decompress(data, size)
            if member.eof:
                self._rest, self._member = member.unused_data, None
            if part:
                return part

    def _start(self) -> _Decompressor:
        if self._packing == "gzip":
            return _Gzip()
        if self._packing == "bzip2":
            return bz2.BZ2Decompressor()
        return lzma.LZMADecompressor(memlimit=_XZ_MEMORY)


def _told(error: Exception, name: str) -> DiptychError:
    if isinstance(error, OSError) and error.errno is not None:
        return InputError(f"{name} cannot be read ({(error.strerror or '').lower()})", "Check the path and the disk")
    return Undecodable(f"{name} is damaged: {error}", "Fetch it again")
