"""Whose official someone is, where a text does not say it at the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diptych.annotate.countries import read_countries
from diptych.annotate.gazetteer import gazetteer
from diptych.annotate.lexicon import vocabulary
from diptych.annotate.offices import standard_office
from diptych.annotate.references import matches_office
from diptych.annotate.words import headline_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diptych.annotate.actors import Person, Reference
    from diptych.annotate.bodies import Body
    from diptych.annotate.countries import Countries
    from diptych.annotate.titles import Title
    from diptych.annotate.words import Words
    from diptych.knowledge import Knowledge
    from diptych.records import Document


def share_states(words: Words, references: list[Reference], people: list[Person], means: dict[int, int]) -> None:
    """Read "Foreign Minister A and Defense Minister B of X": the state after the last name is that of both.

    Not for the first person of a text, who is the publishing side's ("President A and President B of X spoke").
    """
    for k in range(1, len(references)):
        left, right = references[k - 1], references[k]
        a, b = people[means[k - 1]], people[means[k]]
        if (
            k > 1
            and a.country is None
            and b.country is not None
            and (words.lower[left.last : right.first] in (("and",), (",", "and")))
            and right.title is not None
            and right.title.country is None
            and right.country == b.country
            and means[k - 1] != means[0]
        ):
            a.country = b.country


def lead_delegations(
    words: Words, countries: Countries, references: list[Reference], people: list[Person], means: dict[int, int]
) -> None:
    """Give who leads a delegation its state: "the Velorian delegation was led by A"."""
    for k, reference in enumerate(references):
        person = people[means[k]]
        if person.country is not None:
            continue
        floor = max(words.sentences[words.sentence[reference.first]][0], reference.first - 7)
        for at in range(reference.first - 1, floor, -1):
            if words.lower[at] in ("delegation", "side", "team") and words.lower[reference.first - 1] == "by":
                land, first = countries.before(at, floor)
                if first < at:
                    person.country = land
                break


def own_side(
    document: Document, words: Words, references: list[Reference], people: list[Person], means: dict[int, int]
) -> frozenset[int]:
    """Return the people who may be taken for the publishing side's own where no state is told.

    In an official text these are the people without a state who are not introduced as someone's counterpart
    ("met with Deputy Minister X"); people without a title only where they open the text.
    """
    own: set[int] = set()
    seen: set[int] = set()
    for k, reference in enumerate(references):
        person = means[k]
        if person in seen:
            continue
        seen.add(person)
        if people[person].country not in (None, document.country):
            continue
        at = reference.first - 1
        while at > 0 and words.lower[at] in ("the", "his", "her", "its", "then", "visiting", "today", ","):
            at -= 1
        joined = (
            k > 0
            and words.lower[at] in ("and", "&")
            and at == references[k - 1].last
            and words.sentence[at] == words.sentence[reference.first]
        )
        if joined:
            # "President A and Vice President B met with C" are one side, "A and B spoke" are two
            later = references[k + 1 : k + 2]
            same = later and words.sentence[later[0].first] == words.sentence[reference.first]
            if means[k - 1] in own and reference.title is not None and same:
                own.add(person)
            continue
        met = at >= 0 and words.lower[at] in _TOWARDS and words.sentence[at] == words.sentence[reference.first]
        if not met and (reference.title is not None or k == 0):
            own.add(person)
    everyone = [means[k] for k, reference in enumerate(references) if reference.title is not None]
    at_home = own or any(people[p].country == document.country for p in everyone)
    if document.kind == "readout" and document.country is not None and not at_home:
        # an official text has someone of its own side in it: the first without a state
        own.update([p for p in everyone if people[p].country is None][:1])
    return frozenset(own)


def lend_states(titles: Sequence[Title], words: Words, people: list[Person]) -> None:
    """Take up a bare title of the first sentence: "The Velorian foreign minister", who is named further on."""
    for title in titles:
        if title.name is not None or title.country is None or title.plural or words.sentence[title.first] != 0:
            continue
        if title.determiner not in (None, "the") or any(p.country == title.country for p in people if p.offices):
            continue
        fitting = [
            p
            for p in people
            if p.country is None
            and matches_office(title, [o for _, o in p.offices], p.heads)
            and p.positions
            and words.sentence[max(min(p.positions), 0)] > 0
        ]
        if len(fitting) == 1:
            fitting[0].country = title.country


def home_of(document: Document, people: list[Person], bodies: Sequence[Body], kb: Knowledge) -> str | None:
    """Return the state whose officials a text names without it: the publisher's, else the one its ministries show.

    A news text that says "the Hokurai Foreign Ministry" and "Foreign Minister A", beside another state's foreign
    minister, takes A for Hokurai's; who else has no state in it is of the same.
    """
    if document.country is not None or document.kind not in ("news", "other"):
        return document.country
    told = _home_in_title(document, people, kb) or _home_of_dateline(document, people, kb)
    if told is not None:
        return told
    abroad = {
        (_field(standard_office(office, None, kb)), person.country)
        for person in people
        if person.country is not None
        for _, office in person.offices
    }
    lands: set[str] = set()
    for person in people:
        if person.country is not None:
            continue
        for _, office in person.offices:
            field = _field(standard_office(office, None, kb))
            shown = {b.country for b in bodies if b.country is not None and field and _field(b.name) == field}
            lands |= {land for land in shown if (field, land) not in abroad}
    return lands.pop() if len(lands) == 1 else None


def _home_in_title(document: Document, people: list[Person], kb: Knowledge) -> str | None:
    """Return the one of two states in the title whose people the text names without it: "X, Y presidents meet"."""
    if not document.title:
        return None
    places = read_countries(headline_words(document.title), gazetteer(kb), None).starts.values()
    lands = {place.country for place in places if place.kind in ("name", "demonym")}
    known = {person.country for person in people if person.offices} & lands
    return next(iter(lands - known)) if len(lands) == 2 and len(known) == 1 else None


def _home_of_dateline(document: Document, people: list[Person], kb: Knowledge) -> str | None:
    """Return the state of the city that a report is dated from, where no one else in the text is of that state."""
    match = _DATELINE.match(document.text)
    land = kb.find_state(match["city"].title()) if match is not None else None
    return land if land is not None and all(person.country != land for person in people) else None


_DATELINE = re.compile(
    r"(?P<city>[A-Z][\w.'’ -]{2,30}?)(?:,[^()\n–—]{0,24})?\s?(?:\([^()\n]{2,30}\)\s?)?(?:--|[-–—])\s"
)


def _field(name: str) -> str:
    """Return the portfolio of "Minister of Foreign Affairs" or "Ministry of Foreign Affairs", lower case."""
    left, found, right = name.partition(" of ")
    if right == "State":
        # whoever writes "the State Department" need not be of its state
        return ""
    return right.lower() if found and left.split()[-1] in ("Minister", "Ministry", "Secretary", "Department") else ""


#: Words before the other side of a contact.
_TOWARDS = vocabulary(
    "with to from by met received welcomed hosted called phoned telephoned thanked told congratulated between invited "
    "counterpart colleague meeting briefed informed of"
)


def name_counterparts(people: list[Person], references: list[Reference], means: dict[int, int], kb: Knowledge) -> None:
    """Give "his counterpart Lu Wen" the office of the person before, as it stands in the text."""
    for k, reference in enumerate(references):
        if reference.title is None or not reference.title.office.lower().startswith("counterpart"):
            continue
        mine = people[means[k]]
        before = [people[means[q]] for q in range(k - 1, -1, -1) if means[q] != means[k] and people[means[q]].offices]
        mine.offices = [o for o in mine.offices if not o[1].lower().startswith("counterpart")]
        if not mine.offices and before:
            office = next((o for _, o in before[0].offices if o.lower() != "counterpart"), None)
            if office is not None:
                office = counterpart_office(office, before[0].country, mine.country, kb)
                mine.offices = [(reference.first, office)]


#: Ranks that one person in a state holds, so that "his counterpart" tells the office.
_SINGLE = frozenset(("foreign_minister", "defence_minister"))


def counterpart_office(office: str, host: str | None, land: str | None, kb: Knowledge) -> str:
    """Return the office in ``land`` that answers to ``office`` of ``host``.

    A title that only its own state has is not taken over: the Secretary of State's counterpart is a foreign minister.
    """
    own = kb.find_office(office, host)
    if own is None or own.rank not in _SINGLE:
        return office
    theirs = next((o for o in kb.offices if o.rank == own.rank and o.country == land), None) if land else None
    if theirs is not None:
        return theirs.title
    if own.country is None or own.country == land:
        return office
    return next((o.title for o in kb.offices if o.rank == own.rank and o.country is None), office)
