"""The words that tell of a contact: "spoke with", "held talks", "his visit to", "a courtesy call on"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.annotate.lexicon import vocabulary

if TYPE_CHECKING:
    from diptych.annotate.words import Words
    from diptych.records import ContactKind

CueForm = Literal["verb", "noun"]

#: What the object or the "with" phrase of each verb is to the contact.
_MEET = frozenset(("met", "meet", "meets"))
_SPEAK = frozenset(("spoke", "speak", "speaks", "spoken", "talked", "talk", "conversed", "speaking", "talking"))
_HOST = frozenset(
    (
        "received",
        "receive",
        "receives",
        "hosted",
        "host",
        "hosts",
        "welcomed",
        "welcome",
        "welcomes",
        "receiving",
        "hosting",
    )
)
_VISIT = frozenset(
    (
        "visited",
        "visits",
        "visit",
        "visiting",
        "arrived",
        "arrives",
        "arrive",
        "travelled",
        "traveled",
        "travels",
        "travel",
        "travelling",
        "traveling",
    )
)
_PHONE = frozenset(("phoned", "telephoned", "called", "calls", "call"))
_SEND = frozenset(("sent", "send", "sends", "conveyed", "extended", "addressed"))
#: Verbs that make a noun of contact an event of their subject.
HOLD = vocabulary(
    "hold have conduct attend join begin open conclude chair co-chair cochair host lead participate take make pay "
    "receive get lead finish continue resume launch convene arrange schedule start end complete embark undertake come go be give"
)
_CALL_WORDS = frozenset(("telephone", "phone", "telephonic", "conference"))
_VIDEO_WORDS = frozenset(
    (
        "video",
        "videoconference",
        "video-conference",
        "virtual",
        "virtually",
        "teleconference",
        "videoconferencing",
        "online",
        "video-link",
        "videolink",
    )
)

_NOUNS: dict[str, ContactKind] = {
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
#: Nouns that stand for a contact told already only with an article ("the meeting").
_SMALL = frozenset(
    (
        "call",
        "calls",
        "talk",
        "stay",
        "letter",
        "message",
        "greetings",
        "condolences",
        "dialogue",
        "forum",
        "conference",
        "briefing",
        "conversations",
    )
)
_MEET_OBJECTS = vocabulary(
    "need needs challenge challenges demand demands target targets requirement requirements commitment "
    "commitments goal goals criteria standards threat threats obligations expectations conditions aspirations moment"
)
_PRESS = frozenset(("reporters", "journalists", "press", "media", "correspondents", "newsmen"))
_MODALS = frozenset(("will", "would", "could", "may", "might", "should", "to"))


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


def find_cues(words: Words, person_at: list[int]) -> list[ContactCue]:
    """Return the cues in order. ``person_at[i]`` is the mention that covers word ``i``, or -1."""
    out: list[ContactCue] = []
    lower, n = words.lower, len(words)
    for i in range(n):
        if person_at[i] >= 0 and lower[i] not in _NOUNS:
            continue
        word = lower[i]
        cue: ContactCue | None = None
        if word in _NOUNS:
            cue = _noun(words, i, person_at)
            if cue is None and word in ("call", "calls", "visit", "visits", "talk"):
                cue = _verb(words, i, person_at)
        else:
            cue = _verb(words, i, person_at)
        if cue is not None and not (out and out[-1].last > cue.head):
            out.append(cue)
    return out


def _window(words: Words, i: int, size: int) -> tuple[str, ...]:
    end = min(words.sentences[words.sentence[i]][1], i + size)
    return words.lower[i:end]


def _video(words: Words, i: int) -> bool:
    near = _window(words, i, 14)
    return any(w in _VIDEO_WORDS for w in near)


def _verb(words: Words, i: int, person_at: list[int]) -> ContactCue | None:
    lower, n = words.lower, len(words)
    word = lower[i]
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < n else ""
    if word in _MEET:
        if any(w in _MEET_OBJECTS for w in _window(words, i + 1, 6)) and after not in ("with", "today", "virtually"):
            return None
        if before in ("the", "a"):
            return None
        near = _window(words, i + 1, 12)
        video = "virtually" in near[:6] or any(
            w in ("video", "videoconference", "video-conference", "videoconferencing") for w in near
        )
        return ContactCue(i, i + 1, i, "video_call" if video else "meeting", "verb")
    if word == "met" or (word == "conferred" and after == "with"):
        return ContactCue(i, i + 1, i, "meeting", "verb")
    if word in _SPEAK and before not in ("the", "a", "this", "that", "peace"):
        return _spoke(words, i, person_at)
    if word in ("phoned", "telephoned"):
        return ContactCue(i, i + 1, i, "phone_call", "verb")
    if word in ("called", "calls", "call"):
        if (
            after == "on"
            and i + 2 < n
            and _person_within(person_at, words, i + 2, 3)
            and not _urges(words, i + 2, person_at)
        ):
            return ContactCue(i, i + 2, i, "meeting", "verb", "courtesy call")
        if (
            word == "called"
            and _person_within(person_at, words, i + 1, 2)
            and before not in ("was", "is", "so", "be", "been", "also-called")
        ):
            return ContactCue(i, i + 1, i, "phone_call", "verb")
        return None
    if word == "received" and before in ("was", "were", "been") and "by" in _window(words, i + 1, 8):
        return ContactCue(i, i + 1, i, "meeting", "verb")
    if (
        word in ("discussed", "exchanged", "reviewed", "talked")
        and i
        and (person_at[i - 1] >= 0 or before in ("also", "both"))
    ):
        return ContactCue(i, i + 1, i, "other", "verb", several=True)
    if (
        word in ("phone", "telephone")
        and before in ("the", "by")
        and lower[i - 2 : i - 1] in (("over",), ("on",), ("via",))
    ):
        return ContactCue(i, i + 1, i, "phone_call", "noun", "by phone")
    if (
        word in ("received", "hosted", "receives")
        and before not in ("the", "a", "was", "be", "is")
        and after
        in (
            "today",
            "in",
            "at",
            "on",
            "this",
            "yesterday",
        )
    ):
        return ContactCue(i, i + 1, i, "meeting", "verb", several=True)
    if word in _HOST and before not in ("the", "a", "was", "be", "is"):
        if _person_within(person_at, words, i + 1, 4) and not _possessed(words, i + 1, person_at):
            video = any(w in _VIDEO_WORDS for w in _window(words, i, 20))
            return ContactCue(i, i + 1, i, "video_call" if video else "meeting", "verb")
        return None
    if word in ("co-chaired", "cochaired", "co-chair", "chaired") and after != "by":
        return ContactCue(i, i + 1, i, "meeting", "verb", several=True)
    if word in ("led", "headed", "represented") and _delegation(words, i):
        return ContactCue(i, i + 1, i, "meeting", "verb", joins=True)
    if word in _VISIT:
        if word in ("visit", "visits", "travel", "travels") and before in (
            "the",
            "a",
            "his",
            "her",
            "their",
            "this",
            "official",
            "working",
            "state",
        ):
            return None
        return ContactCue(i, i + 1, i, "visit", "verb", place_follows=True)
    if word in ("told", "explained", "said", "speaking", "spoke", "remarks", "answered", "briefed"):
        k = i + 1
        while k < n and k - i < 12 and person_at[k] >= 0:
            k += 1
        near = _window(words, k, 5) if k < n else ()
        if any(w in _PRESS for w in near[:3]) and (word != "said" or near[:1] == ("to",)):
            return ContactCue(i, i + 1, i, "press_conference", "verb", "remarks to the press")
        return None
    if word in _SEND:
        near = _window(words, i + 1, 12)
        if word == "sent" and any(
            w in ("message", "letter", "telegram", "greetings", "condolences", "congratulations") for w in near
        ):
            return ContactCue(i, i + 1, i, "message", "verb")
    return None


def _delegation(words: Words, i: int) -> bool:
    """Whether a side is said to be led by someone: "the X delegation was led by", "A led the X side"."""
    lower = words.lower
    floor, end = words.sentences[words.sentence[i]]
    if i + 1 < end and lower[i + 1] == "by":
        return lower[i] == "represented" or any(
            w in ("delegation", "side", "team") for w in lower[max(floor, i - 5) : i]
        )
    return any(w in ("delegation", "side", "team") for w in lower[i + 1 : min(end, i + 6)])


def _spoke(words: Words, i: int, person_at: list[int]) -> ContactCue | None:
    near = _window(words, i + 1, 14)
    if any(w in _PRESS for w in near[:3]):
        return ContactCue(i, i + 1, i, "press_conference", "verb", "remarks to the press")
    phone = any(w in ("phone", "telephone") for w in near)
    video = any(w in _VIDEO_WORDS for w in near[:8])
    text = " ".join(near)
    person = "in person" in text or "margins of" in text or "sidelines of" in text or " at the g" in text
    kind: ContactKind = "video_call" if video else "meeting" if person else "phone_call"
    link = next((k for k, w in enumerate(near) if w in ("with", "to")), None)
    if link is not None and any(w in ("”", '"', "’", ";") for w in near[:link]):
        link = None
    if not phone and not video:
        named = (
            link is not None
            and link <= (12 if person else 7)
            and (
                _person_within(person_at, words, i + 1 + link, 8 if near[link] == "with" else 4)
                or near[link + 1 : link + 2] in (("his",), ("her",))
            )
        )
        if not named:
            # "President A and President B spoke today about ..."
            if words.lower[i] == "spoke" and i and (person_at[i - 1] >= 0 or words.lower[i - 1] in ("also", "both")):
                return ContactCue(i, i + 1, i, kind, "verb", several=True)
            return None
    return ContactCue(i, i + 1, i, kind, "verb")


def _person_within(person_at: list[int], words: Words, i: int, reach: int) -> bool:
    end = min(words.sentences[words.sentence[min(i, len(words) - 1)]][1], i + reach)
    return any(person_at[k] >= 0 for k in range(i, end))


def _end_of_person(words: Words, i: int, person_at: list[int]) -> int:
    k = i
    while k < len(words) and person_at[k] < 0 and k < i + 4:
        k += 1
    while k < len(words) and person_at[k] >= 0:
        k += 1
    return k


def _possessed(words: Words, i: int, person_at: list[int]) -> bool:
    k = _end_of_person(words, i, person_at)
    return k < len(words) and words.lower[k] in ("'s", "’s")


def _urges(words: Words, i: int, person_at: list[int]) -> bool:
    k = _end_of_person(words, i, person_at)
    return k < len(words) and words.lower[k] in ("to", "for")


def _noun(words: Words, i: int, person_at: list[int]) -> ContactCue | None:
    lower, n = words.lower, len(words)
    word = lower[i]
    kind = _NOUNS[word]
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
    definite = determiner in ("the", "this", "that", "these", "their", "his", "her", "its", "'s", "’s")
    form: str | None = None
    if word in ("visit", "visits", "call", "calls") and not modifiers and determiner in _BEFORE_VERB:
        return None
    if word in _ABSTRACT and _abstract(words, first, i, determiner):
        return None
    if word == "briefing" and after in ("for", "to", "with") and set(_window(words, i + 2, 4)) & _PRESS:
        return ContactCue(first, i + 1, i, kind, "noun", "briefing for the press")
    if word in ("call", "calls"):
        if determiner in ("to", "will", "would", "and", "we", "i", "they") and not modifiers:
            return None
        if after in ("for", "to", "upon") and not set(modifiers) & _CALL_WORDS:
            return None
        if "courtesy" in modifiers:
            kind, form = "meeting", "courtesy call"
        elif set(modifiers) & _VIDEO_WORDS:
            kind = "video_call"
    elif word in ("conversation", "conversations", "talk", "talks", "discussion"):
        if set(modifiers) & _VIDEO_WORDS or (word.startswith("conv") and _near_video(lower, i)):
            kind = "video_call"
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
            and _person_within(person_at, words, i + 1, 6)
            and after == "with"
        ):
            pass
        if set(modifiers) & _VIDEO_WORDS or (after in ("by", "via", "through", "held") and _near_video(lower, i)):
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


_BEFORE_VERB = frozenset(
    ("will", "to", "would", "could", "may", "might", "can", "should", "he", "she", "they", "i", "we")
)
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
    return any(w in _VIDEO_WORDS for w in lower[max(0, i - 3) : i + 8])


def _by_phone(words: Words, i: int) -> bool:
    near = _window(words, i + 1, 12)
    return any(
        a in ("by", "over", "the", "on", "via") and b in ("phone", "telephone")
        for a, b in zip(near, near[1:], strict=False)
    )


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
