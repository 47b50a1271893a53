"""A reading's points: the smallest things told, each with its act, whose act it is, and what it is about."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from diptych.compare.points_act import Segment, act_features, keep_features, table_act
from diptych.compare.points_holder import Holder, goes_on, whose
from diptych.compare.points_marks import ACTS, Marker, Marks, read_marks
from diptych.compare.points_model import LinearModel, load_model
from diptych.compare.points_numbers import numbers_in
from diptych.compare.points_sides import Sides, find_sides
from diptych.compare.points_split import Hits, cuts, quoted
from diptych.knowledge.cues import CueIndex
from diptych.records import Act, Point
from diptych.syntax import is_negated, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from diptych.knowledge import Knowledge
    from diptych.records import Document, Reading

#: How likely a stretch must tell something of the contact to be a point.
KEEP_AT = 0.5
#: How much more (in log odds) the table of cues weighs where a verb of telling stands in the point itself.
TABLE_WEIGHT = 2.0
#: What share of its log-odds the token marker adds to the act.
MARKER_WEIGHT = 0.5
#: The languages that the token marker reads; None where a document does not say.
_MARKED = ("en", None)

_CLOSING = frozenset("\"”»’')]%")
_ENTITIES = frozenset({"PERSON", "GPE", "NORP", "ORG", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})


def find_points(
    side: Literal["a", "b"],
    document: Document,
    doc: Doc,
    reading: Reading,
    kb: Knowledge,
    marker: Marker | None = None,
) -> tuple[Point, ...]:
    """Return the points of one side in text order, numbered A1, A2, … or B1, B2, …; they do not overlap.

    ``doc`` is the parse of ``document.text``. ``reading`` may be empty: contacts and mentions sharpen whose act is
    told, nothing else depends on them. Without ``marker``, and in languages that it does not read, sentences are cut
    only where one act of telling follows another. Raises ModelError where the packaged weights cannot be read.
    """
    spans = sentences(doc)
    hits = find_hits(doc, cue_index(kb))
    marks = read_marks(doc, spans, marker) if marker is not None and document.language in _MARKED else None
    sides = find_sides(document, doc, spans, reading, kb)
    keep, acts = load_model("keep"), load_model("act")
    entities = [(e.start, e.end, e.text) for e in doc.ents if e.label_ in _ENTITIES]
    points: list[Point] = []
    for described in describe(doc, cut(doc, spans, hits, marks), hits, sides):
        if kept(described, keep, marks) < KEEP_AT:
            continue
        name = f"{side.upper()}{len(points) + 1}"
        points.append(_point(name, side, doc, described, decide_act(described, acts, marks), entities, kb))
    return tuple(points)


@lru_cache(maxsize=2)
def cue_index(kb: Knowledge) -> CueIndex:
    """The cues of a body of knowledge, indexed once."""
    return CueIndex(kb.cues)


def kept(described: Described, model: LinearModel, marks: Marks | None) -> float:
    """How likely a stretch tells something of the contact: the mean of what the model and the token marker say."""
    chance = model.positive(described.keep)
    if marks is None:
        return chance
    return (chance + marks.telling(described.segment.start, described.segment.end)) / 2


def decide_act(described: Described, model: LinearModel, marks: Marks | None) -> Act:
    """The act that model, table of cues and token marker together hold for the likeliest."""
    scores = model.scores(described.act).copy()
    cue = described.segment.cue
    if cue is not None and described.segment.own and cue.cue.cue_class == "speech":
        act = table_act(described.segment, described.holder == "both")
        if act in model.classes:
            scores[model.classes.index(act)] += TABLE_WEIGHT
    if marks is not None:
        told = dict(zip(ACTS, marks.act_scores(described.segment.start, described.segment.end), strict=True))
        scores += MARKER_WEIGHT * np.array([told[name] for name in model.classes])
    return cast("Act", model.classes[int(scores.argmax())])


def find_hits(doc: Doc, index: CueIndex) -> Hits:
    """Find all cues of a document."""
    found = {}
    for token in doc:
        if token.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            hit = index.at(token)
            if hit is not None:
                found[token.i] = hit
    return Hits(found)


def cut(doc: Doc, spans: tuple[Span, ...], hits: Hits, marks: Marks | None) -> tuple[tuple[int, int], ...]:
    """Cut a document into stretches that may be points: token indices, half-open, without marks at either end."""
    places = (*cuts(doc, spans, hits, marks), len(doc))
    stretches = (trim(doc, start, end) for start, end in pairwise(places))
    return tuple(stretch for stretch in stretches if stretch is not None)


def trim(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Take blanks, marks and conjunctions off both ends; closing quotation marks and brackets stay if opened inside."""
    while start < end and (doc[start].is_space or (doc[start].is_punct and doc[start].text not in "\"“«‘'([")):
        start += 1
    while end > start:
        last = doc[end - 1]
        if (
            last.is_space
            or (last.is_punct and last.text not in _CLOSING)
            or last.dep_ == "cc"
            or (last.lower_ in ("and", "but", "as", "well") and last.dep_ in ("cc", "advmod", "mark"))
            or (last.text in ('"', "“") and doc[start:end].text.count(last.text) % 2 == 1 and last.text == "“")
        ):
            end -= 1
        else:
            break
    return (start, end) if end > start else None


class Described:
    """A stretch with all that is read of it; internal to the making of points."""

    __slots__ = ("act", "holder", "keep", "segment", "subject")

    def __init__(self, segment: Segment, holder: Holder, subject: Span | None, act: list[str], keep: list[str]) -> None:
        self.segment = segment
        self.holder = holder
        self.subject = subject
        self.act = act
        self.keep = keep


def describe(doc: Doc, bounds: tuple[tuple[int, int], ...], hits: Hits, sides: Sides) -> Iterator[Described]:
    """Read head, cue, subject and holder of each stretch and name its features."""
    inside = quoted(doc)
    line, at = 0, 0
    before: tuple[Segment, str, str] | None = None
    spoken: Holder | None = None
    for position, (start, end) in enumerate(bounds):
        while at < start:
            line += doc[at].text.count("\n")
            at += 1
        segment = make_segment(doc, start, end, hits, line, inside)
        subject, holder = whose(segment, sides, spoken)
        if holder is None:
            holder = _carried(before, segment, spoken)
        features = act_features(segment, holder, before, position)
        keep = keep_features(doc, segment, holder, position, position >= len(bounds) - 2)
        yield Described(segment, holder, subject, features, keep)
        act = table_act(segment, holder == "both")
        if act == "-" and before is not None and before[2] == holder:
            act = before[1]  # speech goes on: what was stressed before is stressed still
        before = (segment, act, holder)
        if holder != "both":
            spoken = holder


def _carried(before: tuple[Segment, str, str] | None, segment: Segment, spoken: Holder | None) -> Holder:
    """Whose act is told where the words do not say: of the clause before in the paragraph, or of who spoke last."""
    if before is not None and before[0].line == segment.line and before[2] == "both" and not segment.own:
        return "both"
    return spoken or "own"


def make_segment(doc: Doc, start: int, end: int, hits: Hits, line: int, inside: list[bool]) -> Segment:
    """Find the head of a stretch and the cue that governs it: its own, or that of a verb above it."""
    head = _head(doc, start, end)
    token = head
    for _ in range(10):
        hit = hits.by_token.get(token.i)
        if hit is not None and hit.cue.cue_class == "deed" and goes_on(token):
            hit = None  # "should provide", "shows": no deed is told, somebody says so
        if hit is not None and (token.i != head.i or token.pos_ in ("VERB", "AUX", "ADJ")):
            return Segment(start, end, head, hit, start <= token.i < end, line, inside[start])
        if token.head.i == token.i:
            break
        if token.dep_ == "conj" and token.head.i in hits.by_token and _has_subject(token):
            break  # "tasked their teams, and the Union will do so": a clause of its own beside the telling
        token = token.head
    own = next((hits.by_token[i] for i in range(start, end) if i in hits.by_token and _leading(doc[i])), None)
    return Segment(start, end, head, own, own is not None, line, inside[start])


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)


def _leading(token: Token) -> bool:
    return token.pos_ == "VERB" and token.dep_ in ("ROOT", "ccomp", "conj", "xcomp", "advcl", "dep", "parataxis")


def _head(doc: Doc, start: int, end: int) -> Token:
    """The token of the stretch that nothing inside it governs; a verb before a noun, the first before a later one."""
    best: Token | None = None
    for index in range(start, end):
        token = doc[index]
        if token.is_punct or token.is_space or token.dep_ == "cc":
            continue
        above = token.head.i
        if start <= above < end and above != index:
            continue
        if best is None or (token.pos_ in ("VERB", "AUX") and best.pos_ not in ("VERB", "AUX")):
            best = token
    return best if best is not None else doc[start]


def _point(
    name: str,
    side: Literal["a", "b"],
    doc: Doc,
    described: Described,
    act: Act,
    entities: list[tuple[int, int, str]],
    kb: Knowledge,
) -> Point:
    segment = described.segment
    span = doc[segment.start : segment.end]
    start, end = span.start_char, span.end_char
    verbatim: str = doc.user_data.get("verbatim", doc.text)
    quote = verbatim[start:end]
    cue = segment.cue
    holder = described.holder
    other: Literal["a", "b"] = "b" if side == "a" else "a"
    named = side if holder == "own" else other if holder == "other" else holder
    topics = tuple(dict.fromkeys(hit.topic for hit in kb.topics_in(quote)))
    return Point(
        id=name,
        side=side,
        start=start,
        end=end,
        quote=quote,
        act=act,
        holder=named,
        cue=" ".join(doc[index].text for index in cue.tokens) if cue is not None else None,
        subject=described.subject.text if described.subject is not None else None,
        negated=is_negated(segment.head) or (cue is not None and cue.cue.polarity == "negative"),
        topics=topics,
        entities=tuple(
            dict.fromkeys(text for first, last, text in entities if first >= segment.start and last <= segment.end)
        ),
        numbers=numbers_in(span),
    )
