"""Clauses: stretches of a sentence around one verb, told apart from those that hang on a noun inside them.

Coordinated verbs, participial clauses ("noting that …") and adverbial clauses open a clause of their own; relative
clauses and complements stay inside the clause of the word that they belong to.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.syntax.verbs import (
    Complement,
    Modality,
    Subject,
    agent_of,
    complement_of,
    is_negated,
    is_passive,
    modality_of,
    subject_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_OPENING = frozenset('"“‘«([')

ClauseKind = Literal["main", "conjunct", "participial", "adverbial", "complement", "fragment"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and the contiguous stretch of text that belongs to it.

    ``start`` and ``end`` are token indices, half-open; ``subject`` may be inherited from an earlier clause.
    """

    kind: ClauseKind
    verb: Token
    start: int
    end: int
    subject: Subject | None
    agent: Span | None
    passive: bool
    negated: bool
    modality: Modality | None
    complement: Complement

    def span(self) -> Span:
        """Return the clause as a span of its document."""
        doc: Doc = self.verb.doc
        return doc[self.start : self.end]


def clause_heads(sentence: Span) -> tuple[tuple[Token, ClauseKind], ...]:
    """Return the verbs of ``sentence`` that carry a clause of their own, in text order, with the kind of each."""
    heads: dict[int, tuple[Token, ClauseKind]] = {}
    for token in sentence:
        # A sentence mended from several parses has several roots; one cut in two has heads outside of it.
        rooted = token.head.i == token.i or not sentence.start <= token.head.i < sentence.end
        if rooted and not token.is_punct and not token.is_space:
            heads[token.i] = (token, "main" if _verbal(token) else "fragment")
    for token in sentence:
        kind = _kind(token)
        if kind is not None and token.i not in heads and _hangs_on(token, heads):
            heads[token.i] = (token, kind)
    return tuple(heads[index] for index in sorted(heads))


def clauses(sentence: Span) -> tuple[Clause, ...]:
    """Split ``sentence`` into clauses that do not overlap and together cover it."""
    heads = clause_heads(sentence)
    if not heads:
        return ()
    bounds = [sentence.start]
    for (before, _), (token, _) in itertools.pairwise(heads):
        bounds.append(max(bounds[-1], _boundary(before, token, sentence)))
    bounds.append(sentence.end)
    return tuple(
        make_clause(token, kind, start, end)
        for (token, kind), start, end in zip(heads, bounds, bounds[1:], strict=False)
    )


def make_clause(verb: Token, kind: ClauseKind, start: int, end: int) -> Clause:
    """Read all that the parse tells about ``verb`` into a clause over the tokens from ``start`` to ``end``."""
    return Clause(
        kind=kind,
        verb=verb,
        start=start,
        end=end,
        subject=subject_of(verb),
        agent=agent_of(verb),
        passive=is_passive(verb),
        negated=is_negated(verb),
        modality=modality_of(verb),
        complement=complement_of(verb),
    )


def _verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _kind(token: Token) -> ClauseKind | None:
    if not _verbal(token):
        return None
    if token.dep_ == "conj":
        return "conjunct"
    if token.dep_ == "advcl":
        if any(child.tag_ == "TO" for child in token.lefts) and not _has_subject(token):
            return None  # a purpose ("spoke to discuss …") belongs to the verb that it serves
        return "participial" if token.tag_ in ("VBG", "VBN") and not _has_subject(token) else "adverbial"
    if token.dep_ in ("ccomp", "parataxis") and _loose(token):
        return "complement"
    return None


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)


def _loose(token: Token) -> bool:
    """Tell a clause that merely stands beside another ("X said this; Y said that") from a complement."""
    head = token.head
    if token.i > head.i or not _has_subject(token):
        return False
    between = {word.text for word in token.doc[token.i : head.i]}
    return ";" in between or any(child.dep_ in ("ccomp", "xcomp", "dobj") for child in head.rights)


def _hangs_on(token: Token, heads: dict[int, tuple[Token, ClauseKind]]) -> bool:
    """Tell whether the verb is coordinated with, or hung on, a verb that already carries a clause."""
    return token.head.i in heads


def _boundary(before: Token, token: Token, sentence: Span) -> int:
    """The first token of the clause of ``token``, which follows that of ``before``: no comma, no conjunction."""
    doc = token.doc
    if token.is_ancestor(before):
        start = before.right_edge.i + 1
    else:
        start = token.left_edge.i
    start = max(start, before.i + 1, sentence.start)
    while start < token.i and (doc[start].is_punct or doc[start].dep_ == "cc") and doc[start].text not in _OPENING:
        start += 1
    return int(min(start, token.i))
