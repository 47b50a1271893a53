"""The way in: files, standard input and web addresses to :class:`~diptych.records.RawDocument`."""

from __future__ import annotations

from diptych.read.limits import ReadLimits
from diptych.read.media import sniff_media_type
from diptych.read.source import read_source

__all__ = ["ReadLimits", "read_source", "sniff_media_type"]
