"""Attributions that the parse shows: a reporting verb, its subject and the complement that carries the content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.annotate.assertion import active, asserted, cue_first, expletive, hedge, negated, particle, perfect
from diptych.annotate.attribution import Attribution, Source, listed
from diptych.annotate.clausal import clause_content
from diptych.annotate.complements import complement
from diptych.annotate.sources import agent, is_time, may_speak, misread, noun_phrase, own_subject, subject
from diptych.annotate.stretches import may_speak_or_it, span
from diptych.syntax import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.knowledge.valency import Valency

_DEMONSTRATIVES = listed("this that these those what there which here how why when where")

_CHARGES = listed("charge claim allegation accusation assertion suggestion account figure version")
#: How somebody spoke, not what of.
_ASIDE = listed("condition anonymity background record behalf sideline sidelines of")
#: What comes of a contact and tells nothing by itself.
_THINGS = listed(
    "outcome result move visit trip talk meeting call summit decision step event contact deal issue problem situation "
    "development crisis war conflict attack incident tension question fact case visit conversation"
)


def indirect(source: Source) -> Iterator[Attribution]:
    """Yield the attributions that hang on a verb of the lexicon, in text order; each token is looked at once."""
    for token in source.doc:
        if token.lemma_ in ("be", "feel") and token.dep_ not in ("aux", "auxpass"):
            found = _felt(source, token)
            if found is not None:
                yield found
                continue
        if token.tag_[:2] != "VB" and token.pos_ != "VERB":
            continue
        entry = source.verb_of(token)
        if token.dep_ in ("amod", "aux", "auxpass", "compound"):
            continue
        found = _read(source, token, entry) if entry is not None else None
        found = found or _unavailing(source, token) or _phrase(source, token)
        if found is not None:
            yield found


def _read(source: Source, verb: Token, entry: Valency) -> Attribution | None:
    if (
        (verb.tag_ == "VBN" or (entry.addressee and _passive_conjunct(verb)))
        and not perfect(verb)
        and not misread(verb)
        and (is_passive(verb) or verb.dep_ in ("advcl", "acl") or _passive_conjunct(verb))
    ):
        return _passive(source, verb, entry)
    if not asserted(verb):
        return None
    head = subject(verb)
    if head is None or head.i == verb.i or head.lower_ in _DEMONSTRATIVES or expletive(verb, head):
        return None
    charge = _charge(source, verb, head)
    if charge is not None:
        return charge
    content = complement(source, verb, entry, head)
    if content is None:
        return None
    told, cue_last, frame = content
    if not _plausible(entry, head, frame):
        return None
    soft = hedge(verb)
    return Attribution(
        verb=verb.i,
        lemma=entry.lemma,
        kind=entry.kind,
        frame=frame,
        cue=source.chars(cue_first(verb), cue_last + 1),
        source=source.chars(*noun_phrase(head, verb)),
        head=head.i,
        content=told,
        negated=negated(verb),
        implicit=head.sent.start != verb.sent.start,
        hedge=None if soft is None else source.chars(*soft),
    )


def _passive_conjunct(verb: Token) -> bool:
    """ "was summoned and told": passive like the verb it is joined to."""
    joined = verb.dep_ == "conj" and own_subject(verb) is None and is_passive(verb.head) and verb.head.tag_ == "VBN"
    return joined and not any(c.dep_ in ("dobj", "dative") for c in verb.rights)


def _charge(source: Source, verb: Token, head: Token) -> Attribution | None:
    """ "X accused Y of delay, a charge Y denies": the noun before the name is what is denied."""
    if verb.lemma_.lower() not in ("deny", "reject", "dispute", "contest", "dismiss", "refute"):
        return None
    if any(c.dep_ in ("dobj", "ccomp", "xcomp") and c.i > verb.i for c in verb.rights):
        return None
    doc = source.doc
    for at in range(max(verb.sent.start, verb.i - 14), head.i):
        noun = doc[at]
        if noun.lemma_.lower() in _CHARGES and at > 0 and doc[at - 1].pos_ == "DET" and doc[at + 1].pos_ != "ADP":
            start = at + 1 + (doc[at + 1].lower_ in ("that", "which"))
            if start > head.i:
                return None
            return Attribution(
                verb=verb.i,
                lemma=verb.lemma_.lower(),
                kind="speech",
                frame="object",
                cue=source.chars(cue_first(verb), verb.i + 1),
                source=source.chars(start, head.i + 1),
                head=head.i,
                content=source.chars(at - 1, at + 1),
                negated=negated(verb),
            )
    return None


def _plausible(entry: Valency, head: Token, frame: str) -> bool:
    """A thing tells nothing, though it may "highlight" or "reveal": its subject must be able to speak."""
    if may_speak(head) or (head.lower_ == "it" and entry.kind in ("speech", "thought")):
        return True
    if head.pos_ == "NOUN" and head.lemma_.lower() in _THINGS:
        return False
    return frame in ("clause", "quotation") and entry.kind in ("evidence", "speech")


def _phrase(source: Source, verb: Token) -> Attribution | None:
    """Cues of several words: "took note of X", "made clear that X", "reached an understanding on X"."""
    hit = source.cues.at(verb)
    if hit is None or len(hit.tokens) < 2 or hit.cue.cue_class != "speech" or hit.cue.words[0] == "be":
        return None
    if not asserted(verb) or (verb.tag_ == "VBN" and not perfect(verb) and not active(verb)):
        return None
    head = subject(verb)
    if head is None or not may_speak_or_it(head) or head.i in hit.tokens:
        return None
    doc = source.doc
    last = doc[hit.tokens[-1]]
    tail = next((c for c in last.rights if c.dep_ in ("pobj", "pcomp", "prep", "acl", "ccomp", "relcl", "xcomp")), None)
    if tail is None:
        tail = next(
            (
                c
                for c in verb.rights
                if c.i > last.i and c.dep_ in ("ccomp", "xcomp", "prep", "dobj") and c.i not in hit.tokens
            ),
            None,
        )
    if tail is None or tail.right_edge.i <= last.i or tail.i > last.i + 12:
        return None
    if (tail.tag_ == "VBG" or tail.dep_ == "relcl") and source.verb_of(tail) is not None:
        return None  # "issued a statement saying …", "… that spoke of X" are read at the second verb
    first = max(tail.left_edge.i, last.i + 1)
    if all(
        is_time(t) or t.pos_ in ("ADP", "DET", "PUNCT") or t.lower_ in _ASIDE
        for t in doc[first : tail.right_edge.i + 1]
    ):
        return None
    return Attribution(
        verb=verb.i,
        lemma=verb.lemma_.lower(),
        kind="speech",
        frame="clause" if tail.dep_ in ("ccomp", "acl") else "object",
        cue=source.chars(cue_first(verb), last.i + 1),
        source=source.chars(*noun_phrase(head, verb)),
        head=head.i,
        content=span(source, verb, first, tail.right_edge.i),
        negated=negated(verb),
        implicit=head.sent.start != verb.sent.start,
    )


def _felt(source: Source, verb: Token) -> Attribution | None:
    """ "was not happy about X", "felt confident that X": a feeling told of somebody."""
    predicate = next((c for c in verb.rights if c.dep_ in ("acomp", "oprd")), None)
    if predicate is None or predicate.right_edge.i == predicate.i:
        return None
    hit = source.cues.at(predicate)
    if hit is None or hit.cue.words[0] != "be" or hit.cue.cue_class not in ("speech", "cognition"):
        return None
    head = subject(verb)
    if head is None or not may_speak(head) or not asserted(verb):
        return None
    tail = next((c for c in predicate.rights if c.dep_ in ("prep", "ccomp", "xcomp", "acl")), None)
    if tail is None or tail.right_edge.i <= predicate.i + 1:
        return None
    first = max(tail.left_edge.i, predicate.i + 1)
    return Attribution(
        verb=predicate.i,
        lemma=predicate.lemma_.lower(),
        kind="feeling",
        frame="preposition" if tail.dep_ == "prep" else "clause",
        cue=source.chars(cue_first(verb), predicate.i + 1),
        source=source.chars(*noun_phrase(head, verb)),
        head=head.i,
        content=span(source, verb, first, tail.right_edge.i),
    )


def _unavailing(source: Source, verb: Token) -> Attribution | None:
    """ "could not be reached for comment", "would not be drawn on X": nothing was told."""
    if verb.lower_ not in ("reached", "drawn"):
        return None
    who = own_subject(verb)
    wanted = ("for",) if verb.lower_ == "reached" else ("on", "about", "into")
    tail = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in wanted), None)
    if who is None or tail is None or not any(c.dep_ == "neg" for c in verb.lefts):
        return None
    if verb.lower_ == "drawn" and not may_speak(who):
        return None
    if verb.lower_ == "reached" and not any(c.dep_ == "pobj" and c.lemma_.lower() == "comment" for c in tail.children):
        return None
    return Attribution(
        verb=verb.i,
        lemma="reach",
        kind="speech",
        frame="preposition",
        cue=source.chars(min((c.i for c in verb.lefts if c.dep_ == "aux"), default=verb.i), verb.i + 1),
        source=source.chars(*noun_phrase(who, verb)),
        head=who.i,
        content=span(source, verb, tail.i, tail.right_edge.i),
        negated=True,
    )


def _passive(source: Source, verb: Token, entry: Valency) -> Attribution | None:
    """ "X was discussed by both", "it is said that X", "was told that X", "issues raised by X"."""
    if entry.kind in ("intent", "manner") or any(c.tag_ == "TO" for c in verb.lefts) or not asserted(verb):
        return None
    passive_subject = own_subject(verb) if verb.dep_ != "acl" else None
    if passive_subject is None and verb.dep_ == "conj":
        passive_subject = own_subject(verb.head)
    head: Token | None = agent(verb)
    clause = next((c for c in verb.rights if c.dep_ in ("ccomp", "xcomp")), None)
    first = cue_first(verb)
    soft: tuple[int, int] | None = None
    told: tuple[int, int] | None
    if passive_subject is not None and passive_subject.lower_ == "it" and clause is not None and entry.clause:
        # impersonal: nobody is named
        told = clause_content(source, verb, clause)
        first = min(first, passive_subject.i)
        soft = source.chars(first, verb.i + 1)
    elif passive_subject is not None and entry.addressee and clause is not None:
        told = span(source, verb, clause.left_edge.i, clause.right_edge.i)
    elif passive_subject is not None and entry.object and entry.kind in ("speech", "act"):
        head = head or _between(verb)
        if head is None:
            return None
        last = (
            min(passive_subject.right_edge.i, first - 1) if passive_subject.i < first else passive_subject.right_edge.i
        )
        told = span(source, verb, passive_subject.left_edge.i, last)
    elif verb.dep_ == "acl" and head is not None and entry.kind == "speech" and verb.head.pos_ in ("NOUN", "PROPN"):
        if any(c.lower_ == "as" for c in verb.lefts) or entry.lemma in ("quote", "cite", "put", "issue", "publish"):
            return None
        told = _raised(source, verb)
    else:
        return None
    if told is None:
        return None
    return Attribution(
        verb=verb.i,
        lemma=entry.lemma,
        kind=entry.kind,
        frame="passive",
        cue=source.chars(first, particle(verb) + 1),
        source=source.chars(*noun_phrase(head)) if head is not None else None,
        head=head.i if head is not None else None,
        content=told,
        negated=negated(verb),
        hedge=soft,
    )


def _raised(source: Source, verb: Token) -> tuple[int, int] | None:
    """What "issues raised by X, such as A and B" are: the examples, or else the noun with what describes it."""
    noun = verb.head
    for token in noun.subtree:
        if token.i > verb.i and token.lower_ == "as" and token.nbor(-1).lower_ == "such":
            named = next((c for c in token.children if c.dep_ == "pobj"), None)
            if named is not None:
                return span(source, verb, named.left_edge.i, named.right_edge.i)
    if noun.left_edge.i >= verb.i - 1:
        return None
    return span(source, verb, noun.left_edge.i, verb.i - 1)


def _between(verb: Token) -> Token | None:
    """Who discussed what "was discussed at the meeting between X and Y"."""
    for token in verb.subtree:
        if token.i > verb.i and token.dep_ == "prep" and token.lower_ in ("between", "of"):
            for noun in token.children:
                if noun.dep_ == "pobj" and may_speak(noun) and (noun.tag_ in ("NNS", "NNPS") or list(noun.conjuncts)):
                    return noun
    return None
