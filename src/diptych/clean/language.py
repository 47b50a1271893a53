"""The language a text is written in, and the refusal of those that are not read yet."""

from __future__ import annotations

import functools
import re
from typing import Any

from diptych.errors import UnreadLanguage
from diptych.records import Document

__all__ = ["READ_LANGUAGES", "find_language", "require_readable"]

#: Languages whose sentences diptych reads (ISO 639-1).
READ_LANGUAGES = frozenset({"en"})

_NAMES = {
    "ar": "Arabic", "de": "German", "el": "Greek", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
#: Words that are frequent in English and in no other language written in Latin letters.
_ENGLISH = frozenset(
    ("the", "of", "and", "that", "which", "with", "for", "from", "was", "were", "has", "have", "had", "his", "her",
     "their", "its", "this", "these", "would", "will", "said", "on", "by", "be", "been")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``; None when there are too few words to tell.

    Plain English and plain Korean are told by their frequent words and letters; py3langid, which takes half a
    second to load, tells the rest.
    """
    sample = text[:4000]
    letters = sum(character.isalpha() for character in sample)
    if letters < 12:
        return None
    if sum("\uac00" <= character <= "\ud7a3" for character in sample) > 0.5 * letters:
        return "ko"
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) >= 8:
        english = [word for word in words if word in _ENGLISH]
        if len(english) >= 0.18 * len(words) and len(set(english)) >= 3 and "the" in english:
            return "en"
    code: str = _classifier().classify(sample)[0]
    return code


@functools.cache
def _classifier() -> Any:
    import py3langid

    return py3langid


def require_readable(document: Document) -> Document:
    """Return ``document`` when its language is read; raise :class:`~diptych.errors.UnreadLanguage` when it is not.

    A document whose language could not be told (too short) passes.
    """
    language = document.language
    if language is None or language in READ_LANGUAGES:
        return document
    name = _NAMES.get(language, f"the language “{language}”")
    raise UnreadLanguage(
        f"{document.uri} is written in {name}, which diptych does not read yet",
        "Give an English version of the text, such as the publisher's own translation",
    )
