"""Whether a verb tells that something was said, or only that it could, should or might be; and the words of its cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed
from diptych.annotate.sources import own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Verbs that raise: "continued to call for", "went on to say".
RAISING = listed("continue go proceed begin start appear seem use come")
_SPECULATIVE = listed("could may might would should can must will 'll ’ll wo shall")
_OPEN_MARKS = listed("if unless whether before")
_STRAY = listed("when how why also where then")
_HEDGES = listed("reportedly allegedly apparently supposedly purportedly")


def asserted(verb: Token) -> bool:
    """Whether the text tells ``verb`` as done."""
    if _asked(verb):
        return False
    for child in verb.lefts:
        if child.dep_ == "aux" and child.lower_ in _SPECULATIVE:
            return _grudging(verb, child)
    if any(child.tag_ == "TO" for child in verb.lefts):
        above = verb.head
        return verb.dep_ == "xcomp" and above.lemma_.lower() in RAISING and asserted(above)
    if verb.tag_ == "VB" and not any(child.dep_ == "aux" for child in verb.lefts):
        if verb.dep_ == "conj" and any(child.lower_ == "neither" for child in verb.head.lefts):
            return asserted(verb.head)
        # an imperative, or an infinitive whose "to" stands with the verb before it
        return verb.dep_ == "conj" and verb.head.tag_ != "VB" and own_subject(verb.head) is not None
    if verb.dep_ == "pcomp":
        with_own = verb.head.lower_ == "with" and own_subject(verb) is not None
        as_saying = verb.head.lower_ == "as" and verb.head.head.lemma_.lower() in ("quote", "cite")
        return with_own or as_saying or verb.head.lower_ in ("by", "in", "while", "when")
    if verb.dep_ == "csubj":
        return False
    if verb.dep_ == "conj" and own_subject(verb) is None and verb.head.pos_ == "VERB" and verb.head.i < verb.i:
        return asserted(verb.head) or verb.tag_ in ("VBD", "VBZ", "VBG")
    if any(child.dep_ == "mark" and child.lower_ in _OPEN_MARKS for child in verb.lefts):
        return False
    # "this does not mean that X disagrees"
    return not (verb.dep_ == "ccomp" and verb.head.i < verb.i and verb.head.lemma_ == "mean" and negated(verb.head))


def _asked(verb: Token) -> bool:
    """ "Did they discuss it?": a question tells nothing."""
    who = own_subject(verb)
    return who is not None and any(c.dep_ == "aux" and c.i < who.i < verb.i for c in verb.lefts)


def _grudging(verb: Token, modal: Token) -> bool:
    """ "would say only that", "would neither confirm nor deny it": told, or refused, after all."""
    if modal.lower_ not in ("would", "could", "will"):
        return False
    if any(child.lower_ == "neither" for child in verb.lefts):
        return True
    beside = verb.doc[max(0, verb.i - 1) : verb.i + 2]
    return modal.lower_ == "would" and verb.lemma_ == "say" and any(token.lower_ == "only" for token in beside)


def negated(verb: Token) -> bool:
    """Whether the verb itself is negated."""
    if any(child.lower_ == "neither" and child.dep_ in ("preconj", "cc", "advmod") for child in verb.lefts):
        return True
    if any(child.dep_ == "neg" or child.lower_ in ("never", "nor") for child in verb.children):
        return True
    who = own_subject(verb)
    return who is not None and any(child.lower_ == "neither" for child in who.lefts)


def perfect(verb: Token) -> bool:
    """ "has said": a past participle in an active verb group."""
    return any(child.dep_ == "aux" and child.lemma_ in ("have", "'ve") for child in verb.children) and not any(
        child.dep_ in ("auxpass", "nsubjpass") for child in verb.children
    )


def active(verb: Token) -> bool:
    """A past tense taken for a participle: "the source cast doubt on it" has a subject and no auxiliary."""
    if verb.tag_ != "VBN" or any(child.dep_ in ("aux", "auxpass", "nsubjpass", "agent") for child in verb.children):
        return False
    return any(child.dep_ == "nsubj" and child.i < verb.i for child in verb.children)


def expletive(verb: Token, head: Token) -> bool:
    """ "It appears that …", "it also seems that …": nobody's statement."""
    return head.dep_ == "expl" or (
        head.lower_ == "it"
        and verb.lemma_.lower() in ("appear", "seem", "indicate", "suggest", "show", "mean", "prove", "read")
    )


def hedge(verb: Token) -> tuple[int, int] | None:
    """The token range of the words that soften the verb: "appears to think", "reportedly said"."""
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("appear", "seem"):
        return verb.head.i, verb.head.i + 1
    for child in verb.lefts:
        if child.dep_ == "advmod" and child.lower_ in _HEDGES:
            return child.i, child.i + 1
    return None


def cue_first(verb: Token) -> int:
    """The first token of the verb group: auxiliaries, negation and what raises, but no stray adverbs far off."""
    first = verb.i
    while first > 0:
        at = first - 1
        while at > 0 and verb.doc[at].is_space:
            at -= 1
        before = verb.doc[at]
        inside = before.head.i == verb.i and before.dep_ in ("aux", "auxpass", "neg", "advmod")
        raising = before.i == verb.head.i and verb.dep_ == "xcomp" and before.lemma_.lower() in RAISING
        on = before.lower_ == "on" and before.dep_ in ("prt", "prep") and before.head.lemma_.lower() == "go"
        stray = before.dep_ == "advmod" and before.lower_ in _STRAY
        if not (inside or raising or on) or stray:
            break
        first = at
    return first


def particle(verb: Token) -> int:
    """The last token of the verb and its particle: "pointed out"."""
    last = verb.i
    for child in verb.rights:
        if child.dep_ == "prt" and child.i <= verb.i + 2:
            last = max(last, child.i)
    return last
