"""The contact that the title of a publication tells of: where a text says "the two presidents", the title has names."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.gather.unread import dateline
from diptych.gather.unread import participants as unread_participants
from diptych.knowledge.contact_titles import load_title_forms
from diptych.records import Participant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diptych.knowledge import Knowledge
    from diptych.knowledge.entries import OfficeHit
    from diptych.records import Actor, ContactKind, Document, Office, Reading, Tenure

__all__ = ["TitleContact", "title_contact"]

#: Longest stretch of capitalised words read as one name.
_LONGEST_NAME = 5
#: Characters of a joint paper that name those who issue it.
_OPENING = 400
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀ-ſ][^\W\d_]*(?:[’'-][^\W\d_]+)*\.?"
_RUN = re.compile(rf"{_CAPITALISED}(?:[ ](?:bin|al|de|da|von|van|der|el|ibn|{_CAPITALISED}))*")
#: "Jane Doe, the President of …"
_BEFORE = re.compile(rf"(?P<name>{_RUN.pattern}), (?:the )?$")
_OF = re.compile(r"(?:[’']s?)?,?\s*(?:of|from)\s+(?:the\s+)?", re.IGNORECASE)
_TOPIC = re.compile(
    r"\b(?:call|meetings?|talks|conversation|visit|with|met|meets)\b.*\b(?:on|about|regarding|concerning)\b"
)
_PLACE = re.compile(r"\b(?:in|at|near) (?:the )?(?:[A-Z][\w’'-]*,? )*$")
_OFFICIALS = re.compile(
    r"(?:[’']s?)?(?:[-‒–— ](?:[A-Z][a-z]+[’']?s? )?)(?:[\w]+[- ]){0,2}?(?:officials?|delegations?|leaders?|leadership"
    r"|governments?|counterparts?|authorities|talks|sides?|partners?|ministers|negotiations|consultations|dialogue|summit|presidents?"
    r"|parliamentarians|lawmakers|ambassadors?)\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_TO = r"(?:\s*(?:to|and|[-–—])\s*(?P<last>\d{1,2}))?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_DAY_FIRST = re.compile(rf"\b(?P<first>\d{{1,2}}){_TO}\s+{_MONTH}{_YEAR}\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(?P<first>\d{{1,2}}){_TO}{_YEAR}\b", re.IGNORECASE)
#: Days that a contact in a title may be away from the day of publication.
_NEAR = 60
#: Days that titles go on naming somebody by an office after leaving it.
_LEFT = 60
_WITH = re.compile(r"\b(?:with|between|receives?|received|hosts?|hosted)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True)
class TitleContact:
    """Form, participants and day as the title gives them; ``planned``: it announces the contact.

    ``with_others``: it says with whom the contact was. ``kind`` None: such a title tells of another matter (a message,
    a briefing, an answer to parliament).
    """

    kind: ContactKind | None
    planned: bool = False
    participants: tuple[Participant, ...] = ()
    date: str | None = None
    with_others: bool = False

    @property
    def between_sides(self) -> bool:
        """Whether the title tells of a contact of two sides or more."""
        return self.kind is not None and len({one.country for one in self.participants if one.country}) > 1


@dataclass(frozen=True)
class _Named:
    """A participant and the stretch of the title that names it."""

    start: int
    end: int
    participant: Participant


def title_contact(reading: Reading, kb: Knowledge) -> TitleContact | None:
    """Return what the title of ``reading`` tells of a contact; None where it has no form of one.

    Whoever publishes takes part where the title names only the others, as titles of a president's site do.
    """
    document = reading.document
    title = document.title or ""
    form = next((form for form in load_title_forms() if form.pattern.search(title)), None)
    if form is None or document.country is None:
        return None
    if form.kind is None:
        return TitleContact(None)
    if unread := unread_participants(document, kb):
        return TitleContact(form.kind, form.planned, unread, dateline(document), with_others=True)
    named = _once(_participants(title, reading.actors, kb, document.published), kb)
    participants = [one.participant for one in named]
    countries = {one.country for one in participants if one.country}
    if document.kind == "joint_statement" and form.kind == "other":
        participants += _signatories(document, countries, kb)
        countries = {one.country for one in participants if one.country}
    if document.country not in countries and countries:
        participants.insert(0, _publisher(document, kb))
        countries.add(document.country)
    return TitleContact(
        form.kind, form.planned, tuple(participants), _date(title, document.published), _WITH.search(title) is not None
    )


def _once(named: Sequence[_Named], kb: Knowledge) -> list[_Named]:
    """Each person once: "Jane Doe, President of X" names one; who only speaks for another takes no part."""
    out: list[_Named] = []
    seen: set[tuple[str | None, frozenset[str]]] = set()
    for one in named:
        who = one.participant
        office = kb.find_office(who.office, who.country) if who.office else None
        if office is not None and office.rank == "spokesperson":
            continue
        key = (who.country, frozenset(kb.words_of_name(who.name)[-1:] if who.name else ()))
        if key in seen or (who.name is None and any(country == who.country for country, _ in seen)):
            continue
        seen.add(key)
        out.append(one)
    return out


def _participants(title: str, actors: Sequence[Actor], kb: Knowledge, day: dt.date | None) -> list[_Named]:
    found: list[_Named] = []

    def free(start: int, end: int) -> bool:
        return all(one.end <= start or end <= one.start for one in found)

    for start, end, person in _people(title, actors, kb, day):
        if free(start, end):
            found.append(_Named(start, end, person))
    people = tuple(found)
    for hit in kb.offices_in(title):
        if not free(hit.start, hit.end):
            continue
        follower = next((one for one in people if 0 <= one.start - hit.end <= 2), None)
        named = _RUN.match(title, hit.end + 1) if title[hit.end : hit.end + 1] == " " else None
        country = hit.office.country or _country_after(title, named.end() if named else hit.end, kb)
        if follower is None and country is None:
            continue
        if follower is not None:
            # "Deputy Prime Minister of X Jane Doe": the title before a name is that person's, not another's.
            continue
        if hit.standing not in (None, "acting"):
            continue
        if named is not None and free(named.start(), named.end()) and kb.find_state(named.group()) is None:
            name = _POSSESSIVE.sub("", named.group())
            someone = Participant(name=name, office=hit.office.title, country=country, side=country)
            found.append(_Named(hit.start, named.end(), someone))
            continue
        before = _BEFORE.search(title, 0, hit.start)
        if country and before is not None and free(before.start("name"), hit.start):
            someone = Participant(name=before["name"], office=hit.office.title, country=country, side=country)
            found.append(_Named(before.start("name"), hit.end, someone))
            continue
        found.append(_Named(hit.start, hit.end, _holder(hit.office, country, day, kb)))
    told = {one.participant.country for one in found}
    for state in kb.states_in(title):
        if state.form == "demonym" and not _OFFICIALS.match(title, state.end):
            continue
        if free(state.start, state.end) and state.country not in told and not _aside(title, state.start):
            found.append(
                _Named(state.start, state.end, Participant(name=None, country=state.country, side=state.country))
            )
            told.add(state.country)
    return sorted(found, key=lambda one: one.start)


def _date(title: str, published: dt.date | None) -> str | None:
    """The day, or the first and last day, that the title gives; the year is that of publication where it has none."""
    found = _DAY_FIRST.search(title) or _MONTH_FIRST.search(title)
    if found is None or published is None:
        return None
    month = _MONTHS.index(found["month"].lower()[:3]) + 1
    year = int(found["year"]) if found["year"] else published.year
    try:
        first = dt.date(year, month, int(found["first"]))
        last = dt.date(year, month, int(found["last"])) if found["last"] else first
    except ValueError:
        return None
    if first > last or abs((first - published).days) > _NEAR:
        return None
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _aside(title: str, start: int) -> bool:
    """Whether a state is only what the talk was of, or where it took place."""
    return _TOPIC.search(title, 0, start) is not None or _PLACE.search(title, 0, start) is not None


def _people(
    title: str, actors: Sequence[Actor], kb: Knowledge, day: dt.date | None
) -> Iterator[tuple[int, int, Participant]]:
    """The names in the title that the text or the tables know, longest first at each place."""
    states = {actor.name for actor in actors if actor.kind == "state"}
    known = [
        (actor, frozenset(kb.words_of_name(actor.name)))
        for actor in actors
        if actor.kind == "person" and actor.country and _is_side(actor.country, states, kb)
    ]
    offices = kb.offices_in(title)
    for run in _RUN.finditer(title):
        words = [(run.start() + word.start(), run.start() + word.end()) for word in re.finditer(r"\S+", run.group())]
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                start, end = words[at][0], words[at + size - 1][1]
                person = _person(title, start, end, known, offices, kb, day)
                if person is not None:
                    yield start, end, person
                    at += size - 1
                    break
            at += 1


def _is_side(country: str, states: set[str], kb: Knowledge) -> bool:
    """Whether a code or name is one of a state or bloc: the tables have it, or the text names it as a state."""
    return country in states or kb.state(country) is not None or kb.bloc(country) is not None


def _person(
    title: str,
    start: int,
    end: int,
    known: Sequence[tuple[Actor, frozenset[str]]],
    offices: Sequence[OfficeHit],
    kb: Knowledge,
    day: dt.date | None,
) -> Participant | None:
    """Whom a stretch of the title names: somebody of the text, or of the tables where they leave no choice."""
    name = _POSSESSIVE.sub("", title[start:end]).strip(" .,")
    words = kb.words_of_name(name)
    if not words or kb.find_state(name) is not None or kb.find_bloc(name) is not None:
        return None
    asked = frozenset(words)
    office = next((hit.office for hit in offices if 0 <= start - hit.end <= 2), None)
    if len(words) == 1 and office is not None:
        # A family name behind a title is the holder's of the day, not that of another of the family in the text.
        tenure = _in_office(name, office, kb, day, strictly=True)
        if tenure is not None:
            return _holding(tenure, kb)
    fits = [actor for actor, theirs in known if asked == theirs or (len(asked) > 1 and asked <= theirs)]
    if len(asked) == 1:
        fits = [actor for actor, theirs in known if len(theirs) > 1 and asked & {*kb.words_of_name(actor.name)[-1:]}]
    if len({actor.name for actor in fits}) == 1:
        actor = fits[0]
        return Participant(name=actor.name, office=actor.office, country=actor.country, side=actor.country)
    if len(words) == 1 and office is None:
        return None
    tenure = _in_office(name, office, kb, day, strictly=len(words) == 1)
    if tenure is None and len(words) > 1:
        # Somebody who has left office is named without one.
        ever = kb.find_person(name, day)
        tenure = ever[0] if len({(one.person, one.country) for one in ever}) == 1 else None
        if tenure is not None:
            return Participant(name=tenure.person, country=tenure.country, side=tenure.country)
    return None if tenure is None else _holding(tenure, kb)


def _in_office(
    name: str, office: Office | None, kb: Knowledge, day: dt.date | None, *, strictly: bool = False
) -> Tenure | None:
    """The one person of the name who was in an office about the day; ``strictly``: in one of the rank of ``office``."""
    country, rank = (office.country, office.rank) if office else (None, None)
    near = [
        one
        for one in kb.find_person(name, day, country, rank)
        if day is None or (one.start <= day and (one.end is None or (day - one.end).days < _LEFT))
    ]
    if rank:
        held = [one for one in near if (post := kb.office(one.office)) is not None and post.rank == rank]
        near = held if strictly else held or near
    return near[0] if len({(one.person, one.country) for one in near}) == 1 else None


def _holding(tenure: Tenure, kb: Knowledge) -> Participant:
    post = kb.office(tenure.office)
    return Participant(
        name=tenure.person, office=post.title if post else None, country=tenure.country, side=tenure.country
    )


def _country_after(title: str, end: int, kb: Knowledge) -> str | None:
    """The state of "President of the Republic of X", where the words of the office do not hold it already."""
    of = _OF.match(title, end)
    if of is None:
        return None
    return next((hit.country for hit in kb.states_in(title) if hit.start - of.end() in (0, 4)), None)


def _holder(office: Office, country: str | None, day: dt.date | None, kb: Knowledge) -> Participant:
    """The office as participant, with its holder on the day where the tables have exactly one."""
    name = None
    if country is not None and day is not None:
        office_id = office.id.replace("*", country.lower(), 1) if office.id.startswith("*") else office.id
        holders = {one.person for one in kb.holders(office_id, country, day)}
        name = holders.pop() if len(holders) == 1 else None
    return Participant(name=name, office=office.title, country=country, side=country)


def _signatories(document: Document, named: set[str], kb: Knowledge) -> list[Participant]:
    """The states in whose name a joint paper opens, where its title names no two."""
    if len(named) > 1:
        return []
    opening = document.text[: document.text.find("\n") if "\n" in document.text[:_OPENING] else _OPENING]
    found = dict.fromkeys(hit.country for hit in kb.states_in(opening) if kb.state(hit.country) is not None)
    if document.country not in found:
        return []
    return [Participant(name=None, country=one, side=one) for one in found if one not in named]


def _publisher(document: Document, kb: Knowledge) -> Participant:
    """The head of the publishing institution, or its state."""
    office = kb.find_office(document.publisher) if document.publisher else None
    if office is not None and office.country == document.country:
        return _holder(office, document.country, document.published, kb)
    return Participant(name=None, country=document.country, side=document.country)
