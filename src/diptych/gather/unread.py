"""The contact of a publication in a language that is not read: title and dateline are of so few forms that they do.

State media in Chinese title their accounts "X, verb, state, office, form" and begin them with the day.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from diptych.knowledge.scripts import load_script_names
from diptych.records import Participant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diptych.knowledge import Knowledge
    from diptych.knowledge.scripts import ScriptNames
    from diptych.records import Document

__all__ = ["dateline", "participants"]

#: Characters at the head of a text in which its day stands.
_HEAD = 60
_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_ELECT = "当选"
#: What makes of an office somebody else's: the president's adviser, envoy, wife, palace.
_SOMEBODY_ELSE = re.compile(r"特别|气候|办公|顾问|助理|特使|夫人|府|代表|私人|候选|家")


def participants(document: Document, kb: Knowledge) -> tuple[Participant, ...]:
    """Return who took part by the title of ``document``: its own people, and other states' office-holders.

    A state without an office behind it ("an American company") is none. Empty where the title names no two sides.
    """
    names = load_script_names().get((document.language or "").split("-")[0])
    title = document.title or ""
    if names is None or document.country is None:
        return ()
    found = [*_people(title, names), *_office_holders(title, names, document, kb)]
    return tuple(found) if len({one.country for one in found}) > 1 else ()


def _people(title: str, names: ScriptNames) -> Iterator[Participant]:
    at = 0
    while (hit := names.first("person", title, at)) is not None:
        person, _, at = hit
        yield Participant(name=person.value, country=person.country, side=person.country)


def _office_holders(title: str, names: ScriptNames, document: Document, kb: Knowledge) -> Iterator[Participant]:
    at = 0
    while (hit := names.first("state", title, at)) is not None:
        state, _, at = hit
        elect = title.startswith(_ELECT, at)
        post = names.at("office", title, at + len(_ELECT) if elect else at)
        if post is None or state.value == document.country or _SOMEBODY_ELSE.match(title, post[1]):
            continue
        at = post[1]
        yield _holder(post[0].value, state.value, document, kb, elect=elect)
    at = 0
    while (hit := names.first("office", title, at)) is not None:
        office, _, at = hit
        if office.country is not None and not _SOMEBODY_ELSE.match(title, at):
            yield _holder(office.value, office.country, document, kb)


def _holder(title: str, country: str, document: Document, kb: Knowledge, *, elect: bool = False) -> Participant:
    """An office as participant, with its holder on the day of publication where the tables have exactly one."""
    office = kb.find_office(title, country)
    name = None
    if office is not None and document.published is not None and not elect:
        office_id = office.id.replace("*", country.lower(), 1)
        holders = {one.person for one in kb.holders(office_id, country, document.published)}
        name = holders.pop() if len(holders) == 1 else None
    held = f"{office.title if office else title}{'-elect' if elect else ''}"
    return Participant(name=name, office=held, country=country, side=country)


def dateline(document: Document) -> str | None:
    """Return the day that the text begins with, in the year of publication or the one before."""
    found = _DAY.search(document.text[:_HEAD])
    if found is None or document.published is None:
        return None
    for year in (document.published.year, document.published.year - 1):
        try:
            day = dt.date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        if day <= document.published:
            return day.isoformat()
    return None
