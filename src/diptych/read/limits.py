"""How much is read and how long is waited."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "ReadLimits", "in_megabytes"]


@dataclass(frozen=True)
class ReadLimits:
    """Bounds of one reading.

    ``max_bytes``: the largest input, in bytes (of a web page: after decompression). ``connect_timeout`` and
    ``read_timeout``: seconds to wait for a connection and between two parts of an answer. ``total_timeout``:
    seconds for the whole answer, redirects included. ``max_redirects``: how many redirects are followed.
    """

    max_bytes: int = 20_000_000
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_redirects: int = 10


DEFAULT_LIMITS = ReadLimits()


def in_megabytes(size: int) -> str:
    """Return ``size`` (bytes) in words: "200 MB", "0.5 MB"."""
    return f"{size / 1e6:.0f} MB" if size >= 10_000_000 else f"{size / 1e6:.1f} MB"
