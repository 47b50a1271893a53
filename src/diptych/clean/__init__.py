"""Bytes of any kind of text to a :class:`~diptych.records.Document`: body, metadata, and where each block stood.

Pure: nothing is fetched or written. :mod:`diptych.clean.lines` documents what is done to the words of a text.
"""

from __future__ import annotations

from diptych.clean.language import READ_LANGUAGES, find_language, require_readable
from diptych.clean.record import from_record
from diptych.clean.sources import to_document

__all__ = ["READ_LANGUAGES", "find_language", "from_record", "require_readable", "to_document"]
