"""What the title of an official text tells of its contact, where the text itself leaves it out.

"Telephone conversation with President of Thessara Nikos Vasilakis" above a text that goes on "The discussion
continued …" names the kind and the other side; the words that tell of the contact are those of the first sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from diptych.annotate.actors import fold, name_tokens
from diptych.annotate.contact_details import headline_kind
from diptych.annotate.contact_merge import FAMILY, HELD, Candidate, people_of
from diptych.annotate.dates import DayContext, find_days, resolve_day
from diptych.annotate.discourse import speaks_for_another
from diptych.annotate.gazetteer import gazetteer
from diptych.annotate.references import headline_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diptych.annotate.scene import Scene
    from diptych.knowledge import Knowledge
    from diptych.records import Actor, Document, When

_AHEAD = re.compile(r"\b(?:to (?:meet|visit|host|receive|hold|speak)|will|upcoming)\b", re.IGNORECASE)
_NO_ACCOUNT = re.compile(
    r"\b(?:remarks|transcript|interview|press (?:conference|briefing)|letter|message|telegram|condolences?|greetings"
    r"|congratulat\w+|statement|speech|briefing)\b",
    re.IGNORECASE,
)
_VISIT = re.compile(r"\bvisits?\b", re.IGNORECASE)


def heed_title(contacts: Sequence[Candidate], scene: Scene, document: Document, kb: Knowledge) -> list[Candidate]:
    """Return ``contacts`` with what the title adds: the contact that it alone names, the day that it alone gives.

    Only for official texts; ``contacts`` are those of the text in order.
    """
    out = list(contacts)
    title = document.title
    if title is None or document.country is None or document.kind not in ("readout", "other"):
        return out
    kind = headline_kind(title)
    if kind is not None and not _AHEAD.search(title) and not _NO_ACCOUNT.search(title):
        other = _counterpart(title, scene, document, kb)
        if other is not None:
            out = _with_counterpart(out, kind, other, scene, document)
    return _with_day(out, title, document)


def speaker_of(scene: Scene, document: Document, kb: Knowledge) -> str | None:
    """Return who says "I" in an official statement: the first of its own side whom its title names."""
    if document.title is None or document.country is None:
        return None
    for reference in headline_references(document.title, gazetteer(kb), document.country):
        family = name_tokens(reference.name.parts)[-1:]
        for actor in scene.actors.values():
            own = actor.kind == "person" and actor.country == document.country and not speaks_for_another(actor)
            if own and family and family[0] in {fold(w) for w in actor.name.split()}:
                return actor.id
    return None


def _counterpart(title: str, scene: Scene, document: Document, kb: Knowledge) -> Actor | None:
    """Return the one person of another state whom the title names with an office, None for none or several."""
    found: list[Actor] = []
    for reference in headline_references(title, gazetteer(kb), document.country):
        family = name_tokens(reference.name.parts)[-1:]
        named = [
            a
            for a in scene.actors.values()
            if a.kind == "person" and family and family[0] in {fold(w) for w in a.name.split()}
        ]
        known = len(named) == 1 and (named[0].country is not None or len(name_tokens(reference.name.parts)) > 1)
        if known and named[0].country != document.country:
            found.append(named[0])
    return found[0] if len({a.id for a in found}) == 1 else None


def _with_counterpart(
    contacts: list[Candidate], kind: str, other: Actor, scene: Scene, document: Document
) -> list[Candidate]:
    family = FAMILY[kind]
    if any(other.id in c.actors and FAMILY[c.kind] in (family, "meeting", "call", "other") for c in contacts):
        return contacts
    met = [scene.actors[a] for m in scene.mentions for a in m.actors]
    home = [a for a in met if a.country == document.country and not speaks_for_another(a)]
    named = [a for a in home if a.kind == "person"]
    own = next(iter(named or [a for a in home if a.kind == "unnamed" and a.office_from == "text"]), None)
    actors = (*((own.id,) if own is not None else ()), other.id)
    for k, c in enumerate(contacts):
        others = people_of(c, scene) - {own.id if own is not None else ""}
        if FAMILY[c.kind] == family and c.status in HELD and not c.background and not others and c.label is None:
            # the text tells of it again without the name
            contacts[k] = replace(c, actors=actors, generic=False)
            return contacts
    first, last = scene.words.sentences[0]
    lead = Candidate(
        kind=kind,  # type: ignore[arg-type]
        status="held",
        actors=actors,
        label=None,
        when=None,
        place=None,
        sentence=0,
        start=scene.words.start[first],
        end=scene.words.end[last - 1],
        generic=False,
    )
    return [lead, *contacts]


def _with_day(contacts: list[Candidate], title: str, document: Document) -> list[Candidate]:
    """Give the first contact the day in the title ("…, 18 August 2031") where the text gives it none."""
    k = next((k for k, c in enumerate(contacts) if not c.background), None)
    if k is None or contacts[k].status not in HELD or (contacts[k].when and contacts[k].when.date):  # type: ignore[union-attr]
        return contacts
    kind = headline_kind(title)
    visit = _VISIT.search(title) is not None
    if not (
        FAMILY[contacts[k].kind] == "visit" if visit else kind is not None and FAMILY[kind] == FAMILY[contacts[k].kind]
    ):
        return contacts
    days = list(find_days(title))
    if len(days) != 1:
        return contacts
    when: When = resolve_day(days[0].words, document.published, DayContext())
    if when.precision == "day" and when.date is not None:
        contacts[k] = replace(contacts[k], when=msgspec.structs.replace(when, quote=None))
    return contacts
