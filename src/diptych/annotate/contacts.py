"""Contacts: the calls, meetings and visits that a text tells of, each once, however often it is mentioned.

Every word of contact gives a candidate with its people, day and place as far as its own sentence tells. Candidates
that can be one contact are put together in the order of the text; two that cannot stay two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from diptych.annotate.contact_cues import ContactCue, find_cues
from diptych.annotate.contact_details import (
    duration_of,
    margins_of,
    ordinal_of,
    place_of,
    requested_by,
    status_of,
)
from diptych.annotate.dates import DayContext, DayExpression, Tense, find_days, resolve_day
from diptych.annotate.parties import Parties, Scene, lay_out, parties_of
from diptych.annotate.words import words_of
from diptych.records import Contact, Participant, When, content_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge
    from diptych.records import Actor, ContactKind, ContactStatus, DatePrecision, Document, Mention

_FAMILY = {
    "phone_call": "call",
    "video_call": "call",
    "meeting": "meeting",
    "summit": "meeting",
    "trilateral": "meeting",
    "multilateral": "multilateral",
    "visit": "visit",
    "press_conference": "press",
    "message": "message",
    "other": "other",
}
_TOLD = frozenset(
    [
        "said",
        "announced",
        "told",
        "stated",
        "added",
        "reported",
        "noted",
        "released",
        "issued",
        "declared",
        "explained",
        "published",
    ]
)
_HELD = ("held", "ongoing")
_AHEAD = ("planned", "proposed")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One telling of a contact; ``sentence`` and the character range it stands in."""

    kind: ContactKind
    status: ContactStatus
    actors: tuple[str, ...]
    label: str | None
    when: When | None
    place: str | None
    sentence: int
    start: int
    end: int
    generic: bool
    format: str | None = None
    requested_by: str | None = None
    duration: str | None = None
    ordinal: str | None = None
    background: bool = False
    weight: int = 0
    several: bool = False
    joins: bool = False
    definite: bool = False
    land: str | None = None
    unnamed: tuple[Participant, ...] = field(default=())


def find_contacts(
    document: Document, doc: Doc, actors: Sequence[Actor], mentions: Sequence[Mention], kb: Knowledge
) -> tuple[Contact, ...]:
    """Return the contacts that ``document`` tells of, in order of first telling.

    A contact needs at least one named participant, or two states. Its day is None where the text does not give it.
    """
    words = words_of(document.text, doc)
    if not len(words):
        return ()
    scene = lay_out(words, doc, actors, mentions)
    cues = find_cues(words, scene.people)
    days = list(find_days(document.text))
    reader = _Reader(document, scene, cues, days, kb)
    merged: list[_Candidate] = []
    for candidate in reader.candidates():
        _merge(merged, candidate, scene)
    return tuple(_contact(c, scene, document) for c in merged if _told(c, scene))


class _Reader:
    """Turns cues into candidates, one after the other, remembering the day told last."""

    def __init__(
        self, document: Document, scene: Scene, cues: list[ContactCue], days: list[DayExpression], kb: Knowledge
    ) -> None:
        self.kb = kb
        self.document, self.scene, self.cues, self.days = document, scene, cues, days
        words = scene.words
        self.day_words = [words.at(d.start) for d in days]
        self.previous: dt.date | None = None

    def candidates(self) -> list[_Candidate]:
        """Return all candidates in order of the text."""
        out: list[_Candidate] = []
        words = self.scene.words
        by_sentence: dict[int, list[ContactCue]] = {}
        for cue in self.cues:
            by_sentence.setdefault(words.sentence[cue.head], []).append(cue)
        days: dict[int, list[int]] = {}
        for k, word in enumerate(self.day_words):
            if word < len(words):
                days.setdefault(words.sentence[word], []).append(k)
        for sentence in sorted(set(by_sentence) | set(days)):
            cues = by_sentence.get(sentence, [])
            taken: set[int] = set()
            for cue in cues:
                candidate = self._candidate(cue, sentence, cues, days.get(sentence, []), taken)
                if candidate is not None:
                    out.append(candidate)
                    out.extend(self._before(cue, candidate, sentence, days.get(sentence, [])))
            for k in days.get(sentence, []):
                if k not in taken:
                    found = self._resolve(k, "past" if not cues else self._tense(cues[0]))
                    self._remember(found)
        return out

    def _tense(self, cue: ContactCue) -> Tense:
        return "future" if status_of(self.scene, cue) in _AHEAD else "past"

    def _remember(self, when: When | None) -> None:
        if when is not None and when.precision == "day" and when.date is not None:
            self.previous = dt.date.fromisoformat(when.date)

    def _resolve(self, k: int, tense: Tense) -> When:
        day = self.days[k]
        return resolve_day(day.words, self.document.published, DayContext(tense=tense, previous=self.previous))

    def _candidate(
        self, cue: ContactCue, sentence: int, cues: list[ContactCue], days: list[int], taken: set[int]
    ) -> _Candidate | None:
        scene = self.scene
        words = scene.words
        status = status_of(scene, cue)
        if status is None:
            return None
        parties = parties_of(scene, cue)
        if cue.form == "verb" and cue.several and len(parties.everyone) < 2:
            return None
        first, last = words.sentences[sentence]
        start, end = words.start[first], words.end[last - 1]
        text = words.text[start:end]
        tense: Tense = "future" if status in _AHEAD else "past"
        chosen = self._day_for(cue, cues, days)
        when: When | None = None
        if chosen is not None:
            taken.add(chosen)
            when = self._resolve(chosen, tense)
            self._remember(when)
        named = [a for a in parties.everyone if scene.actors[a].kind in ("person", "unnamed")]
        kind = cue.kind
        full = len(parties.everyone) >= 2 or (bool(named) and parties.label is not None)
        if kind in ("visit", "press_conference", "multilateral", "message"):
            full = bool(named)
        if (
            not full
            and named
            and cue.form == "noun"
            and kind in ("meeting", "summit", "trilateral")
            and _attended(scene, cue)
        ):
            kind, full = "multilateral", True
        if (
            cue.form == "noun"
            and status == "planned"
            and parties.label is not None
            and not any(a not in parties.left for a in named)
            and "for" in words.lower[max(cue.first - 2, 0) : cue.first]
        ):
            # "arrived for talks with officials" says why someone came, not that a meeting is fixed
            return None
        generic = not full or cue.joins
        single = len(cues) == 1 or cue is cues[0]
        lands = {scene.actors[a].country for a in parties.everyone if scene.actors[a].country}
        if kind == "meeting" and len(lands) == 3 and len(named) == 3:
            kind = "trilateral"
        place = place_of(scene, cue)
        margins = margins_of(text) if single else None
        return _Candidate(
            kind=kind,
            status=status,
            actors=parties.everyone,
            label=parties.label,
            when=when,
            place=place,
            sentence=sentence,
            start=start,
            end=end,
            generic=generic,
            format=cue.format or margins,
            requested_by=requested_by(text) if single else None,
            duration=duration_of(text) if single else None,
            ordinal=self._ordinal(cue),
            weight=len(named) + (parties.label is not None),
            several=cue.several,
            joins=cue.joins,
            definite=cue.definite,
            land=self._land(place),
            background=self._background(parties, when, status),
        )

    def _ordinal(self, cue: ContactCue) -> str | None:
        """Return which contact of a row it is, from the words around the cue."""
        words = self.scene.words
        first, last = words.sentences[words.sentence[cue.head]]
        begin, end = max(first, cue.first - 1), min(last, cue.last + (14 if cue.form == "noun" else 30))
        return ordinal_of(words.text[words.start[begin] : words.end[end - 1]])

    def _land(self, place: str | None) -> str | None:
        """Return the state that a place lies in, where its last part names one or its capital."""
        return self.kb.find_state(place.rsplit(", ", 1)[-1]) if place is not None else None

    def _background(self, parties: Parties, when: When | None, status: ContactStatus) -> bool:
        """Whether the contact lies so far back that the text cannot be about it."""
        published = self.document.published
        if when is None or when.date is None or published is None or status not in _HELD:
            return False
        if when.precision == "day":
            return (published - dt.date.fromisoformat(when.date)).days > 14
        if when.precision == "month":
            year, month = (int(x) for x in when.date.split("-"))
            return (published.year * 12 + published.month) - (year * 12 + month) > 1
        return int(when.date) < published.year

    def _day_for(self, cue: ContactCue, cues: list[ContactCue], days: list[int]) -> int | None:
        """Choose the expression of time that belongs to a cue, None where none does."""
        words = self.scene.words
        lower = words.lower
        best: tuple[int, int] | None = None
        infinitive = cue.form == "verb" and cue.first > 0 and lower[cue.first - 1] == "to"
        for k in days:
            at = self.day_words[k]
            if at >= len(words):
                continue
            before = lower[at - 1] if at else ""
            before_that = lower[at - 2] if at > 1 else ""
            phrase = self.days[k].words.lower()
            if "since" in lower[max(at - 5, cue.head) : at] or before_that == "since":
                continue
            if before in ("since", "until", "through") or phrase.startswith("since"):
                continue
            if before in _TOLD or (before == "on" and before_that in _TOLD):
                continue
            end = self.scene.words.at(self.days[k].end)
            after = lower[end] if end < len(words) else ""
            if after in _TOLD and at > 0 and cue.head > at:
                continue
            if after in ("'s", "’s") and not cue.first - 3 <= end <= cue.head:
                continue
            distance = at - cue.head if at > cue.head else (cue.head - at) + 3
            if infinitive and at < cue.head:
                continue
            rivals = [c for c in cues if c is not cue and not (c.head == cue.head)]
            if any(cue.head < r.head < at and abs(at - r.head) < 8 for r in rivals) or any(
                at < r.head < cue.head for r in rivals
            ):
                distance += 12
            if best is None or distance < best[0]:
                best = (distance, k)
        return best[1] if best is not None else None

    def _before(self, cue: ContactCue, candidate: _Candidate, sentence: int, days: list[int]) -> list[_Candidate]:
        """Read the contact that "first meeting since October 2016" tells of beside the one it is about."""
        words = self.scene.words
        if cue.form != "noun":
            return []
        for k in days:
            at = self.day_words[k]
            since = self.days[k].words.lower().startswith("since") or (at and words.lower[at - 1] == "since")
            if not since or not 0 < at - cue.head < 4:
                continue
            when = self._resolve(k, "past")
            lands = dict.fromkeys(self.scene.actors[a].country for a in candidate.actors)
            people = tuple(Participant(name=None, country=land, side=land) for land in lands if land)
            if when.date is None or len(people) < 2:
                return []
            return [
                _Candidate(
                    kind=candidate.kind,
                    status="held",
                    actors=(),
                    label=None,
                    when=when,
                    place=None,
                    sentence=sentence,
                    start=candidate.start,
                    end=candidate.end,
                    generic=False,
                    format=candidate.format,
                    background=True,
                    unnamed=people,
                )
            ]
        return []


_ATTENDED = frozenset(
    ("attended", "attend", "attends", "joined", "joins", "join", "participated", "chaired", "attending")
)


def _attended(scene: Scene, cue: ContactCue) -> bool:
    """Whether someone takes part in a meeting of many ("attended the Foreign Ministers' Meeting")."""
    words = scene.words
    floor = words.sentences[words.sentence[cue.head]][0]
    window = words.lower[max(floor, cue.head - 9) : cue.head]
    return words.capital[cue.head] and any(w in _ATTENDED for w in window)


def _people(c: _Candidate, scene: Scene) -> frozenset[str]:
    return frozenset(a for a in c.actors if scene.actors[a].kind == "person")


def _merge(merged: list[_Candidate], new: _Candidate, scene: Scene) -> None:
    """Add ``new`` to the contact that it tells of again, or to the end of ``merged``."""
    for k in range(len(merged) - 1, -1, -1):
        if _one(merged[k], new, scene):
            merged[k] = _join(merged[k], new, scene)
            return
    if new.joins:
        return
    shell = not any(_FAMILY[old.kind] == _FAMILY[new.kind] for old in merged)
    # a shell may be filled by what follows: "The talks were held today. The X delegation was led by A."
    if not new.generic or _FAMILY[new.kind] in ("visit", "press") or shell:
        merged.append(new)


def _dates_agree(a: When | None, b: When | None) -> bool:
    if a is None or b is None:
        return True
    if a.date is None and b.date is None:
        return (a.quote or "").split()[-1:] == (b.quote or "").split()[-1:]
    if a.date is None or b.date is None:
        # a weekday that the text does not resolve is not the October of another year
        return (a if b.date is None else b).precision == "day"
    short = min(len(a.date), len(b.date))
    return a.date[:short] == b.date[:short]


def _one(old: _Candidate, new: _Candidate, scene: Scene) -> bool:
    """Whether two tellings can be of one contact."""
    if old.background != new.background and (new.background or old.unnamed):
        return False
    if old.unnamed or new.unnamed:
        return False
    families = {_FAMILY[old.kind], _FAMILY[new.kind]}
    if new.joins:
        return _FAMILY[old.kind] in ("meeting", "call", "multilateral") and old.status not in _AHEAD
    if "other" in families and len(families) > 1:
        # "A and B discussed ..." tells of a contact without saying of which kind
        return (
            not new.background
            and old.status in _HELD
            and new.status in _HELD
            and bool(_people(old, scene))
            and (_people(new, scene) <= _people(old, scene) or (old.kind == "other" and new.generic))
        )
    if len(families) > 1:
        return False
    p, q = _people(old, scene), _people(new, scene)
    if "visit" in families:
        near = old.place is None or new.place is None or _same_place(old, new)
        return bool(p & q) and near and _dates_agree(old.when, new.when)
    # "his talks with B" means the talks told of, planned or held
    again = new.generic or (new.definite and new.ordinal is None and p == q)
    if (old.status in _AHEAD) != (new.status in _AHEAD) and not again:
        return False
    if {"planned", "proposed"} <= {old.status, new.status} and not again:
        return False
    if not _dates_agree(old.when, new.when):
        return False
    if "press" in families:
        if None not in (old.format, new.format) and old.format != new.format:
            return False
        return bool(p & q) and (old.place is None or new.place is None or _same_place(old, new))
    if new.generic and old.label is not None and not (new.definite and new.sentence - old.sentence < 2):
        return False
    if new.generic:
        if new.kind in ("summit", "multilateral") and old.kind not in (new.kind, "meeting", "trilateral"):
            return False
        if new.label is not None and old.label is None and new.weight:
            return False
        return not q or q <= p or not p
    if old.format != new.format and "two plus two" in (old.format, new.format):
        return False
    if new.label is not None or old.label is not None:
        return bool(p & q) and _labels_agree(old.label, new.label)
    if not p or not q:
        lands_old = {scene.actors[a].country for a in old.actors}
        lands_new = {scene.actors[a].country for a in new.actors}
        return bool(lands_old) and lands_old == lands_new
    # a later telling names fewer; one that names more is another contact, unless the first was no more than begun
    return q <= p or (p <= q and (len(p) < 2 or old.sentence == new.sentence))


def _same_place(old: _Candidate, new: _Candidate) -> bool:
    if old.land is not None and old.land == new.land:
        return True
    a, b = old.place or "", new.place or ""
    return bool({w for w in a.lower().split() if len(w) > 3} & {w for w in b.lower().split() if len(w) > 3})


def _labels_agree(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return False
    return bool({w for w in a.lower().split() if len(w) > 4} & {w for w in b.lower().split() if len(w) > 4})


_KIND_ORDER = {"meeting": 0, "phone_call": 1, "video_call": 2, "trilateral": 3, "summit": 4, "multilateral": 5}


def _join(old: _Candidate, new: _Candidate, scene: Scene) -> _Candidate:
    """Put what two tellings say together; the first with more people is the one that is quoted."""
    if new.joins:
        return replace(
            old,
            actors=tuple(dict.fromkeys((*old.actors, *(a for a in new.actors if scene.actors[a].kind == "person")))),
            generic=False,
            weight=old.weight + new.weight,
            when=old.when or new.when,
            place=old.place or new.place,
        )
    base, other = (new, old) if new.weight > old.weight and not new.generic else (old, new)
    when = base.when
    if when is None or (when.date is None and other.when is not None and other.when.date is not None):
        when = other.when if other.when is not None else when
    kind = base.kind if base.kind != "other" else other.kind
    if _FAMILY[other.kind] == "call" and other.kind == "video_call":
        kind = "video_call"
    actors = tuple(
        dict.fromkeys(
            (*base.actors, *(a for a in other.actors if not other.generic or scene.actors[a].kind == "person"))
        )
    )
    if len(_people(base, scene)) >= 2 or base.label is not None:
        actors = tuple(a for a in actors if a in base.actors or scene.actors[a].kind == "person")
    status = (
        base.status if not (base.status in _AHEAD and other.status in _HELD and not other.generic) else other.status
    )
    return replace(
        base,
        kind=kind,
        status=status,
        actors=actors,
        when=when,
        place=base.place or other.place,
        format=base.format or other.format,
        requested_by=base.requested_by or other.requested_by,
        duration=base.duration or other.duration,
        ordinal=base.ordinal or other.ordinal,
        generic=base.generic and other.generic,
        background=base.background and other.background,
    )


def _told(c: _Candidate, scene: Scene) -> bool:
    """Whether enough is told for a contact: someone by name, or two states."""
    if c.unnamed:
        return True
    people = _people(c, scene)
    lands = {scene.actors[a].country for a in c.actors if scene.actors[a].country}
    if c.generic and _FAMILY[c.kind] not in ("visit", "press"):
        return False
    return bool(people) or len(lands) > 1 or (c.label is not None and bool(c.actors))


def _contact(c: _Candidate, scene: Scene, document: Document) -> Contact:
    people: list[Participant] = list(c.unnamed)
    for actor_id in c.actors:
        actor = scene.actors[actor_id]
        if actor.kind == "person":
            name: str | None = actor.name
            office = actor.office
        elif actor.kind in ("state", "bloc"):
            if len(_people(c, scene)) > 1:
                continue
            name, office = None, None
        else:
            name, office = None, actor.office or actor.name.removesuffix(" (unnamed)")
        people.append(
            Participant(
                name=name,
                office=office,
                country=actor.country,
                side=actor.country,
                office_conflict=actor.office_conflict,
            )
        )
    if c.label is not None:
        people.append(Participant(name=None, office=c.label))
    date = c.when.date if c.when is not None else None
    precision: DatePrecision = c.when.precision if c.when is not None else "unknown"
    return Contact(
        id=content_id("contact", document.id, c.kind, c.start, c.end, *c.actors, c.label),
        kind=c.kind,
        status=c.status,
        date=date,
        precision=precision,
        participants=tuple(people),
        quote=document.text[c.start : c.end],
        start=c.start,
        end=c.end,
        date_quote=c.when.quote if c.when is not None else None,
        place=c.place,
        requested_by=c.requested_by,
        duration=c.duration,
        ordinal=c.ordinal,
        format=c.format,
        background=c.background,
    )
