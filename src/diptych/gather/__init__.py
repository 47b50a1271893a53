"""Gathering: near-copies, translations, and which documents tell of the same contact. Pure."""

from __future__ import annotations

from diptych.gather.changes import changes
from diptych.gather.contacts import gather
from diptych.gather.copies import CopyCandidate, near_copies, signature
from diptych.gather.tellings import tellings_of
from diptych.gather.translations import Translation, TranslationCandidate, translations

__all__ = [
    "CopyCandidate",
    "Translation",
    "TranslationCandidate",
    "changes",
    "gather",
    "near_copies",
    "signature",
    "tellings_of",
    "translations",
]
