"""How much is read and how long is waited."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "ReadLimits", "in_megabytes"]


@dataclass(frozen=True)
class ReadLimits:
    """Bounds of one reading.

    ``max_bytes``: the largest single text, in bytes (after decompression; also the longest row of a table).
    ``connect_timeout`` and ``read_timeout``: seconds to wait for a connection and between two parts of an answer.
    ``total_timeout``: seconds for the whole answer, redirects included. ``max_redirects``: how many redirects are
    followed.

    Of one packed source: ``max_unpacked`` bytes come out of it at most, ``max_ratio`` times what was packed (counted
    once ``ratio_from`` bytes came out), and ``max_members`` members of an archive. Of one feed, sitemap or list of
    feeds: ``max_feed_bytes`` a page of it, ``max_pages`` pages, ``max_entries`` entries.
    """

    max_bytes: int = 20_000_000
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_redirects: int = 10
    max_unpacked: int = 20_000_000_000
    max_ratio: int = 250
    ratio_from: int = 50_000_000
    max_members: int = 200_000
    max_feed_bytes: int = 50_000_000
    max_pages: int = 200
    max_entries: int = 10_000


DEFAULT_LIMITS = ReadLimits()


def in_megabytes(size: int) -> str:
    """Return ``size`` (bytes) in words: "200 MB", "0.5 MB"."""
    return f"{size / 1e6:.0f} MB" if size >= 10_000_000 else f"{size / 1e6:.1f} MB"
