"""Claims that one asserts and another denies or qualifies, in words that say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed
from diptych.annotate.claims import (
    CLAIMS,
    IMPLIED,
    SKIP,
    UNDERTAKINGS,
    between,
    claim_of,
    matter_of,
    name_of,
    negates,
    span_of,
    stem,
    told_before,
    whole,
)
from diptych.annotate.disputes import afterwards, claim_noun, pointed, reported, unmade
from diptych.records import ContestedClaim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

    from diptych.knowledge import Knowledge
    from diptych.records import Actor, Document, Statement

#: Verbs that deny a claim (and not merely refuse to act).
_DENYING = listed(
    "deny reject dismiss dispute refute rebut contradict disavow repudiate contest counter challenge question cast "
    "rubbish disown gainsay negate"
)
#: Making little of a rift.
_BELITTLING = listed("play downplay minimise minimize shrug brush")
#: Words of disagreement: who denies them answers what the article lets understand.
_RIFTS = listed(
    "divergence disagreement rift gap discord split difference tension friction dispute disagree differ diverge clash "
    "crack conflict falling-out discrepancy inconsistency mismatch"
)
#: Acts of refusal are no denials.
_REFUSALS = re.compile(r"^(?:declin|refus|could not be reached|did not respond|would not|not going to)", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:too (?:early|soon|hasty)|premature)\b", re.IGNORECASE)
#: What is denied without being named: "denies what has been circulated", "any such agreement".
_VAGUE = re.compile(
    r"\bwhat (?:ha[sd]|have|was|is|were) (?:been )?(?:circulated|reported|claimed|said|published|alleged)|\bany such\b|"
    r"^(?:the |those |these |such )?(?:media )?(?:reports|rumours|rumors)\b",
    re.IGNORECASE,
)
_RECOGNISING = frozenset(["recognise", "recognize", "accept", "share"])
#: Verbs of bringing about: "set up a body" and "the body was created" are of one matter.
_FOUNDING = listed(
    "set create establish found form launch sign conclude make reach strike open start convene agree hold exist"
)


def find_contested(
    document: Document,
    doc: Doc,
    statements: Sequence[Statement],
    actors: Sequence[Actor],
    kb: Knowledge,
) -> tuple[ContestedClaim, ...]:
    """Return the contested claims of a text, each with the parties and the words on both sides.

    A claim counts only with an explicit denial, and only where the text tells who makes it: by "as stated by",
    by a statement on the same matter from another source, or, where a rift is denied, by the article itself.
    What a text leaves out is never a denial.
    """
    found: list[ContestedClaim] = []
    for number, statement in enumerate(statements):
        if document.text[: statement.cue_span[0]].endswith(" nor "):
            continue  # "neither confirm nor deny" leaves it open
        claim = (
            pointed(document, statements, number)
            or _denied(document, doc, statements, number, kb)
            or _contradicting(document, doc, statements, number)
            or unmade(document, doc, statements, number)
            or _unknown(document, doc, statements, number)
            or _plainly(document, doc, statements, number)
            or _early(document, doc, statement)
        )
        if claim is not None:
            _add(found, claim)
    return tuple(found)


def _add(found: list[ContestedClaim], claim: ContestedClaim) -> None:
    """Add a claim; a further denial of one that is there already joins it."""
    for at, other in enumerate(found):
        if (other.asserted_by, other.denied_by) == (claim.asserted_by, claim.denied_by):
            return
        same = other.quotes[0] == claim.quotes[0] or other.claim == claim.claim
        if other.asserted_by == claim.asserted_by != IMPLIED and same:
            found[at] = ContestedClaim(
                claim=other.claim,
                asserted_by=other.asserted_by,
                denied_by=f"{other.denied_by}; {claim.denied_by}",
                quotes=tuple(sorted({*other.quotes, *claim.quotes}, key=lambda quote: quote.start)),
            )
            return
    found.append(claim)


def _denied(
    document: Document, doc: Doc, statements: Sequence[Statement], number: int, kb: Knowledge
) -> ContestedClaim | None:
    statement = statements[number]
    if statement.absence:
        return None
    if statement.cue.lower().startswith("contradict"):
        return None
    cue, content = span_of(doc, *statement.cue_span), span_of(doc, statement.content.start, statement.content.end)
    who = name_of(statement)
    if cue is None or content is None or who is None or _REFUSALS.search(statement.cue):
        return None
    explicit = any(token.lemma_.lower() in _DENYING for token in cue)
    doubting = any(token.lemma_ == "question" for token in cue)
    if doubting and content.root.lemma_.lower() not in CLAIMS and content[0].lower_ not in ("whether", "if"):
        return None  # "questioned his health" doubts no claim
    if explicit and statement.act == "deny" and _claims_itself(content):
        return reported(document, statements, number, content, kb)
    words = {token.lemma_.lower() for token in content}
    rift = bool(words & _RIFTS)
    belittled = rift and any(token.lemma_.lower() in _BELITTLING for token in cue)
    if statement.act != "deny" and not belittled:
        return None
    # or said in a statement's own words: "this does not mean that they disagree"
    if not explicit and not belittled and not (rift and negates(content)):
        return None
    asserted = _stated_by(statements, number) or _possessor(statements, number, content)
    source = asserted
    if asserted is None and not (rift and not explicit):
        asserted = _other(doc, statements, number, content)
        source = asserted
    if asserted is None:
        if not rift:
            return afterwards(document, statements, number, content)
        return ContestedClaim(
            claim=claim_of(statement, who),
            asserted_by=IMPLIED,
            denied_by=who,
            quotes=(whole(document, statement),),
        )
    quotes = [whole(document, source)] if source is not None else []
    quotes.append(whole(document, statement))
    return ContestedClaim(
        claim=claim_of(statement if content[0].dep_ == "mark" or source is None else source, who),
        asserted_by=name_of(asserted) or IMPLIED,
        denied_by=who,
        quotes=tuple(sorted(quotes, key=lambda quote: quote.start)),
    )


def _claims_itself(content: Span) -> bool:
    """ "denied reports that P", not "denied that"."""
    return claim_noun(content)[0] is not None


def _contradicting(document: Document, doc: Doc, statements: Sequence[Statement], number: int) -> ContestedClaim | None:
    """ "X was not raised, Y said, contradicting Z's readout": Z's text is what is contested."""
    statement = statements[number]
    who = name_of(statement)
    content = span_of(doc, statement.content.start, statement.content.end)
    if who is None or content is None or not statement.cue.lower().startswith("contradict"):
        return None
    said = next((s for s in reversed(statements[:number]) if s.source_span == statement.source_span), None)
    return ContestedClaim(
        claim=claim_of(said if said is not None else statement, who),
        asserted_by=" ".join(statement.content.quote.split()),
        denied_by=who,
        quotes=tuple(whole(document, s) for s in (said, statement) if s is not None),
    )


def _unknown(document: Document, doc: Doc, statements: Sequence[Statement], number: int) -> ContestedClaim | None:
    """ "does not recognise that description", "that is not our account": the telling before it is denied."""
    denial = statements[number]
    who = name_of(denial)
    content = span_of(doc, denial.content.start, denial.content.end)
    if who is None or content is None or denial.absence:
        return None
    for verb in content:
        if verb.lemma_.lower() not in _RECOGNISING or not any(c.dep_ == "neg" for c in verb.lefts):
            continue
        noun = next((c for c in verb.rights if c.dep_ == "dobj" and c.lemma_.lower() in CLAIMS), None)
        if noun is None or not any(c.lower_ in ("that", "this", "the", "such") for c in noun.lefts):
            continue
        other = told_before(statements, number, who, back=4)
        return None if other is None else between(document, other, denial, who)
    return None


def _plainly(document: Document, doc: Doc, statements: Sequence[Statement], number: int) -> ContestedClaim | None:
    """ "There is no deal on radar", "we did not ask for it": said after another told the opposite."""
    denial = statements[number]
    who = name_of(denial)
    if who is None or denial.act != "deny" or not denial.negated or denial.absence or _REFUSALS.search(denial.cue):
        return None
    content = span_of(doc, denial.content.start, denial.content.end)
    if content is None or denial.parent is not None or who.lower() in ("he", "she", "it", "they", "we", "i"):
        return None
    nobody = any(token.lower_ in ("nobody", "nothing", "none") for token in content[:3])
    if not nobody and not any(
        token.dep_ == "neg" or (token.lower_ == "no" and token.dep_ == "det") for token in content
    ):
        return None
    matter = matter_of(content) - {"recognise", "recognize"}
    for other in reversed(statements[max(0, number - 8) : number]):
        if other.parent is not None or other.negated or other.absence or name_of(other) in (None, who):
            continue
        span = span_of(doc, other.content.start, other.content.end)
        if span is None or any(token.dep_ == "neg" for token in span):
            continue
        theirs = matter_of(span)
        shared = {stem(word) for word in matter} & {stem(word) for word in theirs}
        made = bool(shared & UNDERTAKINGS)
        if made and other.act in ("agree", "commit", "concur") and (len(shared) > 1 or len(matter) == 1):
            return between(document, other, denial, who)
        if len(shared) >= 2 and len(shared) >= 0.6 * min(len(matter), len(theirs)) and _same_verb(content, span):
            return between(document, other, denial, who)
    return None


def _same_verb(one: Span, other: Span) -> bool:
    verbs = {t.lemma_.lower() for t in one if t.pos_ == "VERB"} - SKIP
    return bool(verbs & {t.lemma_.lower() for t in other if t.pos_ == "VERB"})


def _stated_by(statements: Sequence[Statement], number: int) -> Statement | None:
    """The statement inside the denied one, or right beside it, that says whose claim it is: "as stated by"."""
    denial = statements[number]
    for other in statements:
        if other is denial or not other.cue.lower().startswith("as "):
            continue
        near = 0 <= other.cue_span[0] - denial.content.end <= 3
        if other.parent == denial.id or near:
            return other
    return None


def _possessor(statements: Sequence[Statement], number: int, content: Span) -> Statement | None:
    """Whose claim it is by its own words: "rejected the President's figure"."""
    head = content.root
    if head.lemma_.lower() not in CLAIMS:
        return None
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    if owner is None:
        return None
    denial = statements[number]
    for other in sorted(statements, key=lambda s: abs(s.cue_span[0] - denial.cue_span[0])):
        entity = re.sub(r"['’]s\b", "", f"{other.source or ''} {other.source_entity or ''}".lower()).split()
        if other is not denial and owner.lower_ in entity and name_of(other) != name_of(denial):
            return other
    return None


def _other(doc: Doc, statements: Sequence[Statement], number: int, content: Span) -> Statement | None:
    """A statement on the same matter by somebody else; "that account" points at the one before."""
    denial = statements[number]
    head = content[-1] if len(content) == 2 else content.root  # "a charge" that X denies
    articles = {c.lower_ for c in head.children}
    pointing = head.lemma_.lower() in CLAIMS and (bool(articles & {"that", "this", "the", "such"}) or len(content) == 2)
    vague = bool(_VAGUE.search(content.text))
    matter = matter_of(content)
    best: tuple[float, Statement] | None = None
    for back, other in enumerate(reversed(statements[:number])):
        if name_of(other) in (None, name_of(denial)) or other.absence or other.negated:
            continue
        if other.content.start < denial.content.end and denial.content.start < other.content.end:
            continue
        if pointing and back < 6 and other.parent is None and other.source is not None:
            return _pointed_at(statements, number, head) or other
        if vague and back < 12 and other.act in ("agree", "commit", "concur") and other.parent is None:
            return other
        if other.act not in ("agree", "concur", "state", "commit", "affirm", "deny", "express", "request"):
            continue
        span = span_of(doc, other.content.start, other.content.end)
        if span is None or not matter:
            continue
        theirs = matter_of(span)
        shared = len(matter & theirs) / max(1, min(len(matter), len(theirs)))
        if other.parent is None and other.act in ("agree", "commit") and _founded(content, span):
            return other
        if len(matter & theirs) >= 2 and shared >= 0.5 and (best is None or shared > best[0]):
            best = (shared, other)
    return best[1] if best is not None else None


def _pointed_at(statements: Sequence[Statement], number: int, head: Token) -> Statement | None:
    """ "cast doubt on the report" after "a television report quoted X as saying …": X's claim."""
    for other in reversed(statements[max(0, number - 6) : number]):
        if head.lower_ in (other.source or "").lower().split():
            return next((s for s in statements if s.parent == other.id and s.source is not None), other)
    return None


def _founded(denied: Span, told: Span) -> bool:
    """ "agreed to set up a commission" and "denied that a commission had been created": one founding."""

    def objects(span: Span) -> set[str]:
        return {
            token.lemma_.lower()
            for token in span
            if token.dep_ in ("dobj", "nsubjpass", "pobj")
            and token.pos_ == "NOUN"
            and _governing(token).lemma_.lower() in _FOUNDING
        }

    return bool(objects(denied) & objects(told))


def _governing(noun: Token) -> Token:
    return noun.head.head if noun.dep_ == "pobj" else noun.head


def _early(document: Document, doc: Doc, statement: Statement) -> ContestedClaim | None:
    """ "that it was too early for X to reveal it": X, by acting, held that it was time."""
    match = _EARLY.search(statement.content.quote)
    who = name_of(statement)
    if match is None or who is None:
        return None
    span = span_of(doc, statement.content.start + match.start(), statement.content.start + match.end())
    if span is None:
        return None
    end = statement.content.end
    for token in doc[span.end : min(span.end + 8, len(doc))]:
        if token.lower_ != "for" or token.idx >= end:
            continue
        actor = _after_for(token)
        if actor is None:
            return None
        verb = next((t for t in doc[actor.i : min(actor.i + 8, len(doc))] if t.tag_ == "VB"), None)
        if verb is None:
            return None
        phrase = document.text[verb.idx : end].strip(' .”"')
        return ContestedClaim(
            claim=f"It was time to {' '.join(phrase.split())}",
            asserted_by=actor.text,
            denied_by=who,
            quotes=(whole(document, statement),),
        )
    return None


def _after_for(token: Token) -> Token | None:
    doc = token.doc
    for other in doc[token.i + 1 : min(token.i + 7, len(doc))]:
        if other.pos_ == "PROPN" and (other.i + 1 >= len(doc) or doc[other.i + 1].pos_ != "PROPN"):
            return other
    return None
