"""Conferences: their names, who hosts them, and summits told of in passing by their place or time alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.contact_merge import Candidate
from diptych.annotate.lexicon import vocabulary
from diptych.records import Participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diptych.annotate.contact_words import ContactCue
    from diptych.annotate.parties import Parties
    from diptych.annotate.scene import Scene
    from diptych.records import ContactStatus, When

_HOSTING = vocabulary("host hosts hosted hosting organise organize organising organizing convene convenes")
_DAYS = vocabulary(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)
_PAST_TIME = frozenset(("year", "month", "week"))
_OWNER = frozenset(("'s", "’s"))


def event_of(scene: Scene, cue: ContactCue) -> tuple[int, int] | None:
    """Return the words of the name of a conference: "Munich Security Conference", "Summit for Democracy"."""
    words = scene.words
    if cue.form != "noun" or cue.kind not in ("summit", "multilateral") or not words.capital[cue.head]:
        return None
    floor, end = words.sentences[words.sentence[cue.head]]
    first, last = cue.head, cue.head + 1
    while first > floor and words.capital[first - 1] and words.form[first - 1][0].isalpha():
        first -= 1
    if (
        last + 1 < end
        and words.lower[last] in ("for", "on", "of")
        and words.capital[last + 1]
        and words.lower[last + 1] not in _DAYS
    ):
        last += 1
        while last < end and words.capital[last]:
            last += 1
    return (first, last) if last - first > 1 else None


def is_setting(scene: Scene, cue: ContactCue, cues: Sequence[ContactCue], event: tuple[int, int]) -> bool:
    """Whether the conference is only where another contact took place: "met at the ASEAN Regional Forum"."""
    before = scene.words.lower[max(event[0] - 2, 0) : event[0]]
    others = [c for c in cues if c is not cue and c.kind in ("meeting", "phone_call", "video_call", "trilateral")]
    return bool({"at", "during"} & set(before)) and bool(others)


def host_of(scene: Scene, cue: ContactCue) -> tuple[str, ...]:
    """Return the state that hosts a conference: "South Ostravia is hosting the Summit for Democracy"."""
    words = scene.words
    floor, end = words.sentences[words.sentence[cue.head]]
    if words.lower[cue.last : cue.last + 1] in (("that",), ("which",)) and cue.last + 1 < end:
        # "the Summit that South Ostravia will host"
        k = cue.last + 1 + (words.lower[cue.last + 1] == "the")
        told = scene.mentions[scene.others[k]].actors if k < end and scene.others[k] >= 0 else ()
        if told and _HOSTING & set(words.lower[k + 1 : min(end, k + 5)]):
            return told[:1]
    verb = next((k for k in range(cue.first - 1, floor, -1) if words.lower[k] in _HOSTING), None)
    for k in range(verb - 1, max(floor, verb - 6) - 1, -1) if verb is not None else ():
        if scene.others[k] >= 0:
            return tuple(a for a in scene.mentions[scene.others[k]].actors if scene.actors[a].kind == "state")[:1]
    return ()


def hosts(scene: Scene, cue: ContactCue) -> bool:
    """Whether someone holds a summit of many: "he would host a summit of the four states"."""
    lower = scene.words.lower
    return cue.kind == "summit" and bool(_HOSTING & set(lower[max(cue.first - 3, 0) : cue.first]))


def states_in_passing(scene: Scene, cue: ContactCue, parties: Parties, status: ContactStatus) -> tuple[str, ...]:
    """Return the states of a summit told of by its place or time alone: "last year's Camp David summit"."""
    words = scene.words
    if cue.form != "noun" or cue.kind not in ("summit", "trilateral") or parties.everyone or status != "held":
        return ()
    floor, end = words.sentences[words.sentence[cue.head]]
    lead = set(words.lower[max(floor, cue.head - 6) : cue.head])
    dated = bool(_PAST_TIME & lead) and bool(_OWNER & lead)
    if not dated and not (cue.definite and cue.head > floor and words.capital[cue.head - 1]):
        return ()
    told = [m for m in dict.fromkeys((*scene.people[floor:end], *scene.others[floor:end])) if m >= 0]
    lands = dict.fromkeys(scene.actors[a].country for m in told for a in scene.mentions[m].actors)
    states = tuple(land for land in lands if land is not None and len(land) >= 3)
    return states if len(states) > 1 else ()


def between_states(scene: Scene, cue: ContactCue, lands: tuple[str, ...], when: When | None) -> Candidate:
    """Return the contact in the past of states of which nobody is named."""
    words = scene.words
    sentence = words.sentence[cue.head]
    first, last = words.sentences[sentence]
    return Candidate(
        kind=cue.kind,
        status="held",
        actors=(),
        label=None,
        when=when,
        place=None,
        sentence=sentence,
        start=words.start[first],
        end=words.end[last - 1],
        generic=False,
        background=True,
        unnamed=tuple(Participant(name=None, country=land, side=land) for land in lands),
    )
