"""Which side's account each statement of an article belongs to."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from typing import TYPE_CHECKING

from diptych.annotate.affiliation import Sides, affiliations
from diptych.records import Account

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diptych.knowledge import Knowledge
    from diptych.records import Actor, Contact, Document, Statement

#: Sources that are both sides' own: two texts, or two bodies, that say the same.
_BOTH = re.compile(
    r"\b(?:both|the two) (?:\w+ ){0,2}(?:announcements|readouts|statements|texts|accounts|versions|communiqués|"
    r"communiques|summaries|ministries|departments|governments|capitals|embassies|offices|foreign ministries)\b|"
    r"\bjoint (?:statement|communiqué|communique|declaration|announcement|readout)\b",
    re.IGNORECASE,
)
#: Kinds of actors that speak for a government.
_OFFICIAL = frozenset({"institution", "state"})


def split_accounts(
    document: Document,
    contacts: Sequence[Contact],
    statements: Sequence[Statement],
    actors: Sequence[Actor],
    kb: Knowledge,
) -> tuple[Account, ...]:
    """Return the accounts that the text gives of its contact, one a side, each with the ids of its statements.

    A statement belongs to the side of its source; what stands inside another belongs where that one does. What the
    writer tells of both sides together is counted to the side whose telling it continues. A side gets an account
    only where its government, an official or an institution, is quoted; ``via`` names who reports it (None: the
    text is that side's own).
    """
    countries = {actor.name: actor.country for actor in actors if actor.country}
    official = {actor.name for actor in actors if _speaks_for(actor)}
    wanted = _contact_sides(contacts)
    own = [_sides(statement, countries, kb, wanted) for statement in statements]
    own = affiliations(statements, own, Sides.of(actors, contacts, wanted), wanted, kb)
    sides = _assign(statements, own, wanted)
    jointly = _told_jointly(statements)
    counted = Counter(side for i, side in enumerate(sides) if side is not None and i not in jointly)
    if not counted:
        return ()
    chosen = [side for side in wanted if counted[side]] if wanted else [side for side, _ in counted.most_common(2)]
    contact = _main_contact(contacts, chosen)
    accounts = []
    for side in chosen:
        mine = [i for i, found in enumerate(sides) if found == side or i in jointly]
        if not any(_official(statements[i], official, countries, side) for i in mine if own[i] == (side,)):
            continue
        accounts.append(
            Account(
                side=side,
                via=None if document.country == side and document.kind != "news" else _reporter(document),
                statements=tuple(statements[i].id for i in mine),
                contact=contact,
            )
        )
    return tuple(accounts)


def _told_jointly(statements: Sequence[Statement]) -> set[int]:
    """Statements that both sides make, "both ministries said", and those inside them: each account holds them."""
    number = {statement.id: i for i, statement in enumerate(statements)}
    found: set[int] = set()
    for i, statement in enumerate(statements):
        above = number.get(statement.parent) if statement.parent is not None else None
        if _BOTH.search(statement.source or "") is not None or above in found:
            found.add(i)
    return found


def _speaks_for(actor: Actor) -> bool:
    return actor.kind in _OFFICIAL or (actor.kind == "person" and actor.office is not None)


def _official(statement: Statement, official: set[str], countries: Mapping[str, str], side: str) -> bool:
    names = (statement.source_entity or "").split("; ")
    return any(name in official or name.startswith("Government of ") for name in names) or not countries


def _reporter(document: Document) -> str:
    if document.publisher:
        return document.publisher
    scheme, _, rest = document.uri.partition("://")
    return rest.split("/")[0] if scheme in ("http", "https") and rest else "the article"


def _sides(statement: Statement, countries: Mapping[str, str], kb: Knowledge, wanted: Sequence[str]) -> tuple[str, ...]:
    """The countries that the source of a statement speaks for."""
    found: list[str] = []
    for name in (statement.source_entity or "").split("; "):
        country = countries.get(name)
        if country is None and name:
            tail = name.rsplit(", ", 1)[-1].split(" (")[0]
            country = tail if len(tail) == 3 and kb.state(tail) is not None else kb.find_state(name)
            country = country or _named_after(f"{name} {statement.source or ''}", wanted)
        if country is not None and country not in found:
            found.append(country)
    return tuple(found)


def _named_after(source: str, sides: Sequence[str]) -> str | None:
    """The side whose name, or an adjective made from it, stands in the words of a source."""
    words = [word.lower() for word in source.replace("’", "'").split()]
    for side in sides:
        stem = side.lower().removesuffix("a")
        if len(stem) >= 4 and any(word.startswith(stem) for word in words):
            return side
    return None


def _contact_sides(contacts: Sequence[Contact]) -> list[str]:
    """The sides of the contact that the text is about: the first one held or under way that has two."""
    for contact in sorted(contacts, key=lambda c: (c.background, c.status not in ("held", "ongoing"), c.start)):
        countries = list(dict.fromkeys(p.country for p in contact.participants if p.country))
        if len(countries) >= 2:
            return countries
    return []


def _main_contact(contacts: Sequence[Contact], sides: Sequence[str]) -> str | None:
    for contact in sorted(contacts, key=lambda c: (c.background, c.status not in ("held", "ongoing"), c.start)):
        if set(sides) <= {p.country for p in contact.participants}:
            return contact.id
    return None


def _assign(statements: Sequence[Statement], own: Sequence[tuple[str, ...]], wanted: Sequence[str]) -> list[str | None]:
    """The side of each statement: its source's, its parent's, or that of the telling around it."""
    number = {statement.id: i for i, statement in enumerate(statements)}
    result: list[str | None] = [None] * len(statements)
    allowed = set(wanted)
    for i in range(len(statements)):
        top = i
        for _ in range(20):
            parent = statements[top].parent
            if parent is None or parent not in number:
                break
            top = number[parent]
        sides = own[top]
        if len(sides) == 1 and (not allowed or sides[0] in allowed):
            result[i] = sides[0]
    # What is told of both together continues the telling before it, or, at the head of the text, opens the next.
    told = [(statement.cue_span[0], result[i]) for i, statement in enumerate(statements) if result[i] is not None]
    told.sort(key=lambda item: item[0])
    starts = [start for start, _ in told]
    for i, statement in enumerate(statements):
        if result[i] is None and told and len(own[i]) > 1 and statement.parent is None:
            at = bisect.bisect_right(starts, statement.cue_span[0]) - 1
            result[i] = told[at][1] if at >= 0 else told[0][1]
    for i, statement in enumerate(statements):
        if result[i] is None and statement.parent in number:
            result[i] = result[number[statement.parent]]
    return result
