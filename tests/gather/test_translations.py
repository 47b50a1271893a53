"""Originals and their courtesy translations, by the encoder that diptych comes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from diptych.gather.translations import Translation, TranslationCandidate, translations

ENGLISH = {
    "harbours": "The presidents agreed to dredge the harbours together and to open a ferry line next spring.",
    "grain": "The ministers discussed grain prices and the storage of wheat before the winter.",
    "schools": "Both sides signed a programme that sends two hundred teachers to village schools.",
}
CHINESE = {
    "harbours": "两国总统同意共同疏浚港口，并于明年春天开通渡轮航线。",
    "grain": "两国部长讨论了粮食价格和入冬前小麦的储存。",
    "schools": "双方签署了一项计划，派遣两百名教师到乡村学校任教。",
}


def candidates(*, late: int = 0, side: str = "Tolmara") -> list[TranslationCandidate]:
    day = dt.date(2031, 5, 2)
    english = [TranslationCandidate(f"en-{key}", side, "en", day, "", text) for key, text in ENGLISH.items()]
    later = day + dt.timedelta(late)
    return english + [
        TranslationCandidate(f"zh-{key}", "Tolmara", "zh", later, "", text) for key, text in CHINESE.items()
    ]


def linked(found: tuple[Translation, ...]) -> set[tuple[str, str]]:
    return {(link.original, link.translation) for link in found}


def test_each_text_is_linked_to_its_own_translation(encoder: object) -> None:
    encode: Callable[..., object] = encoder.encode  # type: ignore[attr-defined]
    found = translations(candidates(), encode, lambda side: frozenset({"zh"}))  # type: ignore[arg-type]
    assert linked(found) == {(f"zh-{key}", f"en-{key}") for key in ENGLISH}
    assert found == translations(candidates()[::-1], encode, lambda side: frozenset({"zh"}))  # type: ignore[arg-type]


def test_another_side_or_another_week_is_no_translation(encoder: object) -> None:
    encode: Callable[..., object] = encoder.encode  # type: ignore[attr-defined]
    assert translations(candidates(side="Karsk"), encode, lambda side: frozenset()) == ()  # type: ignore[arg-type]
    assert translations(candidates(late=9), encode, lambda side: frozenset()) == ()  # type: ignore[arg-type]


def test_the_earlier_is_the_original_where_neither_language_is_the_governments(encoder: object) -> None:
    encode: Callable[..., object] = encoder.encode  # type: ignore[attr-defined]
    found = translations(candidates(late=1), encode, lambda side: frozenset({"ko"}))  # type: ignore[arg-type]
    assert linked(found) == {(f"en-{key}", f"zh-{key}") for key in ENGLISH}
