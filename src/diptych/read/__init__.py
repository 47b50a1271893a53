"""The ways in: whatever a user names, one document after the other."""

from __future__ import annotations

from diptych.read.columns import parse_map
from diptych.read.expand import expand
from diptych.read.items import Item, Refused, Row, Skipped
from diptych.read.limits import ReadLimits
from diptych.read.media import sniff_media_type
from diptych.read.source import read_source

__all__ = [
    "Item",
    "ReadLimits",
    "Refused",
    "Row",
    "Skipped",
    "expand",
    "parse_map",
    "read_source",
    "sniff_media_type",
]
