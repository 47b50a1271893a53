"""How far a content reaches: cut where another attribution begins, drawn on where the parser broke it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.attribution import Source, listed
from diptych.annotate.sources import may_speak, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENCOUNTERS = listed("meeting talk call conversation encounter summit session")
_CONTRAST = listed("while whereas although though")


def span(
    source: Source, verb: Token, first: int, last: int, *, bare: bool = False, joined: bool = False
) -> tuple[int, int]:
    """Characters from token ``first`` to ``last``, mended where the parser let another attribution in or cut short."""
    doc = source.doc
    last = cut(source, verb, first, last)
    last = _extend(source, verb, first, last, bare=bare)
    if joined and first > verb.i and last + 1 < verb.sent.end and _beheaded(source, verb, doc[last + 1]):
        last = cut(source, verb, first, int(verb.sent.end) - 1)
    if doc[last].tag_ == "POS" and last + 1 < verb.sent.end:
        # an owner without what is owned: the parser took the next word for a verb
        last = cut(source, verb, last + 1, int(verb.sent.end) - 1)
    while last > first and (doc[last].dep_ == "cc" or doc[last].is_space):
        last -= 1
    start, end = source.chars(first, last + 1)
    return source.trim(start, end)


def _beheaded(source: Source, verb: Token, following: Token) -> bool:
    """ "said that X holds and his remark | was taken wrongly": the subject was cut from its verb."""
    finite = following.tag_ in ("VBD", "VBZ", "VBP", "MD") and source.verb_of(following) is None
    return finite and source.quote_of[following.i] == source.quote_of[verb.i]


def cut(source: Source, verb: Token, first: int, last: int) -> int:
    """The last token of a content from ``first`` to ``last`` before which another attribution begins."""
    doc = source.doc
    for at in range(first + 1, last + 1):
        token = doc[at]
        lower = token.lower_
        if token.is_space and token.text.count("\n") > 1:
            return at - 1
        if token.text == ";" and source.quote_of[at] < 0 and source.quote_of[verb.i] < 0:
            return at - 1
        if lower == "according" and at < last and doc[at + 1].lower_ == "to":
            return at - 1
        if lower == "as" and at < last and _as_told(source, doc[at + 1]):
            return at - 1
        if token.text == "," and at < last and doc[at + 1].lower_ == "which" and _telling_aside(source, at, last):
            return at - 1
        if lower in _CONTRAST and source.quote_of[at] == source.quote_of[first] and _contrast(source, at, last):
            return at - 1
        if (
            lower == "without"
            and at < last
            and doc[at + 1].tag_ == "VBG"
            and doc[at + 1].lemma_
            in ("mention", "talk", "refer", "name", "specify", "elaborate", "cite", "say", "give", "provide")
        ):
            return at - 1
        if token.text == "," and at < last and _after_occasion(source, at, last):
            return at - 1
        if lower == "but" and token.dep_ == "cc" and _turns_back(source, verb, token):
            return at - 1
        if at > first + 1 and token.pos_ == "VERB" and token.dep_ in ("conj", "advcl") and token.i in source.lifted:
            above = source.lifted[token.i]
            if above == verb.i or _hangs(verb, doc[above]):
                stop = token.left_edge.i
                for back in range(token.i, max(first, token.i - 6), -1):
                    if doc[back].dep_ in ("cc", "mark") or doc[back].text == ",":
                        stop = back
                        if doc[back].dep_ != "cc" or doc[back - 1].text != ",":
                            break
                return max(first, stop - 1)
    return last


def _as_told(source: Source, verb: Token) -> bool:
    """ "as stated by X", which is told by somebody else; not "as known"."""
    told = verb.tag_ == "VBN" and source.verb_of(verb) is not None
    return told and verb.head.i < verb.i - 1 and verb.lower_ != "known"


def _after_occasion(source: Source, at: int, last: int) -> bool:
    """ "said that X is ready, following a meeting with Y": the occasion belongs to the cue."""
    doc = source.doc
    if doc[at + 1].lower_ not in ("following", "after") or source.quote_of[at] >= 0:
        return False
    rest = doc[at + 2 : last + 1]
    if any(t.text == "," or t.pos_ in ("VERB", "AUX") for t in rest):
        return False
    return any(t.lemma_.lower() in _ENCOUNTERS for t in rest[:4])


def _turns_back(source: Source, verb: Token, but: Token) -> bool:
    """ "confirmed the call had taken place but gave no details": the speaker goes on, in the tense of the cue."""
    conjunct = next((t for t in source.doc[but.i + 1 : but.i + 5] if t.dep_ == "conj" and t.head == but.head), None)
    if conjunct is None or conjunct.tag_ != "VBD" or verb.tag_ != "VBD" or own_subject(conjunct) is not None:
        return False
    told = conjunct.head
    own = own_subject(told)
    return told != verb and own is not None and not may_speak(own) and told.tag_ != "VBD"


def _hangs(verb: Token, above: Token) -> bool:
    """Whether ``verb`` lies between a verb lifted up to ``above`` and that verb."""
    return any(ancestor.i == above.i for ancestor in verb.ancestors)


def _telling_aside(source: Source, at: int, last: int) -> bool:
    """ "refer to the release, which only states that …": the aside tells by itself."""
    for inner in source.doc[at + 2 : min(at + 6, last + 1)]:
        if inner.pos_ == "VERB":
            entry = source.verb_of(inner)
            return entry is not None and entry.kind == "speech" and any(c.dep_ == "ccomp" for c in inner.rights)
    return False


def _contrast(source: Source, at: int, last: int) -> bool:
    """Whether "while" or "although" opens somebody else's attribution, or one more of the same speaker."""
    doc = source.doc
    for inner in doc[at + 1 : min(last + 1, at + 14)]:
        if inner.pos_ not in ("VERB", "AUX") or inner.dep_ in ("aux", "auxpass", "amod"):
            continue
        telling = source.verb_of(inner) is not None or source.cues.at(inner) is not None
        if inner.tag_ == "VBG":
            return telling and inner.i <= at + 3
        own = own_subject(inner)
        return own is not None and may_speak_or_it(own) and telling
    return False


def may_speak_or_it(token: Token) -> bool:
    """Like :func:`may_speak`; "it" counts, since it may stand for a ministry."""
    return token.lower_ == "it" or may_speak(token)


def _extend(source: Source, verb: Token, first: int, last: int, *, bare: bool) -> int:
    """Take in the rest of a list that the parser broke off: up to the end of the sentence, if no clause comes."""
    doc = source.doc
    end = verb.sent.end - 1
    if last >= end or verb.i > first:
        return last
    if doc[last + 1].text != "," and doc[last + 1].dep_ != "cc":
        return last
    mark = source.quote_of[verb.i]
    stop = last
    for at in range(last + 1, end + 1):
        token = doc[at]
        if (mark >= 0 and source.quote_of[at] != mark) or (token.is_space and token.text.count("\n") > 1):
            break
        if token.text in (";", "—", "–", "--", "(") or token.lower_ in ("according", "but", "while", "as", "when"):
            break
        if token.pos_ == "VERB" and not (bare and token.tag_ == "VB") and source.verb_of(token) is not None:
            return last
        verbal = token.pos_ in ("VERB", "AUX") and not (bare and token.tag_ == "VB")
        if verbal and token.dep_ not in ("amod", "acl", "relcl", "aux", "auxpass", "compound"):
            return last
        if token.dep_ in ("nsubj", "nsubjpass") and token.lower_ not in ("who", "which", "that"):
            return last
        stop = at
    listing = any(t.dep_ == "cc" for t in doc[last + 1 : stop + 1])
    return stop if listing else last


def sentence_start(source: Source, verb: Token) -> int:
    """The first token of the sentence of ``verb`` that is no blank."""
    first = int(verb.sent.start)
    while first < verb.i and source.doc[first].is_space:
        first += 1
    return first
