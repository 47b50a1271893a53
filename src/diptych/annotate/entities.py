"""Whom the words of a source mean: through the mentions of actors, or, where there are none, the words themselves."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diptych.annotate.attribution import Attribution, Source
    from diptych.records import Actor, Document, Mention

_JOINT = re.compile(
    r"^(?:the\s+)?(?:both|two|three|four)\b(?!\s+of)|^(?:both|they|we)$|^the\s+(?:sides|leaders|ministers|presidents|"
    r"premiers|top\s+diplomats|diplomats|heads|allies|parties|counterparts|participants|delegations|pair|duo)\b",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:officials?|sources?|reports?|analysts?|experts?|observers?|diplomats?|aides?|insiders?|many|some|others)\b",
    re.IGNORECASE,
)


#: What "we" do only with others.
_TOGETHER = frozenset(["agree", "concur", "exchange", "share"])


@dataclass(frozen=True, slots=True)
class Named:
    """The actors a source means: names for people to read, ids, countries, and whether both sides act."""

    entities: tuple[str, ...]
    ids: tuple[str, ...]
    countries: tuple[str, ...]
    joint: bool


class Naming:
    """Resolves sources of one text through its mentions."""

    def __init__(
        self, document: Document, source: Source, actors: Sequence[Actor], mentions: Sequence[Mention]
    ) -> None:
        self._document = document
        self._source = source
        self._actors = {actor.id: actor for actor in actors}
        self._mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [mention.start for mention in self._mentions]

    def of(self, attribution: Attribution, last_joint: Named | None) -> Named:
        """Whom the source of ``attribution`` means; "they" without a mention is the last that acted together."""
        if attribution.source is None:
            return Named((), (), (), False)
        start, end = attribution.source
        words = self._source.text[start:end]
        ids = self._ids(start, end, attribution)
        if ids:
            actors = [self._actors[i] for i in ids]
            countries = tuple(dict.fromkeys(a.country for a in actors if a.country))
            joint = len(ids) > 1 and (len(countries) > 1 or bool(_JOINT.search(words)) or not countries)
            joint = joint or (len(ids) == 1 and self._list(attribution))
            return Named(tuple(a.name for a in actors), tuple(ids), countries, joint)
        joint = bool(_JOINT.search(words)) or self._list(attribution)
        if words.lower() == "we" and self._alone(attribution):
            land = self._document.country
            return Named((words if land is None else f"Government of {land}",), (), (), False)
        if words.lower() in ("they", "both") and last_joint is not None:
            return last_joint
        if joint and last_joint is not None and not self._list(attribution):
            return last_joint
        return Named((re.sub(r"['’]s$", "", " ".join(words.split())),), (), (), joint)

    def _alone(self, attribution: Attribution) -> bool:
        """Whether "we" is the publisher of an official text by itself, and not both sides of a joint one."""
        quoted = self._source.quote_of[attribution.verb] >= 0
        official = self._document.kind not in ("joint_statement", "news") and self._document.country is not None
        return official and not quoted and attribution.lemma not in _TOGETHER

    def _list(self, attribution: Attribution) -> bool:
        """ "A and B": two names joined."""
        if attribution.head is None or attribution.source is None:
            return False
        head = self._source.doc[attribution.head]
        end = attribution.source[1]
        return head.pos_ in ("PROPN", "NOUN") and any(t.pos_ == "PROPN" and t.idx < end for t in head.conjuncts)

    def _ids(self, start: int, end: int, attribution: Attribution) -> list[str]:
        """Actors of the mentions in the source: of the one that holds its head, or of all joined to it."""
        low = bisect.bisect_left(self._starts, start)
        while low > 0 and self._mentions[low - 1].end > start:
            low -= 1
        inside = []
        for mention in self._mentions[low:]:
            if mention.start >= end:
                break
            if mention.end > start and mention.actors:
                inside.append(mention)
        if not inside or attribution.head is None:
            return []
        doc = self._source.doc
        head = doc[attribution.head]
        heads = [head, *(t for t in head.conjuncts if start <= t.idx < end)]
        ids: list[str] = []
        for token in heads:
            holding = [m for m in inside if m.start <= token.idx < m.end]
            # The longest mention that holds the head names it best: "the ministry's spokesman".
            for mention in sorted(holding, key=lambda m: m.start - m.end)[:1]:
                ids.extend(i for i in mention.actors if i not in ids and i in self._actors)
        return ids


def unnamed(words: str) -> bool:
    """Whether the words name nobody in particular: "officials", "some experts"."""
    return bool(_UNNAMED.search(words))
