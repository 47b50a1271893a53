"""Contacts: the calls, meetings and visits that a text tells of, each once, however often it is mentioned.

Every word of contact gives a candidate with its people, day and place as far as its own sentence tells. Candidates
that can be one contact are put together in the order of the text; two that cannot stay two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from diptych.annotate.contact_context import follow_talks, in_time, next_rounds, parties_of_readout
from diptych.annotate.contact_cues import find_cues
from diptych.annotate.contact_days import Days
from diptych.annotate.contact_details import (
    duration_of,
    headline_kind,
    margins_of,
    ordinal_of,
    place_of,
    requested_by,
    status_of,
)
from diptych.annotate.contact_events import between_states, event_of, host_of, hosts, is_setting, states_in_passing
from diptych.annotate.contact_merge import AHEAD, FAMILY, HELD, Candidate, is_told, merge, people_of
from diptych.annotate.contact_titles import heed_title, speaker_of
from diptych.annotate.contact_words import ContactCue
from diptych.annotate.gazetteer import gazetteer
from diptych.annotate.lexicon import TITLE_HEADS, vocabulary
from diptych.annotate.parties import Parties, parties_of
from diptych.annotate.scene import Scene, lay_out
from diptych.annotate.words import headline_words, words_of
from diptych.records import Contact, Participant, content_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from diptych.annotate.dates import Tense
    from diptych.knowledge import Knowledge
    from diptych.records import Actor, ContactStatus, DatePrecision, Document, Mention, When


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
    scene = replace(scene, speaker=speaker_of(scene, document, kb))
    cues = find_cues(words, scene.people)
    reader = _Reader(document, scene, cues, kb)
    merged: list[Candidate] = []
    candidates = reader.candidates()
    for candidate in candidates:
        merge(merged, candidate, scene)
    shells = [c for c in candidates if c.generic and not c.actors]
    told = follow_talks([c for c in merged if is_told(c, scene)], scene)
    if not any(_is_account(c) for c in told):
        read_out = parties_of_readout(merged, scene, document)
        if read_out is not None:
            told = [read_out, *(c for c in told if (c.kind, c.start) != (read_out.kind, read_out.start))]
    told = next_rounds(told, shells, scene)
    told = heed_title(told, scene, document, kb)
    kind = headline_kind(document.title)
    if kind is not None and told and told[0].kind == "other":
        # the text says what was talked of, its title in what form
        told[0] = replace(told[0], kind=kind)
    return tuple(_contact(c, scene, document) for c in told)


def _is_account(c: Candidate) -> bool:
    """Whether a text can be the account of this contact: one between parties, not told in passing."""
    return not c.background and FAMILY[c.kind] not in ("visit", "press") and (len(c.actors) > 1 or c.label is not None)


class _Reader:
    """Turns cues into candidates, one after the other, remembering the day told last."""

    def __init__(self, document: Document, scene: Scene, cues: list[ContactCue], kb: Knowledge) -> None:
        self.kb = kb
        self.document, self.scene, self.cues = document, scene, cues
        self.days = Days(document, scene.words)

    def candidates(self) -> list[Candidate]:
        """Return all candidates in order of the text."""
        out: list[Candidate] = []
        words = self.scene.words
        by_sentence: dict[int, list[ContactCue]] = {}
        for cue in self.cues:
            by_sentence.setdefault(words.sentence[cue.head], []).append(cue)
        days = self.days.by_sentence()
        for sentence in sorted(set(by_sentence) | set(days)):
            cues = by_sentence.get(sentence, [])
            taken: set[int] = set()
            for cue in cues:
                for candidate in self._candidate(cue, sentence, cues, days.get(sentence, []), taken):
                    told = words.text[candidate.start : candidate.end]
                    candidate = in_time(candidate, self.document.published, told)
                    out.append(candidate)
                    out.extend(self._before(cue, candidate, sentence, days.get(sentence, [])))
            for k in days.get(sentence, []):
                if k not in taken and (not taken or self.days.dates_a_contact(k)):
                    self.days.remember(self.days.resolve(k, "past" if not cues else self._tense(cues[0]), cues))
        return out

    def _tense(self, cue: ContactCue) -> Tense:
        return "future" if status_of(self.scene, cue) in AHEAD else "past"

    def _candidate(
        self, cue: ContactCue, sentence: int, cues: list[ContactCue], days: list[int], taken: set[int]
    ) -> list[Candidate]:
        scene = self.scene
        words = scene.words
        status = status_of(scene, cue)
        if status is None:
            return []
        parties = parties_of(scene, cue)
        relative = cue.form == "noun" and words.lower[cue.last : cue.last + 1] in (("that",), ("which",))
        if relative and "will" in words.lower[cue.last : cue.last + 6] and status in HELD:
            # "the Summit that X will host"
            status = "planned"
        travels = [c for c in cues if c.kind == "visit" and c.form == "verb" and c.head < cue.head]
        if cue.kind == "visit" and cue.form == "noun" and travels and "for" in words.lower[cue.first - 2 : cue.first]:
            # "arrived for a three-day visit" is one visit
            return []
        event = event_of(scene, cue)
        if event is not None and is_setting(scene, cue, cues, event):
            return []
        bound = event is not None and bool(travels) and "for" in words.lower[max(event[0] - 2, 0) : event[0]]
        if event is not None and not parties.everyone:
            # "A will visit X for the Summit for Y": A takes part in it
            parties = Parties(left=parties_of(scene, travels[-1]).left if bound else host_of(scene, cue))
        passing = states_in_passing(scene, cue, parties, status)
        if passing:
            day = self.days.choose(cue, cues, days)
            told = self.days.resolve(day, "past", cues) if day is not None else None
            return [between_states(scene, cue, passing, told)]
        if cue.form == "verb" and cue.several and len(parties.everyone) < 2:
            return []
        first, last = words.sentences[sentence]
        start, end = words.start[first], words.end[last - 1]
        text = words.text[start:end]
        tense: Tense = "future" if status in AHEAD else "past"
        chosen = self.days.choose(cue, cues, days)
        talked = cue.kind == "other"
        if talked and chosen is not None and abs(self.days.at[chosen] - cue.head) > 4:
            # what was agreed has days of its own
            chosen = None
        when: When | None = None
        if chosen is not None:
            taken.add(chosen)
            when = self.days.resolve(chosen, tense, cues)
            self.days.remember(when, contact=status in HELD and cue.kind not in ("press_conference", "visit"))
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
            and (bound or _attended(scene, cue) or hosts(scene, cue))
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
            return []
        hosted = event is not None and kind in ("summit", "multilateral") and bool(parties.left) and not named
        if hosted:
            kind, full = "multilateral", True
            if status in HELD and _TO_COME & set(words.lower[first:last]):
                status = "planned"
        generic = not full or cue.joins
        single = len(cues) == 1 or cue is cues[0]
        lands = {scene.actors[a].country for a in parties.everyone if scene.actors[a].country}
        if kind == "meeting" and len(lands) == 3 and len(named) == 3:
            kind = "trilateral"
        place = None if talked else self._place(cue)
        clock = self.days.time(start, end) if single and not talked else None
        margins = margins_of(text) if single and not talked else None
        candidate = Candidate(
            kind=kind,
            status=status,
            actors=parties.everyone,
            label=parties.label,
            when=when,
            time=clock,
            place=place,
            sentence=sentence,
            start=start,
            end=end,
            generic=generic,
            format=cue.format or margins,
            requested_by=self._wish(text, parties) if single else None,
            duration=duration_of(text) if single else None,
            ordinal=None if talked else self._ordinal(cue),
            weight=len(named) + (parties.label is not None),
            several=cue.several,
            joins=cue.joins,
            definite=cue.definite,
            event=words.span(*event) if event is not None else None,
            land=self._land(place),
            background=self._background(parties, when, status) or self._earlier(cue),
        )
        return self._apart(candidate, cue, parties)

    def _apart(self, candidate: Candidate, cue: ContactCue, parties: Parties) -> list[Candidate]:
        """Part "met separately with X and Y", "held meetings with X and Y": a contact with each of them."""
        scene = self.scene
        others = [a for a in parties.right if scene.actors[a].kind == "person"]
        if len(others) < 2 or not parties.left or FAMILY[candidate.kind] not in ("meeting", "call"):
            return [candidate]
        words = scene.words
        first, last = words.sentences[words.sentence[cue.head]]
        said = bool(_APART & set(words.lower[first:last]))
        lands = [scene.actors[a].country for a in others]
        if not said and not (words.lower[cue.head] in _MANY and len(set(lands)) == len(lands) and None not in lands):
            return [candidate]
        out: list[Candidate] = []
        for other in others:
            kind = "meeting" if candidate.kind == "trilateral" else candidate.kind
            out.append(replace(candidate, kind=kind, actors=(*parties.left, other), weight=2, generic=False))
        return out

    def _wish(self, text: str, parties: Parties) -> str | None:
        """Return at whose wish it took place; "the latter" is the one named second."""
        words = requested_by(text)
        people = [self.scene.actors[a].name for a in parties.everyone if self.scene.actors[a].kind == "person"]
        if words in ("latter", "former"):
            return people[-1 if words == "latter" else 0] if len(people) == 2 else None
        return words

    def _ordinal(self, cue: ContactCue) -> str | None:
        """Return which contact of a row it is, from the words around the cue."""
        words = self.scene.words
        first, last = words.sentences[words.sentence[cue.head]]
        begin, end = max(first, cue.first - 1), min(last, cue.last + (14 if cue.form == "noun" else 30))
        return ordinal_of(words.text[words.start[begin] : words.end[end - 1]])

    def _place(self, cue: ContactCue) -> str | None:
        """Return where it took place; a demonym or a title is no place ("in British Premier A")."""
        parts = (place_of(self.scene, cue) or "").split(", ")
        kept = []
        for part in parts:
            found = list(gazetteer(self.kb).find(headline_words(part))) if part else []
            people = any(p.kind == "demonym" and p.last == len(part.split()) for p in found)
            titled = any(w.lower() in TITLE_HEADS for w in part.split())
            if part and not people and not titled and not part.endswith("-led"):
                kept.append(part)
        return ", ".join(kept) or None

    def _land(self, place: str | None) -> str | None:
        """Return the state that a place lies in, where its last part names one or its capital."""
        return self.kb.find_state(place.rsplit(", ", 1)[-1]) if place is not None else None

    def _earlier(self, cue: ContactCue) -> bool:
        """Whether the contact is told of as what went before: "Following A's conversation with B, C met D"."""
        words = self.scene.words
        floor = words.sentences[words.sentence[cue.head]][0]
        lead = words.lower[max(floor, cue.first - 10) : cue.first]
        return cue.form == "noun" and floor + 10 > cue.first and bool(lead) and lead[0] in ("following", "after")

    def _background(self, parties: Parties, when: When | None, status: ContactStatus) -> bool:
        """Whether the contact lies so far back that the text cannot be about it."""
        published = self.document.published
        if when is None or when.date is None or published is None or status not in HELD:
            return False
        if when.precision == "day":
            return (published - dt.date.fromisoformat(when.date[-10:])).days > 14
        if when.precision == "month":
            year, month = (int(x) for x in when.date.split("-"))
            return (published.year * 12 + published.month) - (year * 12 + month) > 1
        return int(when.date) < published.year

    def _before(self, cue: ContactCue, candidate: Candidate, sentence: int, days: list[int]) -> list[Candidate]:
        """Read the contact that "first meeting since October 2016" tells of beside the one it is about."""
        words = self.scene.words
        if cue.form != "noun":
            return []
        for k in days:
            at = self.days.at[k]
            since = self.days.found[k].words.lower().startswith("since") or (at and words.lower[at - 1] == "since")
            if not since or not 0 < at - cue.head < 4:
                continue
            when = self.days.resolve(k, "past")
            first, last = words.sentences[sentence]
            told = [m for m in dict.fromkeys(self.scene.people[first:last]) if m >= 0]
            actors = candidate.actors or tuple(a for m in told for a in self.scene.mentions[m].actors)
            lands = dict.fromkeys(self.scene.actors[a].country for a in actors)
            if len(lands) < 2:
                lands = dict.fromkeys(self.scene.actors[a].country for m in told for a in self.scene.mentions[m].actors)
            people = tuple(Participant(name=None, country=land, side=land) for land in lands if land)
            if when.date is None or len(people) < 2:
                return []
            return [
                Candidate(
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


_TO_COME = vocabulary("upcoming next planned scheduled set forthcoming")
_APART = vocabulary("separately separate respectively individually")
_MANY = vocabulary("meetings calls conversations discussions visits consultations")
_ATTENDED = vocabulary("attended attend attends joined joins join participated chaired attending")


def _attended(scene: Scene, cue: ContactCue) -> bool:
    """Whether someone takes part in a meeting of many ("attended the Foreign Ministers' Meeting")."""
    words = scene.words
    floor = words.sentences[words.sentence[cue.head]][0]
    window = words.lower[max(floor, cue.head - 9) : cue.head]
    return words.capital[cue.head] and any(w in _ATTENDED for w in window)


def _contact(c: Candidate, scene: Scene, document: Document) -> Contact:
    people: list[Participant] = list(c.unnamed)
    for actor_id in c.actors:
        actor = scene.actors[actor_id]
        if actor.kind == "person":
            name: str | None = actor.name
            office = actor.office
        elif actor.kind in ("state", "bloc"):
            if len(people_of(c, scene)) > 1:
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
        time=c.time[0] if c.time is not None else None,
        time_quote=c.time[1] if c.time is not None else None,
        place=c.place,
        requested_by=c.requested_by,
        duration=c.duration,
        ordinal=c.ordinal,
        format=c.format or (c.event if c.kind in ("multilateral", "summit") else None),
        background=c.background,
    )
