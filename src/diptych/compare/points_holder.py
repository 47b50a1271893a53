"""Whose act a clause tells: its own side's, the other side's, or both sides'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from diptych.knowledge.account_words import account_words
from diptych.syntax import agent_of, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from diptych.compare.points_act import Segment
    from diptych.compare.points_sides import Sides

Holder = Literal["own", "other", "both"]

_SINGULAR_PRONOUNS = frozenset({"he", "she", "who"})
_REQUEST = re.compile(
    r"\bat (?:the )?(?:\w+ )?(?:request|initiative|invitation|suggestion) of\b(.{3,60})|"
    r"\bat (.{3,60}?)(?:'s|’s|s’|s') (?:request|initiative|invitation|suggestion)\b"
)
_JOINT_OPENING = re.compile(
    r"(?:the (?:two|three|four)|both|they|the (?:leaders|sides|parties|ministers|presidents|delegations|principals|"
    r"interlocutors|secretaries|heads of state))\b",
    re.IGNORECASE,
)
_JOINT_ACTS = frozenset({"agree", "discuss", "setting"})


def whose(segment: Segment, sides: Sides, spoken: Holder | None) -> tuple[Span | None, Holder | None]:
    """Return the words that name the holder of a segment, and the holder; None where nothing tells.

    ``spoken`` is the one side that acted last: pronouns mean it, and sentences without a verb of telling go on
    in its name.
    """
    doc = segment.head.doc
    cue = segment.cue
    text = doc[segment.start : segment.end].text
    request = _REQUEST.search(text)
    if request is not None and (cue is None or cue.cue.cue_class != "setting" or not segment.own or len(text) < 80):
        asked = _one(sides.named(request[1] or request[2]))
        if asked is not None:
            return None, asked
    verbs = [doc[cue.head]] if cue is not None else []
    if segment.head.i not in {verb.i for verb in verbs} and segment.head.pos_ in ("VERB", "AUX"):
        verbs.append(segment.head)
    told = cue is not None and cue.cue.cue_class in ("speech", "setting")
    for verb in verbs:
        subject = subject_of(verb)
        agent = agent_of(verb)
        if not told and spoken is not None and (goes_on(verb) or goes_on(segment.head)):
            continue
        span = agent if agent is not None else subject.span if subject is not None else None
        if span is None:
            continue
        holder = _of(span, sides, spoken)
        passive = any(child.dep_ == "nsubjpass" for child in verb.children)
        if passive and agent is None:
            if verb.lemma_ in account_words().addressed and holder in ("own", "other"):
                return None, "other" if holder == "own" else "own"
            if told and (spoken is None or not goes_on(verb)):
                return span, "both"
            continue
        if cue is not None and holder in ("own", "other") and _with_partner(segment, verb, span):
            holder = "both"
        if holder is not None:
            return span, holder
    return None, _of_opening(segment, sides)


def _of_opening(segment: Segment, sides: Sides) -> Holder | None:
    """Read the holder from the words before the first verb, where the parse gives no subject."""
    doc = segment.head.doc
    if not doc[segment.start].is_sent_start and doc[segment.start].pos_ == "VERB":
        return None
    stop = segment.start
    while stop < min(segment.end, segment.start + 14) and doc[stop].pos_ not in ("VERB", "AUX"):
        stop += 1
    if stop in (segment.start, segment.end) or doc[stop].tag_ not in ("VBD", "VBN"):
        return None
    text = doc[segment.start : stop].text
    if _JOINT_OPENING.match(text):
        return "both"
    return _one(sides.named(text))


def _one(named: tuple[bool, bool]) -> Holder | None:
    own, other = named
    return "own" if own and not other else "other" if other and not own else None


def goes_on(verb: Token) -> bool:
    """Tell a clause in the present or with a modal: speech that goes on without a new verb of telling."""
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    finite = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "cop")]
    if not finite and verb.tag_ == "VB" and verb.dep_ == "conj" and verb.head.i < verb.i:
        return goes_on(verb.head)
    return any(child.tag_ in ("MD", "VBZ", "VBP") for child in finite)


def _with_partner(segment: Segment, verb: Token, subject: Span) -> bool:
    """Tell "X met with Y", "we discussed": what one is named for, both did."""
    cue = segment.cue
    assert cue is not None
    act = cue.cue.single
    if subject.root.lower_ == "we" and act in _JOINT_ACTS:
        return True
    if act not in ("setting", "discuss"):
        return False
    if cue.cue.phrase in account_words().met:
        return True
    return any(
        child.dep_ == "prep" and child.lower_ == "with" for word in (verb, *verb.children) for child in word.children
    )


def _of(span: Span, sides: Sides, spoken: Holder | None) -> Holder | None:
    """Read the holder from the words that name the subject or the agent."""
    head = span.root
    word = head.lower_
    doc = span.doc
    end = max((member.right_edge.i + 1 for member in head.conjuncts if member.i > head.i), default=span.end)
    text = doc[span.start : max(end, span.end)].text if head.conjuncts else span.text
    if word in ("we", "i"):
        return spoken if spoken is not None and _in_quotes(span) else "own"
    if word in _SINGULAR_PRONOUNS:
        return spoken
    if word in ("they", "both") or "both" in {token.lower_ for token in span}:
        return "both"
    bare = word[:-1] if head.tag_ in ("NNS", "NNPS") or word.endswith("s") else word
    bare = {"secretarie": "secretary", "countrie": "country", "partie": "party", "allie": "ally"}.get(bare, bare)
    plural = head.tag_ in ("NNS", "NNPS") or (word.endswith("s") and bare in account_words().party)
    own, other = sides.named(text)
    if own and other and (head.conjuncts or plural):
        return "both"
    if plural and bare in account_words().party:
        return _one((own, other)) or "both"
    if own != other:
        return "own" if own else "other"
    if own and other:
        return _one(sides.named(head.text)) or _one(sides.named(span[-1].text))
    if bare in account_words().event or head.lemma_.lower() in account_words().event:
        return "both"
    titled = _one(sides.titled(text))
    if titled is not None:
        return titled
    if head.conjuncts and all(member.pos_ == "PROPN" for member in head.conjuncts):
        return "both"
    if word in ("president", "minister", "secretary", "state", "chancellor", "premier"):
        return "own"
    return None


def _in_quotes(span: Span) -> bool:
    doc = span.doc
    before = doc[max(0, span.start - 40) : span.start].text
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
