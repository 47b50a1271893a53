"""Denials that name the claim they deny, point back to it, or say that an undertaking was never given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed
from diptych.annotate.claims import CLAIMS, between, matter_of, name_of, quote_of, span_of, stem, told_before, whole
from diptych.records import ContestedClaim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

    from diptych.knowledge import Knowledge
    from diptych.records import Document, Statement

_PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i"])
_POINTING = frozenset(["that", "this", "it"])
_UNDERTAKEN = (
    r"(?:agreed|promised|pledged|signed|settled|decided|accepted|offered|given|concluded|undertaken|guaranteed)"
)
_MADE = r"(?:agreement|deal|accord|pact|commitment|understanding|promise|pledge|assurance|undertaking|guarantee|offer)"
#: Said of an undertaking: that there is none.
_UNMADE = re.compile(
    rf"\bno such (?:{_MADE}|decision|request)\b|\bnothing of the (?:kind|sort)\b|"
    rf"\bno (?:\w+ ){{0,2}}{_MADE}s? (?:\w+ ){{0,2}}(?:was|were|has been|had been|have been|is|exists?|existed)\b|"
    rf"\bno \w+ (?:was|were|has been|had been) (?:ever )?{_UNDERTAKEN}\b|"
    rf"\bthere (?:is|was|has been|had been) (?:no|never any) (?:\w+ ){{0,2}}{_MADE}\b|"
    rf"\b(?:nothing|nobody|no one) (?:has been |had been |was |has |had |ever )?(?:yet )?(?:{_UNDERTAKEN}|gave)\b|"
    rf"\bnot what (?:was|were|has been|had been|we) (?:agreed|decided|discussed)\b|"
    r"\b(?:undertook|promised|agreed to|signed|accepted|conceded) nothing\b|"
    rf"\b(?:never|did not|didn['’]t|had not|hadn['’]t|has not|have not) (?:yet )?(?:agreed?|promised?|pledged?|consent"
    rf"(?:ed)?|undertak(?:e|en)|committed|commit|accept(?:ed)?|ma[dk]e any {_MADE}|give any {_MADE})\b",
    re.IGNORECASE,
)
#: Said of an undertaking: that it was something less.
_LESS = re.compile(
    r"\b(?:only|merely|simply|just) (?:promised|agreed|offered|undertaken|taken note|took note|listened|noted|said|"
    r"discussed|exchanged|expressed|spoken|spoke|pledged)\b",
    re.IGNORECASE,
)
#: Corrected: a decision that is still to come.
_OPEN = re.compile(r"\b(?:considering|studying|no decision|not decided|under (?:review|study|consideration))\b", re.I)
#: Words for undertakings and their terms, by stem.
_GENERAL = frozenset(
    stem(word)
    for word in listed(
        "agreement deal accord pact commitment understanding promise pledge assurance undertaking guarantee offer "
        "decision request figure date number term kind sort thing nothing nobody one everything word matter issue "
        "point time side party country nation government minister president leader room meeting talk conversation "
        "call text paper document"
    )
)
_STRONG = ("agree", "commit", "concur")
_OWNING = frozenset(["by", "from", "of", "in"])
_PLAIN = listed("report rumor rumour allegation accusation claim suggestion speculation story")


def reported(
    document: Document, statements: Sequence[Statement], number: int, content: Span, kb: Knowledge
) -> ContestedClaim | None:
    """ "denied reports that P", "rejected as false a Velorian statement that P": the denial names its claim itself."""
    denial = statements[number]
    who = name_of(denial)
    noun, that = claim_noun(content)
    if noun is None or that is None or who is None:
        return None
    start = content.doc[that.i + 1].idx
    if start >= denial.content.end:
        return None
    told = quote_of(document, start, denial.content.end)
    inner = next((s for s in statements if s.parent == denial.id and s.cue_span[0] == noun.idx), None)
    made = _told_elsewhere(statements, number, content.doc[that.i + 1 : content.end])
    by = _owner(noun, statements, kb, who) or (name_of(inner) if inner is not None else None)
    if by is None and made is not None:
        by = name_of(made)
    if by is None and noun.lemma_.lower() in _PLAIN:
        by = content.doc[_first(noun) : noun.i + 1].text
    if by is None or by == who:
        return None
    quotes = (told, whole(document, denial), *(() if made is None else (whole(document, made),)))
    return ContestedClaim(
        claim=" ".join(told.quote.split()).strip(" “”\"',."),
        asserted_by=by,
        denied_by=who,
        quotes=tuple(sorted(dict.fromkeys(quotes), key=lambda quote: quote.start)),
    )


def claim_noun(content: Span) -> tuple[Token | None, Token | None]:
    """The noun that names a claim and the "that" which opens it."""
    for token in content[:16]:
        if token.pos_ == "NOUN" and token.lemma_.lower() in CLAIMS:
            for other in content.doc[token.i + 1 : min(token.i + 10, content.end - 2)]:
                if other.lower_ == "that" and (other.dep_ == "mark" or other.tag_ in ("IN", "WDT")):
                    return token, other
                if other.pos_ in ("VERB", "AUX") and other.dep_ not in ("acl", "amod", "relcl"):
                    break
            return None, None
        if token.lower_ == "that" and token.dep_ == "mark":
            return None, None
    return None, None


def _first(noun: Token) -> int:
    at = int(noun.i)
    while at > 0 and noun.doc[at - 1].head == noun and noun.doc[at - 1].dep_ in ("amod", "compound", "nmod"):
        at -= 1
    return at


def _owner(noun: Token, statements: Sequence[Statement], kb: Knowledge, who: str) -> str | None:
    """Whose claim it is by the words around its noun: "a Velorian claim", "a statement from Karsk", "Reko's claim"."""
    words: list[Token] = [c for c in noun.lefts if c.dep_ in ("poss", "amod", "compound", "nmod")]
    for prep in noun.rights:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in _OWNING:
            words += [c for c in prep.children if c.dep_ == "pobj"]
    for word in words:
        if not word.text[:1].isupper() and word.dep_ in ("amod", "compound", "nmod"):
            continue
        state = kb.find_state(word.text)
        if state is not None:
            return f"Government of {state}"
        for other in statements:
            named = f"{other.source or ''} {other.source_entity or ''}".lower()
            if len(word) > 3 and word.lower_ in re.findall(r"\w+", named) and name_of(other) not in (None, who):
                return name_of(other)
        return word.doc[word.left_edge.i : word.right_edge.i + 1].text
    return None


def _told_elsewhere(statements: Sequence[Statement], number: int, told: Span) -> Statement | None:
    """The statement of somebody else, before the denial or soon after, that shares most with what is denied."""
    who = name_of(statements[number])
    matter = {stem(word) for word in matter_of(told)}
    best: tuple[float, Statement] | None = None
    for other in (*reversed(statements[:number]), *statements[number + 1 : number + 11]):
        if name_of(other) in (None, who) or other.negated or other.absence or other.parent is not None:
            continue
        if other.content.start < told.end_char and told.start_char < other.content.end:
            continue
        span = span_of(told.doc, other.content.start, other.content.end)
        if span is None or not matter:
            continue
        theirs = {stem(word) for word in matter_of(span)}
        shared = len(matter & theirs)
        part = shared / max(1, min(len(matter), len(theirs)))
        if shared >= 2 and part >= 0.5 and (best is None or part > best[0]):
            best = (part, other)
    return None if best is None else best[1]


def pointed(document: Document, statements: Sequence[Statement], number: int) -> ContestedClaim | None:
    """ "disputed that", "denied it": the telling right before it by somebody else."""
    denial = statements[number]
    who = name_of(denial)
    if who is None or denial.content.quote.lower().strip() not in _POINTING:
        return None
    other = told_before(statements, number, who, back=4)
    if other is None:
        return None
    # of what that source told, an undertaking is what can be denied
    near = [s for s in statements[max(0, number - 4) : number] if name_of(s) == name_of(other) and s.parent is None]
    return between(document, next((s for s in near if s.act in _STRONG), other), denial, who)


def afterwards(
    document: Document, statements: Sequence[Statement], number: int, content: Span
) -> ContestedClaim | None:
    """A claim that the text tells only after its denial, which denies it in a clause."""
    if content.root.pos_ not in ("VERB", "AUX"):
        return None
    other = _told_elsewhere(statements, number, content)
    who = name_of(statements[number])
    return None if other is None or who is None else between(document, other, statements[number], who)


def _things(content: Span) -> set[str]:
    """What a denied undertaking is about, apart from words for undertakings as such."""
    nouns = {stem(token.lemma_.lower()) for token in content if token.pos_ in ("NOUN", "PROPN") and not token.ent_type_}
    return nouns - _GENERAL


def _denying_sentence(doc: Doc, denial: Statement) -> Span | None:
    """Of a content of several sentences the one that holds the denial."""
    start, end = denial.content.start, denial.content.end
    match = _UNMADE.search(denial.content.quote) or _LESS.search(denial.content.quote)
    content = span_of(doc, start, end)
    at = None if match is None else span_of(doc, start + match.start(), start + match.end())
    if content is None or at is None:
        return content
    return doc[max(content.start, at[0].sent.start) : min(content.end, at[0].sent.end)]


def unmade(document: Document, doc: Doc, statements: Sequence[Statement], number: int) -> ContestedClaim | None:
    """ "No such promise was given", "had only promised to study it": the undertaking that another has told of."""
    denial = statements[number]
    who = name_of(denial)
    words = denial.content.quote
    if who is None or who.lower() in _PRONOUNS or denial.absence or denial.parent is not None:
        return None  # who "she" is must be known, or she would contradict herself
    less = _LESS.search(words) is not None or (denial.cue.lower() == "clarified" and _OPEN.search(words) is not None)
    if not less and _UNMADE.search(f"{denial.cue} {words}") is None:
        return None
    content = _denying_sentence(doc, denial)
    matter = set() if content is None else {stem(word) for word in matter_of(content)}
    special = set() if content is None else _things(content)
    best: tuple[tuple[int, int], Statement] | None = None
    near = [(i, s) for i, s in enumerate(statements) if number - 12 <= i <= number + (0 if less else 6)]
    for i, other in near:
        strong = other.act in _STRONG if not less else other.act in ("agree", "commit")
        if not strong or other.negated or other.absence or other.parent is not None or i == number:
            continue
        if name_of(other) in (None, who) or (less and number - i > 6):
            continue
        span = span_of(doc, other.content.start, other.content.end)
        theirs = set() if span is None else {stem(word) for word in matter_of(span)}
        if special and not special & theirs:
            continue  # "no deal on fish" answers no promise of aid
        shared = len(matter & theirs)
        # who denies answers what was told before, and only else what is told later
        rank = (min(shared, 2) + 3 * (i < number), -abs(number - i))
        if best is None or rank > best[0]:
            best = (rank, other)
    return None if best is None else between(document, best[1], denial, who)
