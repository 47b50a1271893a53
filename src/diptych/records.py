"""Every record that travels through diptych, on one page.

All records are frozen, keyword-only ``msgspec.Struct`` types: a stage never edits a record, it returns new ones.

Offsets are Unicode code points, half-open, into ``Document.text``; for every record that carries a quote,
``document.text[start:end] == quote`` holds. Ids are content hashes (:func:`content_id`): the same input gives
the same ids on every machine. Countries are ISO 3166 alpha-3 codes, or the name as written where a state has none.
What a text does not give is ``None``, never a guess.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

import msgspec

DocumentKind = Literal["readout", "joint_statement", "transcript", "press_conference", "news", "fact_sheet", "other"]
BlockKind = Literal["heading", "paragraph", "list_item", "quote", "caption", "table", "other"]
ActorKind = Literal["person", "institution", "state", "bloc", "group", "document", "unnamed"]
MentionForm = Literal["name", "title", "pronoun", "metonym", "institution", "state", "group", "unnamed"]
ContactKind = Literal[
    "phone_call",
    "video_call",
    "meeting",
    "visit",
    "summit",
    "trilateral",
    "multilateral",
    "press_conference",
    "message",
    "other",
]
ContactStatus = Literal["held", "ongoing", "planned", "proposed", "cancelled", "disputed"]
DatePrecision = Literal["day", "month", "year", "unknown"]
Act = Literal["agree", "commit", "concur", "affirm", "request", "express", "state", "discuss", "deny", "setting"]
Directness = Literal["direct", "indirect", "mixed"]
RelationKind = Literal["same", "differs", "conflict"]
PairKind = Literal["same", "differs", "conflict", "unrelated"]
Aspect = Literal[
    "strength",
    "holder",
    "scope",
    "object",
    "number",
    "date",
    "term",
    "condition",
    "order",
    "weight",
    "framing",
    "polarity",
]

#: Acts from the strongest to the weakest commitment; ``deny`` and ``setting`` stand outside the scale.
ACT_STRENGTH: dict[str, int] = {
    "agree": 8,
    "commit": 7,
    "concur": 6,
    "affirm": 5,
    "request": 4,
    "express": 3,
    "state": 2,
    "discuss": 1,
    "deny": 0,
    "setting": 0,
}


def content_id(prefix: str, *parts: object) -> str:
    """Return ``prefix-`` and 16 hex digits of a SHA-256 over ``parts``: equal content, equal id, everywhere."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8")).hexdigest()
    return f"{prefix}-{digest[:16]}"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, compared by value, encoded by msgspec."""


class RawDocument(Record, frozen=True, kw_only=True):
    """Bytes as they came in, before anything is read out of them.

    ``etag`` and ``last_modified`` are the server's, to ask it later whether the page has changed. ``title`` and
    ``published`` are what a feed or a list that named the document says of it; they fill what its own page lacks.
    ``asked`` is the address that it was asked under, where that led elsewhere (to ``uri``).
    """

    uri: str
    media_type: str
    fetched_at: dt.datetime
    sha256: str
    body: bytes
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    published: dt.date | None = None
    asked: str | None = None


class Block(Record, frozen=True, kw_only=True):
    """A paragraph-like stretch of ``Document.text`` and where it stood in the original.

    ``where`` says it in the original's own terms: ``line 13``, ``page 2``, ``paragraph 4``.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    where: str | None = None


class Document(Record, frozen=True, kw_only=True):
    """One publication: its body text without page furniture, and what is known of it."""

    id: str
    uri: str
    text: str
    publisher: str | None = None
    country: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    published: dt.date | None = None
    updated: dt.date | None = None
    language: str | None = None
    translated_from: str | None = None
    kind: DocumentKind = "other"
    blocks: tuple[Block, ...] = ()


class Actor(Record, frozen=True, kw_only=True):
    """Someone or something that acts: a person, an institution, a state, a bloc.

    ``name`` is the fullest form known ("Antony Blinken", "Ministry of Foreign Affairs, KOR", "Government of USA").
    ``office`` is the office held on the day of the text; ``office_from`` tells whether the text or the dated table
    gave it; ``office_conflict`` holds the table's office where the two disagree.
    """

    id: str
    kind: ActorKind
    name: str
    country: str | None = None
    office: str | None = None
    office_from: Literal["text", "table"] | None = None
    office_conflict: str | None = None


class Mention(Record, frozen=True, kw_only=True):
    """A stretch of text that refers to one or more actors, and the rule that says so."""

    start: int
    end: int
    quote: str
    form: MentionForm
    actors: tuple[str, ...]
    rule: str


class Office(Record, frozen=True, kw_only=True):
    """A public office: its standard English title and the titles that texts use for it."""

    id: str
    title: str
    country: str | None = None
    rank: str | None = None
    forms: tuple[str, ...] = ()


class Tenure(Record, frozen=True, kw_only=True):
    """A person in an office from one day to another (``end`` None: still in office when the row was written)."""

    person: str
    aliases: tuple[str, ...] = ()
    country: str
    office: str
    start: dt.date
    end: dt.date | None = None
    source: str


class When(Record, frozen=True, kw_only=True):
    """A point in time as precisely as the text gives it: ``2021-01-27``, ``2021-01``, ``2021``."""

    date: str | None
    precision: DatePrecision
    quote: str | None = None
    time: str | None = None


class Participant(Record, frozen=True, kw_only=True):
    """Who took part in a contact, in what office on that day, for which side."""

    name: str | None
    office: str | None = None
    country: str | None = None
    side: str | None = None
    office_conflict: str | None = None


class Contact(Record, frozen=True, kw_only=True):
    """A call, meeting or visit: who, when, where, in what form, and the words that tell of it.

    ``date`` is the day (``2021-01-27``; ``first/last`` for days from one to another), month or year that the text
    gives. ``time`` is the clock time, 24 hours, as local as the text has it (``18:30``); ``time_quote`` its words.
    """

    id: str
    kind: ContactKind
    status: ContactStatus
    date: str | None
    precision: DatePrecision
    participants: tuple[Participant, ...]
    quote: str
    start: int
    end: int
    date_quote: str | None = None
    time: str | None = None
    time_quote: str | None = None
    place: str | None = None
    requested_by: str | None = None
    duration: str | None = None
    ordinal: str | None = None
    format: str | None = None
    background: bool = False


class Quote(Record, frozen=True, kw_only=True):
    """A stretch of text, verbatim."""

    quote: str
    start: int
    end: int


class Statement(Record, frozen=True, kw_only=True):
    """One attribution: a source, a cue and a content; and the act that the content reports.

    ``source`` is the words that name who is telling (None: an impersonal cue), ``source_entity`` whom they mean.
    ``holder`` names whose act is told. ``negated``: the statement denies, refuses or reports the absence of its
    content; ``absence``: it reports what a text does *not* say. ``parent`` is the statement this one stands inside.
    """

    id: str
    source: str | None
    source_entity: str | None
    source_span: tuple[int, int] | None
    cue: str
    cue_span: tuple[int, int]
    content: Quote
    act: Act
    holder: tuple[str, ...]
    direct: Directness
    negated: bool = False
    absence: bool = False
    modality: str | None = None
    hedge: str | None = None
    topics: tuple[str, ...] = ()
    parent: str | None = None


class Account(Record, frozen=True, kw_only=True):
    """One side's telling of a contact: from its own document, or as reported by another (``via``)."""

    side: str
    via: str | None
    statements: tuple[str, ...]
    contact: str | None = None


class ContestedClaim(Record, frozen=True, kw_only=True):
    """A claim that one actor asserts and another denies or qualifies, with both quotes."""

    claim: str
    asserted_by: str
    denied_by: str
    quotes: tuple[Quote, ...]


class Reading(Record, frozen=True, kw_only=True):
    """All that was read out of one document."""

    document: Document
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    contacts: tuple[Contact, ...] = ()
    statements: tuple[Statement, ...] = ()
    accounts: tuple[Account, ...] = ()
    upcoming: tuple[str, ...] = ()
    contested: tuple[ContestedClaim, ...] = ()


class Point(Record, frozen=True, kw_only=True):
    """The smallest thing told: a clause, its act and whose act it is.

    ``id`` numbers the points of a side in the order of its text (A1, A2, …; B1, B2, …). ``holder`` is ``a``, ``b``,
    ``both`` or the name of a third party. ``cue`` is the words that carry the act,
    ``subject`` the words that name the holder, which may stand in an earlier clause.
    """

    id: str
    side: Literal["a", "b"]
    start: int
    end: int
    quote: str
    act: Act
    holder: str
    cue: str | None = None
    subject: str | None = None
    negated: bool = False
    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


class Nearest(Record, frozen=True, kw_only=True):
    """The passage of the other text that comes nearest to a one-sided point; similarity from 0 to 1."""

    quote: str
    start: int
    end: int
    similarity: float


class AspectWords(Record, frozen=True, kw_only=True):
    """One way in which two accounts of an item differ, with the words of either side (empty: that side has none)."""

    aspect: Aspect
    a: str
    b: str


class Relation(Record, frozen=True, kw_only=True):
    """Points of A and points of B that tell of the same item, and how their tellings stand to each other.

    ``confidence`` is a calibrated probability that the points belong together; ``because`` names the rule or
    feature that decided.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    kind: RelationKind
    aspects: tuple[AspectWords, ...] = ()
    confidence: float
    because: str


class PairRelation(Record, frozen=True, kw_only=True):
    """How two passages by themselves stand to each other; ``confidence`` is the probability of ``kind``."""

    kind: PairKind
    confidence: float
    aspects: tuple[AspectWords, ...] = ()


class KeyDifference(Record, frozen=True, kw_only=True):
    """One of the differences that an expert would put in a news item, as one neutral sentence."""

    kind: Literal["only_a", "only_b", "differs", "conflict"]
    points: tuple[str, ...]
    say: str


class Emphasis(Record, frozen=True, kw_only=True):
    """How much of each side's text (share of point words, 0 to 1) a topic takes, and where it first stands."""

    topic: str
    a: float
    b: float
    first_a: int | None = None
    first_b: int | None = None


class Side(Record, frozen=True, kw_only=True):
    """One of the two accounts compared."""

    label: str
    country: str | None
    document: Document
    via: str | None = None


class Comparison(Record, frozen=True, kw_only=True):
    """Two accounts of one contact laid side by side."""

    contact: Contact | None
    a: Side
    b: Side
    points: tuple[Point, ...]
    relations: tuple[Relation, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    undecided: tuple[str, ...]
    nearest: dict[str, Nearest]
    key_differences: tuple[KeyDifference, ...] = ()
    emphasis: tuple[Emphasis, ...] = ()
    warnings: tuple[str, ...] = ()


class Telling(Record, frozen=True, kw_only=True):
    """What one document tells of one contact: the contact as that document reads, and who published it when.

    ``side`` is the country whose account this is, ``via`` the publisher that reports it where it is not that side's
    own. ``lead`` says that the contact is what the document is about, not one it mentions in passing.
    """

    id: str
    document: str
    uri: str
    publisher: str | None
    side: str | None
    published: dt.date | None
    language: str | None
    kind: DocumentKind
    title: str | None
    contact: Contact
    lead: bool = False
    via: str | None = None


class HeldAccount(Record, frozen=True, kw_only=True):
    """One side's account of a gathered contact: its own text, or as reported by another (``via``)."""

    side: str | None
    publisher: str | None
    document: str
    uri: str
    published: dt.date | None
    via: str | None = None
    language: str | None = None
    telling: str
    title: str | None = None
    lead: bool = True


class GatheredContact(Record, frozen=True, kw_only=True):
    """One contact, with the accounts of it that documents of both sides and of the press give.

    ``because`` says why the accounts were joined, a sentence each; ``silent`` names the sides that took part and
    from which no account of their own is known.
    """

    id: str
    kind: ContactKind
    status: ContactStatus
    date: str | None
    precision: DatePrecision
    place: str | None
    participants: tuple[Participant, ...]
    accounts: tuple[HeldAccount, ...]
    because: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


class Correction(Record, frozen=True, kw_only=True):
    """What a person decided on the gathering; it is applied after the rules at every run, and it wins.

    ``join``: the tellings belong to one contact. ``split``: the first telling stands apart from the others.
    ``set``: ``field`` (kind, status, date, place) of the contact of these tellings is ``value``.
    """

    id: str
    kind: Literal["join", "split", "set"]
    tellings: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    note: str | None = None
    made_at: dt.datetime


class Change(Record, frozen=True, kw_only=True):
    """One place where a later version of a document differs from the earlier one.

    ``substance`` names what changed (number, act, name, date, dropped, added, wording), None for a trivial edit
    (spelling, punctuation, space).
    """

    before: str
    after: str
    start: int
    end: int
    substance: Literal["number", "act", "name", "date", "negation", "dropped", "added", "wording"] | None


class Provenance(Record, frozen=True, kw_only=True):
    """Which code, model and knowledge said this."""

    stage: str
    version: str
    model: str | None
    knowledge: str
