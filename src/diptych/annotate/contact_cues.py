"""The words that tell of a contact: "spoke with", "held talks", "his visit to", "a courtesy call on"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.contact_nouns import NOUNS, noun_cue
from diptych.annotate.contact_words import PRESS, VIDEO_WORDS, ContactCue, person_within, window
from diptych.annotate.lexicon import vocabulary

if TYPE_CHECKING:
    from diptych.annotate.words import Words
    from diptych.records import ContactKind

#: What the object or the "with" phrase of each verb is to the contact.
_MEET = frozenset(("met", "meet", "meets"))
_SPEAK = vocabulary("spoke speak speaks spoken talked talk conversed speaking talking")
_HOST = vocabulary("received receive receives hosted host hosts welcomed welcome welcomes receiving hosting welcoming")
_VISIT = vocabulary(
    "visited visits visit visiting arrived arrives arrive travelled traveled travels travel travelling traveling"
)
_SEND = frozenset(("sent", "send", "sends", "conveyed", "extended", "addressed"))
_MEET_OBJECTS = vocabulary(
    "need needs challenge challenges demand demands target targets requirement requirements commitment "
    "commitments goal goals criteria standards threat threats obligations expectations conditions aspirations moment"
)


def find_cues(words: Words, person_at: list[int]) -> list[ContactCue]:
    """Return the cues in order. ``person_at[i]`` is the mention that covers word ``i``, or -1."""
    out: list[ContactCue] = []
    lower, n = words.lower, len(words)
    for i in range(n):
        if person_at[i] >= 0 and lower[i] not in NOUNS:
            continue
        word = lower[i]
        cue: ContactCue | None = None
        if word in NOUNS:
            cue = noun_cue(words, i, person_at)
            if cue is None and word in ("call", "calls", "visit", "visits", "talk"):
                cue = _verb(words, i, person_at)
        else:
            cue = _verb(words, i, person_at)
        if cue is not None and not (out and out[-1].last > cue.head):
            out.append(cue)
    return out


def _verb(words: Words, i: int, person_at: list[int]) -> ContactCue | None:
    lower, n = words.lower, len(words)
    word = lower[i]
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < n else ""
    if word in _MEET:
        if any(w in _MEET_OBJECTS for w in window(words, i + 1, 6)) and after not in ("with", "today", "virtually"):
            return None
        if before in ("the", "a"):
            return None
        near = window(words, i + 1, 12)
        video = "virtually" in near[:6] or any(
            w in ("video", "videoconference", "video-conference", "videoconferencing") for w in near
        )
        return ContactCue(i, i + 1, i, "video_call" if video else "meeting", "verb")
    if word in ("conferred", "interacted") and after == "with":
        return ContactCue(i, i + 1, i, "meeting", "verb")
    if word in _SPEAK and before not in ("the", "a", "this", "that", "peace"):
        return _spoke(words, i, person_at)
    if word in ("phoned", "telephoned"):
        return ContactCue(i, i + 1, i, "phone_call", "verb")
    if word in ("called", "calls", "call"):
        if (
            after == "on"
            and i + 2 < n
            and person_within(person_at, words, i + 2, 3)
            and not _urges(words, i + 2, person_at)
        ):
            return ContactCue(i, i + 2, i, "meeting", "verb", "courtesy call")
        if (
            word == "called"
            and person_within(person_at, words, i + 1, 2)
            and before not in ("was", "is", "so", "be", "been", "also-called")
        ):
            return ContactCue(i, i + 1, i, "phone_call", "verb")
        return None
    if word == "received" and before in ("was", "were", "been") and "by" in window(words, i + 1, 8):
        return ContactCue(i, i + 1, i, "meeting", "verb")
    if word in _TOGETHER and _people_before(words, i, person_at):
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
        if (
            person_within(person_at, words, i + 1, 4)
            and not _possessed(words, i + 1, person_at)
            and not _of_something(words, i + 1, person_at)
        ):
            video = any(w in VIDEO_WORDS for w in window(words, i, 20))
            return ContactCue(i, i + 1, i, "video_call" if video else "meeting", "verb")
        return None
    if word in ("co-chaired", "cochaired", "co-chair", "chaired") and after != "by":
        return ContactCue(i, i + 1, i, "meeting", "verb", several=True)
    if word in ("convene", "convenes", "convened") and after not in ("a", "an", "the"):
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
        near = window(words, k, 5) if k < n else ()
        if any(w in PRESS for w in near[:3]) and (word != "said" or near[:1] == ("to",)):
            return ContactCue(i, i + 1, i, "press_conference", "verb", "remarks to the press")
        return None
    if word in _SEND:
        near = window(words, i + 1, 12)
        if word == "sent" and any(
            w in ("message", "letter", "telegram", "greetings", "condolences", "congratulations") for w in near
        ):
            return ContactCue(i, i + 1, i, "message", "verb")
    return None


_TOGETHER = frozenset(("discussed", "exchanged", "reviewed", "talked", "agreed", "concurred", "pledged", "vowed"))
_BETWEEN_SUBJECT = vocabulary(
    "today yesterday also both jointly have had on this morning afternoon monday tuesday wednesday thursday friday "
    "saturday sunday ,"
)


def _people_before(words: Words, i: int, person_at: list[int]) -> bool:
    """Whether people stand right before the verb at ``i``, days and adverbs aside."""
    k = i - 1
    floor = words.sentences[words.sentence[i]][0]
    while k > floor and i - k < 5 and person_at[k] < 0 and words.lower[k] in _BETWEEN_SUBJECT:
        k -= 1
    return k >= floor and person_at[k] >= 0


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
    near = window(words, i + 1, 14)
    if any(w in PRESS for w in near[:3]):
        return ContactCue(i, i + 1, i, "press_conference", "verb", "remarks to the press")
    phone = any(w in ("phone", "telephone") for w in near)
    video = any(w in VIDEO_WORDS for w in near[:8])
    text = " ".join(near)
    person = "in person" in text or "margins of" in text or "sidelines of" in text or _at_event(words, i)
    kind: ContactKind = "video_call" if video else "meeting" if person else "phone_call"
    link = next((k for k, w in enumerate(near) if w in ("with", "to")), None)
    if link is not None and any(w in ("”", '"', "’", ";") for w in near[:link]):
        link = None
    if link is not None and any(w in NOUNS for w in near[:link]):
        # "spoke after talks with X": the talks were with X
        link = None
    if not phone and not video:
        named = (
            link is not None
            and link <= (12 if person else 7)
            and (
                person_within(person_at, words, i + 1 + link, 8 if near[link] == "with" else 4)
                or near[link + 1 : link + 2] in (("his",), ("her",))
            )
        )
        if not named:
            # "President A and President B spoke today about ..."
            if words.lower[i] == "spoke" and i and (person_at[i - 1] >= 0 or words.lower[i - 1] in ("also", "both")):
                return ContactCue(i, i + 1, i, kind, "verb", several=True)
            return None
    return ContactCue(i, i + 1, i, kind, "verb")


def _of_something(words: Words, i: int, person_at: list[int]) -> bool:
    """Whether not the person is received but something of theirs: "welcomed the appointment of A"."""
    k = i
    while k < len(words) and person_at[k] < 0 and k < i + 5:
        if words.lower[k] in ("of", "from", "that"):
            return True
        k += 1
    return False


_EVENTS = vocabulary("summit forum conference assembly dialogue g20 g7 ministerial")


def _at_event(words: Words, i: int) -> bool:
    """Whether people speak at a conference, which is no call: "at the Munich Security Conference A spoke with B"."""
    first, last = words.sentences[words.sentence[i]]
    for k in range(first, min(last, i + 20) - 2):
        if words.lower[k] == "at" and words.lower[k + 1] == "the":
            return any(words.capital[m] and words.lower[m] in _EVENTS for m in range(k + 2, min(last, k + 8)))
    return False


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
