"""The ways in: whatever a user names, one document after the other."""

from __future__ import annotations

from diptych.read.columns import parse_map
from diptych.read.expand import expand
from diptych.read.feeds import parse_listing
from diptych.read.items import Item, KnownPage, Refused, Row, Skipped
from diptych.read.limits import DEFAULT_LIMITS, ReadLimits
from diptych.read.media import sniff_media_type
from diptych.read.network import is_outside
from diptych.read.source import read_source
from diptych.read.survey import count_items, holds_many

__all__ = [
    "DEFAULT_LIMITS",
    "Item",
    "KnownPage",
    "ReadLimits",
    "Refused",
    "Row",
    "Skipped",
    "count_items",
    "expand",
    "holds_many",
    "is_outside",
    "parse_listing",
    "parse_map",
    "read_source",
    "sniff_media_type",
]
