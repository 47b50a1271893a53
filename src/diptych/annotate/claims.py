"""Claims and who makes them: what statements share, and the record of a claim that another denies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed
from diptych.records import ContestedClaim, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from diptych.records import Document, Statement

IMPLIED = "the article (implied)"
#: Nouns that point back to a claim.
CLAIMS = listed(
    "claim account report allegation assertion accusation statement figure version suggestion story remark charge "
    "number rumor rumour narrative description characterization characterisation comment notion idea insinuation "
    "contention speculation announcement assessment"
)
SKIP = listed("be have do say that it its the a an this these those their his her there not no any all of to in on")
#: Stems of what can be made or not made between states.
UNDERTAKINGS = listed("agree deal accord promise pledge commit understanding")


def name_of(statement: Statement) -> str | None:
    """Who makes a statement: the actor meant, else the words that name the source."""
    return statement.source_entity or statement.source


def quote_of(document: Document, start: int, end: int) -> Quote:
    """The stretch of text from ``start`` to ``end``."""
    return Quote(quote=document.text[start:end], start=start, end=end)


def whole(document: Document, statement: Statement) -> Quote:
    """Source, cue and content of a statement as one stretch."""
    spans = [statement.cue_span, (statement.content.start, statement.content.end)]
    if statement.source_span is not None and abs(statement.source_span[0] - statement.cue_span[0]) < 300:
        spans.append(statement.source_span)
    return quote_of(document, min(s for s, _ in spans), max(e for _, e in spans))


def span_of(doc: Doc, start: int, end: int) -> Span | None:
    """The tokens that a stretch of text touches."""
    found: Span | None = doc.char_span(start, end, alignment_mode="expand")
    return found


def told_before(statements: Sequence[Statement], number: int, who: str, back: int) -> Statement | None:
    """The nearest of the ``back`` statements before that somebody other than ``who`` makes."""
    for other in reversed(statements[max(0, number - back) : number]):
        if other.parent is None and not other.negated and not other.absence and name_of(other) not in (None, who):
            return other
    return None


def between(document: Document, other: Statement, denial: Statement, who: str) -> ContestedClaim:
    """The claim of ``other`` as contested by ``denial``, which ``who`` makes."""
    return ContestedClaim(
        claim=claim_of(other, who),
        asserted_by=name_of(other) or IMPLIED,
        denied_by=who,
        quotes=tuple(sorted((whole(document, other), whole(document, denial)), key=lambda quote: quote.start)),
    )


def claim_of(statement: Statement, who: str) -> str:
    """The claim in its own words; a pronoun that means the party denying it is written out."""
    words = " ".join(statement.content.quote.split()).strip(" “”\"',.")
    words = re.sub(r"^that\s+", "", words)
    return re.sub(r"^(?:it|he|she)\b", who, words) if statement.act == "deny" else words


def matter_of(span: Span) -> set[str]:
    """The lemmas that tell what a stretch is about."""
    return {
        token.lemma_.lower()
        for token in span
        if token.pos_ in ("NOUN", "PROPN", "VERB", "NUM", "ADJ") and token.lemma_.lower() not in SKIP
    }


def stem(word: str) -> str:
    """ "agree" and "agreement", "promise" the verb and the noun, brought together."""
    return word.removesuffix("ment").removesuffix("s")


def negates(content: Span) -> bool:
    """Whether a word of negation stands in a stretch."""
    return any(token.dep_ == "neg" for token in content)
