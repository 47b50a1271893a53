"""Where a text is cut into points: where the token marker says so, and where one act of telling follows another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from diptych.compare.points_marks import Marks
    from diptych.knowledge.cues import CueHit

#: A cut is made from these log-odds on: low, because an item cut in two can still be joined, two items in one cannot.
CUT_AT = -1.0
#: A sentence goes on with the point before it below these log-odds, if it stands in the same line.
JOIN_BELOW = -3.0
#: Two cuts inside a sentence are further apart than this, in tokens; the likelier one stays.
_NEAR = 2
_QUOTES = frozenset('"“”«»„‟')
_FINITE = ("VBD", "VBZ", "VBP")


@dataclass(frozen=True, slots=True)
class Hits:
    """The cues of a document by the index of the verb that carries each."""

    by_token: dict[int, CueHit]


def cuts(doc: Doc, spans: tuple[Span, ...], hits: Hits, marks: Marks | None) -> Iterator[int]:
    """Yield the tokens at which points may begin, in text order.

    Without ``marks`` (in a language that the marker does not read) every sentence begins a point.
    """
    for number, span in enumerate(spans):
        if (
            number == 0
            or marks is None
            or _begins_line(span)
            or marks.begins[span.start : span.start + 2].max() > JOIN_BELOW
        ):
            yield span.start
        apart = told_apart(span, hits)
        likely = sorted(
            ((_odds(span, at, marks), at) for at in range(span.start + 2, span.end - 1) if at not in apart),
            reverse=True,
        )
        taken = list(apart)
        for odds, at in likely:
            if odds <= CUT_AT:
                break
            if all(abs(at - other) > _NEAR for other in taken):
                taken.append(at)
        yield from sorted(taken)


def _begins_line(span: Span) -> bool:
    before = span.doc[max(0, span.start - 2) : span.start]
    return any("\n" in token.text or "\n" in token.whitespace_ for token in before)


def _odds(span: Span, at: int, marks: Marks | None) -> float:
    token = span.doc[at]
    silent = marks is None or token.is_space or (token.is_punct and token.text not in _QUOTES)
    return CUT_AT if silent or marks is None else float(marks.begins[at])


def told_apart(span: Span, hits: Hits) -> set[int]:
    """Find where one act of telling follows another: "affirmed X, underscored Y and stressed Z".

    Both verbs are reporting cues in a finite form, and the first has something of its own to report.
    """
    return {
        _opening(token, span)
        for token in span
        if token.dep_ == "conj"
        and token.pos_ in ("VERB", "AUX")
        and token.tag_ in _FINITE
        and token.head.tag_ in _FINITE
        and token.head.i + 1 < _opening(token, span)
        and _tells(token, hits)
        and _tells(token.head, hits)
    }


def _tells(verb: Token, hits: Hits) -> bool:
    hit = hits.by_token.get(verb.i)
    return hit is not None and hit.cue.cue_class == "speech"


def _opening(verb: Token, span: Span) -> int:
    """The first word of a coordinated verb's own part, past conjunctions and marks."""
    at = int(verb.left_edge.i if verb.left_edge.i > verb.head.i else verb.i)
    doc = verb.doc
    while at < verb.i and (doc[at].is_punct or doc[at].is_space or doc[at].dep_ == "cc" or doc[at].lower_ == "but"):
        at += 1
    return max(at, int(span.start) + 1)


def quoted(doc: Doc) -> list[bool]:
    """Tell of each token whether it stands inside quotation marks."""
    inside, flags = False, []
    for token in doc:
        text = token.text
        if "\n" in text:
            inside = False
        if text in ("“", "«", "„"):
            inside = True
        elif text in ("”", "»"):
            inside = False
        elif text == '"':
            inside = not inside
        flags.append(inside)
    return flags
