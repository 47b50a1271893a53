"""Where a sentence may be cut into points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.syntax import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from diptych.knowledge.cues import CueHit

_QUOTES = frozenset('"“”«»„‟')
_SKIPPED = frozenset({"and", "or", "but", "as", "well", "while", "nor", "&"})
_FINITE = ("VBD", "VBZ", "VBP")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a new point may begin.

    ``at`` is the first token of what follows, ``left`` the last word before it; ``kind`` names the construction,
    ``token`` the head of what follows (None between sentences).
    """

    at: int
    left: int
    kind: str
    token: Token | None


@dataclass(frozen=True, slots=True)
class Hits:
    """The cues of a document by the index of the verb that carries each."""

    by_token: dict[int, CueHit]

    def act(self, index: int) -> str:
        """The act of the cue at ``index`` for a single holder; ``-`` where there is no cue."""
        hit = self.by_token.get(index)
        return hit.cue.single if hit is not None else "-"

    def phrase(self, index: int) -> str:
        """The phrase of the cue at ``index``; ``-`` where there is none."""
        hit = self.by_token.get(index)
        return hit.cue.phrase if hit is not None else "-"


def candidates(doc: Doc, spans: tuple[Span, ...] | None = None) -> tuple[Candidate, ...]:
    """Return all places of ``doc`` where a point may begin, in text order, the first of each sentence included."""
    found: dict[int, Candidate] = {}
    last = -1
    for sentence in sentences(doc) if spans is None else spans:
        found[sentence.start] = Candidate(sentence.start, last, "sentence", None)
        for at, kind, token in _inside(sentence):
            start, left = _edges(doc, at, sentence)
            if left < sentence.start or start >= sentence.end:
                continue
            known = found.get(start)
            if known is None or _weak(known.kind) > _weak(kind):
                found[start] = Candidate(start, left, kind, token)
        last = _edges(doc, sentence.end, sentence)[1]
    return tuple(found[at] for at in sorted(found))


def _weak(kind: str) -> int:
    """Rank what names a construction: the parse says more than a mark, a mark more than a mere word."""
    if kind == "sentence":
        return 0
    if kind.startswith(("conj", "advcl", "as_well")):
        return 1
    return 3 if kind in ("and", "comma") or kind.startswith("mark") else 2


def _edges(doc: Doc, at: int, sentence: Span) -> tuple[int, int]:
    """Move ``at`` past conjunctions and marks; return it with the last word before them."""
    left = at - 1
    while left >= sentence.start and (
        (doc[left].is_punct and doc[left].text not in _QUOTES) or doc[left].lower_ in _SKIPPED or doc[left].is_space
    ):
        left -= 1
    start = at
    while start < sentence.end and (
        doc[start].is_space
        or doc[start].dep_ == "cc"
        or (doc[start].is_punct and doc[start].text not in _QUOTES and doc[start].text not in "(“[")
        or (doc[start].lower_ in ("and", "but") and doc[start].dep_ != "ROOT")
    ):
        start += 1
    return start, left


def _inside(sentence: Span) -> Iterator[tuple[int, str, Token]]:
    doc = sentence.doc
    for token in sentence:
        dep = token.dep_
        if token.lower_ == "as" and doc[token.i + 1 : token.i + 3].text.lower() == "well as":
            if token.i + 3 < sentence.end:
                yield token.i + 3, "as_well_as", doc[token.i + 3]
        elif dep == "conj":
            yield token.left_edge.i if token.left_edge.i > token.head.i else token.i, _conjunct(token), token
        elif dep == "advcl":
            if token.i < token.head.i:
                yield _after(token, sentence), "advcl_before", token.head
            else:
                yield token.left_edge.i, _adverbial(token), token
        elif dep in ("ccomp", "parataxis") and token.i < token.head.i:
            yield _after(token, sentence), "ccomp_before", token.head
        elif dep in ("ccomp", "parataxis", "dep") and _preceding(token) in (";", ":", "-", "–", "—", ","):
            yield token.left_edge.i, "beside", token
        elif dep in ("relcl", "acl") and _preceding(token) in (",", "-", "–", "—"):
            yield token.left_edge.i, dep, token
        elif dep == "prep" and (
            _preceding(token) in (",", "-", "–", "—") or token.lower_ in ("with", "at", "including")
        ):
            if token.i > token.head.i:
                yield token.i, "prep", token
            elif token.i == token.left_edge.i and token.right_edge.i + 2 < sentence.end and _preceding(token) == ",":
                yield token.i, "prep_before", token
        elif dep in ("appos", "npadvmod", "oprd") and _preceding(token) in (",", "-", "–", "—", ":"):
            yield token.left_edge.i, "appos", token
        elif token.text == ";" or (token.text in (":", "—", "–", "-") and _spaced(token, sentence)):
            if token.i + 1 < sentence.end:
                yield token.i + 1, "mark" + token.text, doc[token.i + 1]
        elif dep == "xcomp" and token.tag_ == "VB" and token.head.i < token.i:
            yield token.left_edge.i, "xcomp", token
        elif token.lower_ == "and" and token.i + 1 < sentence.end and dep == "cc":
            following = doc[token.i + 1]
            if following.head.i < token.i or following.tag_ in ("IN", "TO", "VBG", "VBD", "VBZ", "VB"):
                yield token.i + 1, "and", following
        elif token.text == "," and token.i + 1 < sentence.end:
            following = doc[token.i + 1]
            if following.tag_ in ("VBG", "VBD", "VBZ", "VBP", "MD", "TO") or following.lower_ in ("that", "including"):
                yield token.i + 1, "comma", following


def _spaced(token: Token, sentence: Span) -> bool:
    """Tell a dash or colon that parts clauses from one inside a word or a figure."""
    return bool(token.whitespace_) and sentence.start < token.i < sentence.end - 1


def _after(token: Token, sentence: Span) -> int:
    return int(min(token.right_edge.i + 1, sentence.end - 1))


def _preceding(token: Token) -> str:
    left = token.left_edge.i
    return str(token.doc[left - 1].text) if left else ""


def _conjunct(token: Token) -> str:
    if token.pos_ in ("VERB", "AUX"):
        if any(child.tag_ == "TO" for child in token.lefts):
            return "conj_to"
        if any(child.lower_ == "that" and child.dep_ == "mark" for child in token.lefts):
            return "conj_that"
        return "conj_" + token.tag_
    if token.pos_ == "ADP":
        return "conj_prep"
    return "conj_noun" if token.pos_ in _NOMINAL else "conj_other"


def _adverbial(token: Token) -> str:
    if any(child.tag_ == "TO" for child in token.lefts):
        return "advcl_to"
    if token.tag_ in ("VBG", "VBN") and not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children):
        return "advcl_" + token.tag_
    return "advcl_finite"


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


def told_apart(candidate: Candidate, hits: Hits) -> bool:
    """Tell a place where one act of telling follows another: "affirmed X, underscored Y and stressed Z".

    Both verbs are reporting cues in a finite form, and the first has something of its own to report.
    """
    token = candidate.token
    if token is None or not candidate.kind.startswith("conj_V"):
        return False
    head = token.head
    if token.tag_ not in _FINITE or head.tag_ not in _FINITE or head.i >= candidate.left:
        return False
    own, before = hits.by_token.get(token.i), hits.by_token.get(head.i)
    return own is not None and before is not None and "speech" == own.cue.cue_class == before.cue.cue_class
