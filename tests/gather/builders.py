"""Tellings of invented states, made in one line each."""

from __future__ import annotations

import datetime as dt

from diptych.records import (
    Contact,
    ContactKind,
    ContactStatus,
    DatePrecision,
    DocumentKind,
    Participant,
    Telling,
    content_id,
)


def people(*who: str) -> tuple[Participant, ...]:
    """Return participants written as "Name (State)", "Name, Office (State)" or "(State)"."""
    out = []
    for one in who:
        told, _, state = one.rstrip(")").rpartition("(")
        name, _, office = told.strip().partition(", ")
        out.append(Participant(name=name or None, office=office or None, country=state, side=state))
    return tuple(out)


def telling(
    document: str,
    side: str | None,
    published: str,
    *who: str,
    kind: ContactKind = "phone_call",
    date: str | None = None,
    status: ContactStatus = "held",
    place: str | None = None,
    title: str | None = None,
    quote: str = "",
    lead: bool = True,
    via: str | None = None,
    paper: DocumentKind = "readout",
    number: int = 0,
    background: bool = False,
) -> Telling:
    """Return what ``document`` tells of its contact number ``number``."""
    precisions: dict[int, DatePrecision] = {0: "unknown", 4: "year", 7: "month"}
    contact = Contact(
        id=content_id("contact", document, number),
        kind=kind,
        status=status,
        date=date,
        precision=precisions.get(len(date or ""), "day"),
        participants=people(*who),
        quote=quote,
        start=0,
        end=len(quote),
        place=place,
        background=background,
    )
    return Telling(
        id=content_id("telling", document, number, side, via),
        document=document,
        uri=f"https://{document}.example/",
        publisher=f"Office of {side}" if side and via is None else via,
        side=side,
        published=dt.date.fromisoformat(published),
        language="en",
        kind=paper,
        title=title or document,
        contact=contact,
        lead=lead,
        via=via,
    )
