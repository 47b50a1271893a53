"""Courtesy translations: one government's text of one matter in two languages, of one day and alike in meaning."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Translation", "TranslationCandidate", "translations"]

#: Characters of a text that stand for its meaning: the head says who met whom, and on what.
_HEAD = 400
#: Days between an original and its translation.
_WITHIN = 3
#: A translation is told from the next best text of those days by so much of similarity.
_MARGIN = 0.03


@dataclass(frozen=True)
class TranslationCandidate:
    """A document among which translations are looked for; ``side`` is the government that publishes it."""

    document: str
    side: str | None
    language: str | None
    published: dt.date | None
    title: str
    text: str


@dataclass(frozen=True)
class Translation:
    """A document and what it is a translation of, with the similarity of their heads (-1 to 1)."""

    original: str
    translation: str
    similarity: float


def translations(
    documents: Iterable[TranslationCandidate],
    encode: Callable[[list[str]], NDArray[np.float32]],
    own_languages: Callable[[str], frozenset[str]],
    *,
    threshold: float = 0.6,
) -> tuple[Translation, ...]:
    """Return which documents translate which, by the day of publication.

    Two documents of one side in two languages, within three days of each other, belong together when each is the
    other's nearest by ``encode`` (unit vectors of texts), by ``threshold`` or more, and clearly nearer than the next.
    The original is the one in a language of its own government (``own_languages`` gives them), else the earlier one.
    """
    by_side: defaultdict[str, list[TranslationCandidate]] = defaultdict(list)
    for document in sorted(documents, key=lambda one: one.document):
        if document.side and document.language and document.published:
            by_side[document.side].append(document)
    found: list[tuple[dt.date, Translation]] = []
    for side in sorted(by_side):
        members = by_side[side]
        if len({one.language for one in members}) < 2:
            continue
        vectors = encode([f"{one.title}\n{one.text[:_HEAD]}" for one in members])
        found += _linked(members, vectors, own_languages(side), threshold)
    return tuple(link for _, link in sorted(found, key=lambda one: (one[0], one[1].original, one[1].translation)))


def _linked(
    members: Sequence[TranslationCandidate], vectors: NDArray[np.float32], own: frozenset[str], threshold: float
) -> list[tuple[dt.date, Translation]]:
    nearest: dict[tuple[int, str], tuple[int, float]] = {}
    of_day: defaultdict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(members):
        of_day[_ordinal(one)].append(at)
    for at, one in enumerate(members):
        rivals: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
        for day in range(_ordinal(one) - _WITHIN, _ordinal(one) + _WITHIN + 1):
            for to in of_day.get(day, ()):
                language = members[to].language
                if language and language != one.language:
                    rivals[language].append((float(vectors[at] @ vectors[to]), to))
        for language, similar in rivals.items():
            similar.sort(key=lambda pair: (-pair[0], pair[1]))
            clear = len(similar) == 1 or similar[0][0] - similar[1][0] >= _MARGIN
            if similar[0][0] >= threshold and clear:
                nearest[at, language] = (similar[0][1], similar[0][0])
    links = []
    for (at, _), (to, similarity) in nearest.items():
        back = nearest.get((to, members[at].language or ""))
        if back is None or back[0] != at or at > to:
            continue
        first, second = sorted((members[at], members[to]), key=lambda one: _original_first(one, own))
        links.append(
            (first.published or dt.date.min, Translation(first.document, second.document, round(similarity, 4)))
        )
    return links


def _ordinal(one: TranslationCandidate) -> int:
    return one.published.toordinal() if one.published else 0


def _original_first(one: TranslationCandidate, own: frozenset[str]) -> tuple[bool, dt.date, str]:
    return one.language not in own, one.published or dt.date.max, one.document
