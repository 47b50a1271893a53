"""Nouns that tell of a contact: "their first telephone conversation", "talks", "a courtesy call", "the visit"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from diptych.annotate.contact_words import CALL_WORDS, PRESS, VIDEO_WORDS, ContactCue, person_within, window
from diptych.annotate.lexicon import vocabulary

if TYPE_CHECKING:
    from diptych.annotate.words import Words
    from diptych.records import ContactKind

NOUNS: dict[str, ContactKind] = {
    "call": "phone_call",
    "calls": "phone_call",
    "conversation": "phone_call",
    "conversations": "phone_call",
    "videoconference": "video_call",
    "video-conference": "video_call",
    "teleconference": "video_call",
    "meeting": "meeting",
    "meetings": "meeting",
    "talks": "meeting",
    "talk": "phone_call",
    "consultation": "meeting",
    "consultations": "meeting",
    "dialogue": "meeting",
    "negotiations": "meeting",
    "luncheon": "meeting",
    "lunch": "meeting",
    "dinner": "meeting",
    "breakfast": "meeting",
    "summit": "summit",
    "visit": "visit",
    "visits": "visit",
    "trip": "visit",
    "stay": "visit",
    "conference": "multilateral",
    "briefing": "press_conference",
    "forum": "multilateral",
    "letter": "message",
    "message": "message",
    "telegram": "message",
    "condolences": "message",
    "greetings": "message",
}


def noun_cue(words: Words, i: int, person_at: list[int]) -> ContactCue | None:
    """Return the cue that the noun at word ``i`` makes, None where it tells of no contact."""
    lower, n = words.lower, len(words)
    word = lower[i]
    kind = NOUNS[word]
    sentence_start = words.sentences[words.sentence[i]][0]
    first = i
    while first > sentence_start and i - first < 7 and lower[first - 1] in _BEFORE_NOUN:
        first -= 1
    while first < i and lower[first] in ("and", ","):
        first += 1
    if _on_margins(words, first):
        return None
    modifiers = lower[first:i]
    after = lower[i + 1] if i + 1 < n else ""
    determiner = lower[first - 1] if first > sentence_start else ""
    ahead = {"next", "upcoming", "forthcoming", "subsequent"} & set(modifiers)
    definite = not ahead and determiner in ("the", "this", "that", "these", "their", "his", "her", "its", "'s", "’s")
    form: str | None = None
    if word in ("visit", "visits", "call", "calls", "stay") and not modifiers and determiner in _BEFORE_VERB:
        return None
    if word in _ABSTRACT and _abstract(words, first, i, determiner):
        return None
    if word == "briefing" and after in ("for", "to", "with") and set(window(words, i + 2, 4)) & PRESS:
        return ContactCue(first, i + 1, i, kind, "noun", "briefing for the press")
    if word in ("call", "calls"):
        if determiner in ("to", "will", "would", "and", "we", "i", "they") and not modifiers:
            return None
        if after in ("for", "to", "upon") and not set(modifiers) & CALL_WORDS:
            return None
        if "courtesy" in modifiers:
            kind, form = "meeting", "courtesy call"
        elif set(modifiers) & VIDEO_WORDS:
            kind = "video_call"
    elif word in ("conversation", "conversations", "talk", "talks", "discussion"):
        if set(modifiers) & VIDEO_WORDS or (word.startswith("conv") and _near_video(lower, i)):
            kind = "video_call"
        elif word == "conversation" and {"initiative", "call"} & set(window(words, i + 1, 9)):
            # who met says where; that one side rang the other is told as its initiative
            kind = "phone_call"
        elif set(modifiers) & {"telephone", "phone", "telephonic"} or _by_phone(words, i):
            kind = "phone_call"
        elif word == "talk":
            return None
        elif word in ("conversation", "conversations") and "telephone" not in lower:
            kind = "meeting"
    elif word in (
        "meeting",
        "meetings",
        "consultation",
        "consultations",
        "dialogue",
        "negotiations",
        "lunch",
        "dinner",
        "luncheon",
        "breakfast",
    ):
        if (
            word in ("meeting",)
            and determiner in ("is", "are", "was", "were", "be", "by", "of")
            and not modifiers
            and person_within(person_at, words, i + 1, 6)
            and after == "with"
        ):
            pass
        if set(modifiers) & VIDEO_WORDS or (after in ("by", "via", "through", "held") and _near_video(lower, i)):
            kind = "video_call"
        if word in ("lunch", "dinner", "luncheon", "breakfast"):
            form = word
    elif word == "conference":
        if modifiers and modifiers[-1] in ("press", "news"):
            kind = "press_conference"
        elif "video" in modifiers or (modifiers and modifiers[-1] == "telephone"):
            kind = "video_call"
    elif (
        word == "briefing"
        and not (set(modifiers) & {"press", "media", "news", "daily"} or after in ("for", "with", "to"))
    ) or (word == "message" and not (set(modifiers) & {"congratulatory", "personal", "written", "verbal", "oral"})):
        return None
    elif word in ("visit", "visits", "trip", "stay"):
        form = next(
            (
                f"{m} visit"
                for m in modifiers
                if m in ("official", "state", "working", "courtesy", "introductory", "private")
            ),
            None,
        )
    if kind in ("meeting", "summit") and modifiers:
        text = " ".join(modifiers)
        if "trilateral" in modifiers or "three-way" in modifiers:
            kind = "trilateral"
        if "two plus two" in text or "2+2" in text:
            form = "two plus two"
        elif "ministerial" in modifiers and word == "meeting" and not form:
            form = "ministerial"
    if (word in ("talks", "consultations", "negotiations") and "working-level" in modifiers) or (
        "working" in modifiers and "level" in modifiers
    ):
        form = form or "working level"
    return ContactCue(
        first,
        i + 1,
        i,
        kind,
        "noun",
        form,
        definite,
        word in ("visit", "visits", "trip", "stay"),
        word in ("meetings", "calls", "visits"),
    )


_BEFORE_VERB = vocabulary("will to would could may might can should he she they i we")


_ABSTRACT = frozenset(("consultations", "dialogue", "negotiations", "talks", "consultation"))


_KEEPING = vocabulary(
    "continue continuing resume resuming strengthen strengthening expand deepen maintain enhance promote facilitate "
    "support pursue intensify for through of to on and in close"
)


def _abstract(words: Words, first: int, i: int, determiner: str) -> bool:
    """Whether "dialogue", "close consultations" is a way of dealing with each other, not an event."""
    lower = words.lower
    if words.capital[i] or determiner in ("the", "a", "an", "their", "his", "her", "'s", "’s", "its", "this", "these"):
        return False
    if set(lower[first:i]) & _COUNTED or (
        first > 1 and lower[first - 2] in ("days", "day", "round", "rounds", "hours", "series")
    ):
        return False
    if (
        determiner == "and"
        and first > 1
        and lower[first - 2] in ("communication", "cooperation", "coordination", "exchanges")
    ):
        return True
    return determiner in _KEEPING and not (determiner == "for" and lower[i] == "talks")


_COUNTED = vocabulary("first second third next bilateral trilateral regular annual working-level two")


def _on_margins(words: Words, first: int) -> bool:
    """Whether the noun is the event on whose margins something else takes place."""
    lower = words.lower
    for k in range(max(first - 6, 0), first):
        if lower[k] in ("margins", "sidelines", "fringes") and lower[k + 1] == "of":
            return True
    return False


def _near_video(lower: tuple[str, ...], i: int) -> bool:
    return any(w in VIDEO_WORDS for w in lower[max(0, i - 3) : i + 8])


def _by_phone(words: Words, i: int) -> bool:
    near = window(words, i + 1, 12)
    return any(a in ("by", "over", "the", "on", "via") and b in ("phone", "telephone") for a, b in pairwise(near))


_BEFORE_NOUN = vocabulary(
    "first second third fourth fifth sixth latest last next upcoming recent previous earlier separate bilateral "
    "trilateral multilateral telephone phone telephonic video virtual online secure brief short long lengthy "
    "productive constructive candid substantive in-depth frank cordial friendly warm official working courtesy "
    "state private formal informal face-to-face one-on-one in-person introductory extended expanded restricted "
    "high-level high ministerial vice-ministerial working-level level press news joint regular annual inaugural "
    "emergency special extraordinary plenary two plus 2+2 hourlong hour-long two-hour one-hour hour three-way "
    "four-way historic planned scheduled possible potential separate detailed broad-ranging wide-ranging delegation "
    "peace summit ministers' ministers’ foreign foreign-ministerial defense defence leaders' leaders’ strategic "
    "security economic trade new another subsequent follow-up overseas three-day two-day four-day day five-day "
    "daily media congratulatory personal written verbal oral conference negotiation very more and thorough useful "
    "regional round weeklong week-long asia state-level joint- visit's tete-a-tete tête-à-tête narrow closed-door "
    "business reception leader-level minister-level evening morning"
)
