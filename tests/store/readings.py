"""Invented documents with readings, made without a parser: as many as wanted, each of its own words."""

from __future__ import annotations

import datetime as dt
import random
import re

from diptych.records import (
    Account,
    Actor,
    Block,
    Contact,
    Document,
    GatheredContact,
    HeldAccount,
    Mention,
    Participant,
    Provenance,
    Quote,
    Reading,
    Statement,
    Telling,
    content_id,
)
from diptych.store import Entry, Location

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
STATES = ("Sarvenia", "Tolmara", "Veskia", "Ondria", "Kastelo")
PEOPLE = ("Mira Dovanu", "Teodor Halvik", "Ilse Brandão", "Kaan Öztemir", "Ruta Zeltiņa")
TOPICS = ("grain transit", "border crossings", "prisoner exchange", "river water", "fishing rights")
ACTS = ("agree", "commit", "affirm", "request", "express", "state", "discuss", "deny")
WORDS = [
    "peace",
    "security",
    "trade",
    "harbour",
    "railway",
    "border",
    "treaty",
    "cooperation",
    "dialogue",
    "ministers",
    "support",
    "concern",
    "transit",
    "grain",
    "water",
    "energy",
    "pipeline",
    "visas",
    "students",
    "prisoners",
    "families",
    "ceasefire",
    "observers",
    "mission",
    "talks",
    "visit",
    "invitation",
    "partnership",
    "investment",
    "sanctions",
    "export",
    "quota",
    "tariff",
    "fishing",
    "vessels",
    "delegation",
    "working",
    "group",
]


def document(number: int, *, text: str | None = None, language: str = "en", **fields: object) -> Document:
    """An invented readout; ``number`` decides all of it."""
    dice = random.Random(number)
    a, b = dice.sample(range(len(STATES)), 2)
    day = dt.date(2020, 1, 1) + dt.timedelta(days=number % 2000)
    if text is None:
        text = " ".join(
            f"Minister {PEOPLE[dice.randrange(5)]} {dice.choice(('said', 'agreed', 'noted'))} that "
            f"{' '.join(dice.choices(WORDS, k=9))} {dice.choice(TOPICS)}."
            for _ in range(8)
        )
    title = f"Call no. {number} between {STATES[a]} and {STATES[b]}"
    values = {
        "uri": f"https://{STATES[a].lower()}.example/{number}",
        "publisher": f"Ministry of {STATES[a]}",
        "country": STATES[a],
        "title": title,
        "published": day,
        "kind": "readout",
        "byline": ("Press office",),
        "blocks": (Block(start=0, end=len(text), where="line 1"),),
    } | fields
    id = content_id("doc", title, values["publisher"], values["published"], text)
    return Document(id=id, text=text, language=language, **values)  # type: ignore[arg-type]


def reading(document: Document) -> Reading:
    """What could be read in :func:`document`: a statement and a mention a sentence, and one contact."""
    sentences = [found.span() for found in re.finditer(r"Minister .*?(?=\.(?: Minister|$))", document.text)]
    dice = random.Random(document.id)
    actors = tuple(
        Actor(id=content_id("actor", p), kind="person", name=p, country=s) for p, s in zip(PEOPLE, STATES, strict=True)
    )
    statements, mentions = [], []
    for begin, end in sentences:
        words = document.text[begin:end].split(" ")
        person = " ".join(words[1:3])
        content = begin + len(" ".join(words[:5])) + 1
        mentions.append(
            Mention(
                start=begin,
                end=begin + len(" ".join(words[:3])),
                quote=" ".join(words[:3]),
                form="name",
                actors=(content_id("actor", person),),
                rule="title and name",
            )
        )
        statements.append(
            Statement(
                id=content_id("statement", document.id, begin, end),
                source=f"Minister {person}",
                source_entity=person,
                source_span=(begin, begin + len(" ".join(words[:3]))),
                cue=words[3],
                cue_span=(begin, begin + 1),
                content=Quote(quote=document.text[content:end], start=content, end=end),
                act=dice.choice(ACTS),  # type: ignore[arg-type]
                holder=(person, f"Government of {document.country}"),
                direct="indirect",
                topics=tuple(topic for topic in TOPICS if topic in document.text[content:end]),
            )
        )
    _, _, told = (document.title or "").partition("between ")
    sides = told.split(" and ")
    contact = Contact(
        id=content_id("contact", document.id),
        kind="phone_call",
        status="held",
        date=document.published.isoformat() if document.published else None,
        precision="day",
        participants=tuple(Participant(name=PEOPLE[STATES.index(s)], country=s, side=s) for s in sides if s in STATES),
        quote=document.text[:20],
        start=0,
        end=20,
    )
    account = Account(
        side=document.country or "", via=None, statements=tuple(s.id for s in statements[:4]), contact=contact.id
    )
    return Reading(
        document=document,
        actors=actors,
        mentions=tuple(mentions),
        contacts=(contact,),
        statements=tuple(statements),
        accounts=(account,),
    )


def telling(reading: Reading) -> Telling:
    """The account that :func:`reading` gives of its contact."""
    document, contact = reading.document, reading.contacts[0]
    return Telling(
        id=content_id("telling", document.id, contact.id),
        document=document.id,
        uri=document.uri,
        publisher=document.publisher,
        side=document.country,
        published=document.published,
        language=document.language,
        kind=document.kind,
        title=document.title,
        contact=contact,
        lead=True,
    )


def entry(number: int) -> Entry:
    """A document with its reading, telling and provenance."""
    read = reading(document(number))
    return Entry(
        document=read.document,
        location=location(read.document),
        reading=read,
        tellings=(telling(read),),
        provenance=(Provenance(stage="annotate", version="1", model="m", knowledge="k"),),
        signature=bytes(range(16)),
    )


def location(document: Document, *, uri: str | None = None, minutes: int = 0) -> Location:
    """Where the document was fetched, so many minutes after noon."""
    return Location(uri=uri or document.uri, document=document.id, fetched_at=NOON + dt.timedelta(minutes=minutes))


def gathered(*tellings: Telling) -> GatheredContact:
    """These tellings as one contact."""
    contact = tellings[0].contact
    return GatheredContact(
        id=content_id("gathered", *sorted(one.id for one in tellings)),
        kind=contact.kind,
        status=contact.status,
        date=contact.date,
        precision=contact.precision,
        place=contact.place,
        participants=contact.participants,
        accounts=tuple(
            HeldAccount(
                side=one.side,
                publisher=one.publisher,
                document=one.document,
                uri=one.uri,
                published=one.published,
                telling=one.id,
                title=one.title,
            )
            for one in tellings
        ),
        because=("the same two sides on one day",),
    )
