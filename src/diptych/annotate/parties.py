"""Who takes part: the people on both sides of a word of contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.annotate.contact_words import HOLD, ContactCue
from diptych.annotate.lexicon import vocabulary
from diptych.annotate.scene import Scene, coordinated, governing_verb, subject_actors

if TYPE_CHECKING:
    from diptych.annotate.words import Words

_STOP = vocabulary(
    "about regarding concerning discuss discussing where which while because whether if although though as until "
    "unless so ; : . ? ! — – ( )"
)
_COLLECTIVE = vocabulary(
    "scholars representatives members officials executives leaders ministers businessmen entrepreneurs aides "
    "lawmakers students experts researchers reporters ambassadors delegates delegation officers senators families "
    "governors mayors ceos investors counterparts envoys diplomats activists journalists refugees veterans "
    "parliamentarians chiefs heads community diaspora team group staff personnel"
)
_GENITIVE = ("'s", "’s", "'", "’")
_CUT = vocabulary("on in at to today yesterday tomorrow this last and who which that during for after before , . ; :")


@dataclass(frozen=True, slots=True)
class Parties:
    """Actors on the left and on the right of a cue; ``label`` names a party without a name ("scholars at ...")."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    label: str | None = None

    @property
    def everyone(self) -> tuple[str, ...]:
        """All actors, left first, each once."""
        return tuple(dict.fromkeys((*self.left, *self.right)))


def parties_of(scene: Scene, cue: ContactCue) -> Parties:
    """Read who takes part in the contact of ``cue``, as far as its own sentence tells."""
    return _of_verb(scene, cue) if cue.form == "verb" else _of_noun(scene, cue)


def _of_verb(scene: Scene, cue: ContactCue) -> Parties:
    token = scene.token(cue.head)
    left = subject_actors(scene, token, cue.first)
    if not left and not cue.place_follows and cue.kind != "other":
        left = _nearest_left(scene, cue.first)
    if cue.kind in ("press_conference", "other"):
        return Parties(left=left)
    if cue.place_follows:
        return Parties(left=left, right=_company(scene, cue))
    right, label = _right(scene, cue.last, 16)
    if scene.words.lower[cue.last : cue.last + 1] in (("him",), ("her",), ("them",)) and _is_object(scene, cue.last):
        right, label = _object(scene, cue, left), None
    right = tuple(a for a in right if a not in left)
    return Parties(left=left, right=right, label=label)


def _is_object(scene: Scene, i: int) -> bool:
    """Whether "her" is somebody, not whose counterpart it is."""
    return scene.people[i] < 0 and scene.token(i).tag_ == "PRP"


def _object(scene: Scene, cue: ContactCue, left: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom "him", "her" means: the first of the sentence who is not the subject."""
    floor = scene.words.sentences[scene.words.sentence[cue.head]][0]
    for k in range(floor, cue.first):
        if scene.people[k] >= 0:
            others = tuple(a for a in scene.mentions[scene.people[k]].actors if a not in left)
            if others:
                return others[:1]
    return ()


def _company(scene: Scene, cue: ContactCue) -> tuple[str, ...]:
    """Return who travels along ("along with X", "accompanied by X")."""
    lower = scene.words.lower
    end = scene.words.sentences[scene.words.sentence[cue.head]][1]
    for k in range(cue.last, min(end - 1, cue.last + 12)):
        pair = lower[k : k + 2]
        if pair in (("along", "with"), ("together", "with"), ("accompanied", "by")):
            return _right(scene, k + 1, 8)[0]
    return ()


def _nearest_left(scene: Scene, i: int) -> tuple[str, ...]:
    floor = scene.words.sentences[scene.words.sentence[i]][0]
    for k in range(i - 1, floor - 1, -1):
        if scene.people[k] >= 0:
            return coordinated(scene, k, scene.people, i)
    return ()


def _right(scene: Scene, i: int, reach: int) -> tuple[tuple[str, ...], str | None]:
    """Scan to the right for the other side: a mention of people, or words for people without names."""
    words = scene.words
    end = words.sentences[words.sentence[min(i, len(words) - 1)]][1]
    k = i
    linked = False
    while k < end and k - i < reach:
        word = words.lower[k]
        if scene.people[k] >= 0:
            mention = scene.mentions[scene.people[k]]
            if scene.ranges[scene.people[k]][1] < end and words.lower[scene.ranges[scene.people[k]][1]] in _GENITIVE:
                k = scene.ranges[scene.people[k]][1] + 1
                continue
            if mention.form == "unnamed" or not mention.actors:
                start = k
                while start > i and words.lower[start - 1] not in ("with", "to", "and", ",", "from"):
                    start -= 1
                return (), _label(words, start, end)
            return coordinated(scene, k, scene.people), None
        if word in _COLLECTIVE and linked:
            start = k
            while start > i and words.lower[start - 1] not in ("with", "to", "and", ",") and start > i:
                start -= 1
            return (), _label(words, start, end)
        if word in ("with", "to", "between", "met", "meet", "by", "from"):
            linked = True
        if word in _STOP or (word == "that" and k > i):
            break
        k += 1
    return (), None


def _label(words: Words, start: int, end: int) -> str:
    """Return the words for a party without a name, up to where its noun phrase is likely to end."""
    k = start
    seen = False
    while k < end and k - start < 14:
        word = words.lower[k]
        seen = seen or word in _COLLECTIVE
        if (
            seen
            and k > start
            and word in _CUT
            and not (word in ("in", "for", "at") and words.capital[min(k + 1, end - 1)] and False)
        ):
            break
        k += 1
    return words.span(start, max(k, start + 1))


def _of_noun(scene: Scene, cue: ContactCue) -> Parties:
    words = scene.words
    if cue.format == "by phone":
        # "A congratulated B over the phone": the first two people of the sentence
        floor = words.sentences[words.sentence[cue.head]][0]
        spoken = [
            coordinated(scene, k, scene.people, cue.first) for k in range(floor, cue.first) if scene.people[k] >= 0
        ]
        return Parties(left=tuple(dict.fromkeys(a for group in spoken for a in group))[:2])
    lower = words.lower
    end = words.sentences[words.sentence[cue.head]][1]
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    label: str | None = None
    k = cue.last if not cue.place_follows else end
    while k < end and k - cue.last < 12:
        if lower[k] in ("with", "between", "among", "involving") or (
            lower[k] == "from" and cue.kind in ("phone_call", "video_call")
        ):
            if lower[k] != "with" and lower[k] != "from":
                right = _between(scene, k + 1, end)
                if len(right) > 1 and cue.kind in ("meeting", "summit", "trilateral", "multilateral"):
                    # all who took part are told; whoever speaks of the contact need not have been there
                    return Parties(right=right)
            else:
                right, label = _right(scene, k, 14)
                if not right and label is None:
                    right = _states_right(scene, k + 1, end)
            break
        if lower[k] == "of" and k == cue.last and cue.kind in ("meeting", "summit", "trilateral", "multilateral"):
            members = _members(scene, k + 1, end)
            if len(members) > 1:
                return Parties(right=members)
        if lower[k] == "of" and lower[k - 1] in ("honour", "honor"):
            right, label = _right(scene, k, 10)
            break
        if lower[k] in _STOP or (lower[k] in ("said", "told", "agreed", "discussed") and k > cue.last):
            break
        k += 1
    before = cue.first - 1
    if before >= 0 and lower[before] in ("'s", "’s") and before > 0:
        left = coordinated(scene, before - 1, scene.people) or coordinated(scene, before - 1, scene.others)
    elif before >= 0 and lower[before] in ("his", "her", "their"):
        left = _owner(scene, cue, lower[before])
    if not left:
        # "President A's fruitful conversation with B", whatever stands between
        owner = next(
            (c for c in scene.token(cue.head).children if c.dep_ == "poss" and c.pos_ in ("PROPN", "NOUN")), None
        )
        if owner is not None:
            left = coordinated(scene, scene.word(owner), scene.people)
    if not left:
        verb = governing_verb(scene.token(cue.head))
        if verb is not None and (
            verb.lemma_.lower() in HOLD
            or cue.kind == "press_conference"
            or (cue.format is not None and cue.form == "noun")
            or right
            or label
        ):
            left = subject_actors(scene, verb, len(words), by=cue.kind == "press_conference")
            here = words.sentence[cue.head]
            if left and words.sentence[scene.word(verb)] != here:
                left = ()
    told = governing_verb(scene.token(cue.head)) if _opens(scene, cue) and not right and label is None else None
    if told is not None:
        # "In a telephone conversation, A congratulated B"
        left = left or subject_actors(scene, told, len(words))
        right = _right(scene, scene.word(told) + 1, 6)[0]
    if not left and (right or label) and _after_hold(lower, cue.first):
        left = _nearest_left(scene, cue.first)
    if lower[cue.last : cue.last + 1] == ("on",) and cue.format == "courtesy call":
        right, label = _right(scene, cue.last, 10)
    verb = governing_verb(scene.token(cue.head))
    if verb is not None and verb.lemma_.lower() == "join" and "for" in lower[max(cue.first - 2, 0) : cue.first]:
        # "A and B will join C and D for their meeting"
        subject = subject_actors(scene, verb, len(words))
        joined, _ = _right(scene, scene.word(verb) + 1, 8)
        left = tuple(dict.fromkeys((*subject, *joined)))
    if lower[cue.last : cue.last + 1] == ("by",) and not left:
        left, _ = _right(scene, cue.last, 8)
    extra = _chaired(scene, cue.head, end)
    right = tuple(a for a in (*right, *extra) if a not in left)
    return Parties(left=left, right=right, label=label)


def _opens(scene: Scene, cue: ContactCue) -> bool:
    """Whether the word of contact opens its sentence: "In a call today, A thanked B"."""
    words = scene.words
    floor = words.sentences[words.sentence[cue.head]][0]
    begins = words.lower[floor] in ("in", "during") and cue.first - floor < 3
    return begins and words.lower[cue.first - 1] in ("a", "an") and cue.kind in _TALKS


_TALKS = frozenset(("phone_call", "video_call", "meeting"))
_HELD = vocabulary(
    "held hold holds had has have conducted began opened concluded attended joined chaired received made paid "
    "holding having hosted led continued resumed"
)


def _after_hold(lower: tuple[str, ...], first: int) -> bool:
    """Whether the words of contact stand right behind a verb that makes them an event ("held talks")."""
    k = first - 1
    while k >= 0 and first - k < 4 and lower[k] in ("a", "an", "the", "their", "his", "her", "its", "also"):
        k -= 1
    return k >= 0 and lower[k] in _HELD


def _between(scene: Scene, i: int, end: int) -> tuple[str, ...]:
    for row in (scene.people, scene.others):
        out: list[str] = []
        k = i
        while k < end and k - i < 45 and len(out) < 4:
            if row[k] >= 0:
                found = coordinated(scene, k, row)
                out.extend(found)
                if len(out) > 1:
                    break
                k = scene.ranges[row[k]][1]
                continue
            if scene.words.lower[k] in ("to", "about", "where", "which", ";", "."):
                break
            k += 1
        if len(out) > 1:
            return tuple(dict.fromkeys(out))
    return ()


def _members(scene: Scene, i: int, end: int) -> tuple[str, ...]:
    """Return whose meeting it is: "a meeting of the foreign ministers of X and Y"."""
    for k in range(i, min(end, i + 3)):
        if scene.people[k] >= 0:
            return coordinated(scene, k, scene.people)
    return ()


def _states_right(scene: Scene, i: int, end: int) -> tuple[str, ...]:
    for k in range(i, min(end, i + 4)):
        if scene.others[k] >= 0:
            return coordinated(scene, k, scene.others)
    return ()


def _owner(scene: Scene, cue: ContactCue, word: str) -> tuple[str, ...]:
    """Resolve "his talks" to the person named last before it, "their meeting" to the people named first."""
    words = scene.words
    floor = words.sentences[words.sentence[cue.first]][0]
    if word != "their":
        for k in range(cue.first - 1, floor - 1, -1):
            if scene.people[k] >= 0:
                found = scene.mentions[scene.people[k]].actors
                return found[:1]
        return ()
    for k in range(floor, cue.first):
        if scene.people[k] >= 0:
            return coordinated(scene, k, scene.people, cue.first)
    return ()


def _chaired(scene: Scene, i: int, end: int) -> tuple[str, ...]:
    lower = scene.words.lower
    for k in range(i, min(end - 1, i + 30)):
        if lower[k] in ("chaired", "co-chaired", "cochaired", "headed", "led", "attended") and lower[k + 1] == "by":
            found: list[str] = []
            for q in range(k + 2, min(end, k + 40)):
                if scene.people[q] >= 0:
                    found.extend(scene.mentions[scene.people[q]].actors)
            return tuple(dict.fromkeys(found))[:4]
    return ()
