"""What the two readers of words of contact share: the cue they make, and the words both know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.annotate.lexicon import vocabulary

if TYPE_CHECKING:
    from diptych.annotate.words import Words
    from diptych.records import ContactKind

CueForm = Literal["verb", "noun"]

#: Verbs that make a noun of contact an event of their subject.
HOLD = vocabulary(
    "hold have conduct attend join begin open conclude chair co-chair cochair host lead participate take make "
    "pay receive get lead finish continue resume launch convene arrange schedule start end complete embark "
    "undertake come go be give"
)


CALL_WORDS = frozenset(("telephone", "phone", "telephonic", "conference"))


VIDEO_WORDS = vocabulary(
    "video videoconference video-conference virtual virtually teleconference videoconferencing online video- "
    "link videolink"
)


PRESS = frozenset(("reporters", "journalists", "press", "media", "correspondents", "newsmen"))


def window(words: Words, i: int, size: int) -> tuple[str, ...]:
    """Return up to ``size`` lower-case words from word ``i`` on, none beyond its sentence."""
    end = min(words.sentences[words.sentence[i]][1], i + size)
    return words.lower[i:end]


@dataclass(frozen=True, slots=True)
class ContactCue:
    """One word (or phrase) that tells of a contact: words ``first`` up to ``last``, ``head`` the word that decides."""

    first: int
    last: int
    head: int
    kind: ContactKind
    form: CueForm
    format: str | None = None
    definite: bool = False
    place_follows: bool = False
    several: bool = False
    joins: bool = False


def person_within(person_at: list[int], words: Words, i: int, reach: int) -> bool:
    """Whether people are mentioned among the ``reach`` words from word ``i`` on, in one sentence."""
    end = min(words.sentences[words.sentence[min(i, len(words) - 1)]][1], i + reach)
    return any(person_at[k] >= 0 for k in range(i, end))
