"""Attributions to statements: which stands inside which, what act is told and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diptych.annotate.content_acts import content_act, is_falsehood
from diptych.annotate.sources import own_subject
from diptych.annotate.stretches import may_speak_or_it
from diptych.records import ACT_STRENGTH, Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from diptych.annotate.attribution import Attribution, Source
    from diptych.annotate.entities import Named

#: Acts that a mere reporting verb leaves to what it reports.
_OPEN = frozenset({"state", "affirm"})
#: Frames that report a telling as such.
_REPORTING = frozenset({"clause", "quotation", "preposition", "noun", "passive"})


@dataclass(frozen=True, slots=True)
class Told:
    """What one attribution tells: the act, whose it is, whether it is denied, and the attribution it stands in."""

    act: Act
    holder: tuple[str, ...]
    negated: bool
    parent: int | None
    #: Whether it may lend its act to the statement around it.
    weighs: bool = True


def parents(found: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the number of the smallest other one whose content holds its cue. ``found`` is in order.

    Near-linear: only attributions whose content is still open are looked at.
    """
    order = sorted(range(len(found)), key=lambda i: (found[i].content[0], -found[i].content[1]))
    result: list[int | None] = [None] * len(found)
    cues = sorted(range(len(found)), key=lambda i: found[i].cue[0])
    open_: list[int] = []
    at = 0
    for i in cues:
        cue = found[i].cue
        while at < len(order) and found[order[at]].content[0] <= cue[0]:
            open_.append(order[at])
            at += 1
        open_ = [j for j in open_ if found[j].content[1] > cue[0]]
        best: int | None = None
        for j in open_:
            if j == i or found[j].content[1] < cue[1] or found[j].cue == cue:
                continue
            if _within(found[j], found[i].content) and (best is None or _size(found[j]) < _size(found[best])):
                best = j
        result[i] = best
    return result


def _size(attribution: Attribution) -> int:
    return attribution.content[1] - attribution.content[0]


def _within(outer: Attribution, content: tuple[int, int]) -> bool:
    return outer.content[0] <= content[0] + 1 and content[1] <= outer.content[1] + 1


def tell(source: Source, found: Sequence[Attribution], named: Sequence[Named]) -> list[Told]:
    """Work out act, holder and parent of every attribution, inner ones first."""
    above = parents(found)
    children: dict[int, list[int]] = {}
    for i, parent in enumerate(above):
        if parent is not None:
            children.setdefault(parent, []).append(i)
    done: dict[int, Told] = {}

    def visit(i: int, depth: int) -> Told:
        if i in done:
            return done[i]
        inner = [visit(j, depth + 1) for j in children.get(i, ()) if depth < 20]
        told = _told(source, found[i], named[i], inner, above[i])
        done[i] = told if _weighs(source, found[i]) else replace(told, weighs=False)
        return done[i]

    return [visit(i, 0) for i in range(len(found))]


def _weighs(source: Source, attribution: Attribution) -> bool:
    """ "ways proposed by X", "the progress confirms that": an aside, or a thing's telling, lends no act."""
    verb = source.doc[attribution.verb]
    if attribution.frame == "passive" and verb.dep_ == "acl":
        return False
    return attribution.head is None or may_speak_or_it(source.doc[attribution.head])


def _told(source: Source, attribution: Attribution, named: Named, inner: Sequence[Told], parent: int | None) -> Told:
    if attribution.absence:
        return Told("deny", named.entities, True, parent)
    act, negative = own_act(source, attribution, joint=named.joint)
    if not attribution.negated and is_falsehood(source, attribution):
        return Told("deny", named.entities, True, parent)
    negated = attribution.negated != negative
    if attribution.negated and negative:
        return Told("state", named.entities, False, parent)
    if negated:
        return Told("deny", named.entities, True, parent)
    if act not in _OPEN or attribution.frame not in _REPORTING:
        return Told(act, named.entities, False, parent)
    best = Told(act, named.entities, False, parent)
    if act == "state" and not named.joint and attribution.kind != "thought":
        content, denied = content_act(source, attribution, named)
        if denied:
            return Told("deny", named.entities, True, parent)
        if content is not None:
            best = Told(content, named.entities, False, parent)
    weighed = [told for told in inner if not told.negated and told.weighs]
    if weighed and attribution.kind in ("speech", "according", "manner", "noun"):
        top = max(weighed, key=lambda told: ACT_STRENGTH[told.act])
        # a mere "said" leaves the act to what is said, however weak
        if ACT_STRENGTH[top.act] > ACT_STRENGTH[best.act] or (best.act == "state" and act == "state"):
            return Told(top.act, top.holder, False, parent)
    return best


def _urges(source: Source, attribution: Attribution) -> bool:
    """ "suggested the company build it", "suggested that they should": a bare or modal verb asks for an act."""
    verb = source.doc[attribution.verb]
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None:
        return False
    modal = any(c.dep_ == "aux" and c.lower_ in ("should", "ought") for c in clause.lefts)
    bare = clause.tag_ in ("VB", "VBP") and not any(c.dep_ == "aux" for c in clause.lefts)
    return modal or (bare and (clause.tag_ == "VB" or (own_subject(clause) is not None and _singular(clause))))


def _singular(clause: Token) -> bool:
    who = own_subject(clause)
    return who is not None and who.tag_ in ("NN", "NNP")


def own_act(source: Source, attribution: Attribution, *, joint: bool) -> tuple[Act, bool]:
    """The act that the cue itself names, and whether the cue denies ("rejected")."""
    if attribution.kind in ("according", "manner", "evidence"):
        return "state", False
    if attribution.kind == "noun":
        return _NOUN_ACTS.get(attribution.lemma, "state"), attribution.lemma in ("denial",)
    token = source.doc[attribution.verb]
    hit = source.cues.at(token)
    if hit is None:
        return "state", False
    cue = hit.cue
    complement = {"clause": "that", "infinitive": "infinitive"}.get(attribution.frame)
    act = cue.act(joint=joint, complement=complement)
    if joint and act == "commit":
        # what both pledge is a joint undertaking, what both are ready for a joint opinion
        act = cue.joint
    if act == "setting":
        act = "discuss" if joint else "state"
    if attribution.lemma == "agree" and not joint:
        # "it agreed to have the talks" binds whoever "it" is; "agreed that" is an opinion
        act = "concur" if attribution.frame == "clause" else "agree"
    if attribution.lemma == "assure" and attribution.frame == "clause":
        act = "state"
    if attribution.lemma == "insist":
        act = "affirm"
    if attribution.lemma in ("announce", "suggest") and attribution.frame == "clause" and not joint:
        act = "request" if attribution.lemma == "suggest" and _urges(source, attribution) else "state"
    if joint and act in ("affirm", "request"):
        act = "concur"
    return act, cue.polarity == "negative" and attribution.kind != "thought"


_NOUN_ACTS: dict[str, Act] = {
    "stance": "affirm",
    "position": "affirm",
    "insistence": "affirm",
    "assertion": "affirm",
    "conviction": "affirm",
    "warning": "affirm",
    "promise": "commit",
    "pledge": "commit",
    "vow": "commit",
    "call": "request",
    "demand": "request",
    "proposal": "request",
    "hope": "express",
    "fear": "express",
    "concern": "express",
    "complaint": "express",
    "denial": "deny",
}
