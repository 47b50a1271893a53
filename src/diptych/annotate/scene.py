"""A text with its mentions laid over its words: who stands where, who is subject of what, who is joined to whom."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.annotate.lexicon import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from diptych.annotate.words import Words
    from diptych.records import Actor, Mention

_LINK = vocabulary(", and & as well along together with both also the his her either or")


#: Subjects that stand for the states which their complements name.
_GROUPS = vocabulary("group groups")


@dataclass(frozen=True, slots=True)
class Scene:
    """The text with its mentions laid over its words: what participants are read from.

    ``people[i]`` is the index of the mention of people that covers word ``i``, ``others[i]`` that of a state or body.
    """

    words: Words
    doc: Doc
    mentions: tuple[Mention, ...]
    actors: dict[str, Actor]
    people: list[int]
    others: list[int]
    ranges: tuple[tuple[int, int], ...]
    token_starts: tuple[int, ...]
    #: Who says "I" in an official text.
    speaker: str | None = None

    def token(self, i: int) -> Token:
        """Return the token of the parse at word ``i``."""
        k = bisect.bisect_right(self.token_starts, self.words.start[i]) - 1
        return self.doc[max(k, 0)]

    def word(self, token: Token) -> int:
        """Return the word at a token of the parse."""
        return min(self.words.at(token.idx), len(self.words) - 1)


def lay_out(words: Words, doc: Doc, actors: Sequence[Actor], mentions: Sequence[Mention]) -> Scene:
    """Lay ``mentions`` over ``words``; the outermost mention of people holds a word."""
    by_id = {a.id: a for a in actors}
    people, others = [-1] * len(words), [-1] * len(words)
    ranges: list[tuple[int, int]] = []
    for k, mention in enumerate(mentions):
        first = words.at(mention.start)
        last = first
        while last < len(words) and words.start[last] < mention.end:
            last += 1
        ranges.append((first, last))
        kinds = {by_id[a].kind for a in mention.actors if a in by_id}
        human = bool(kinds & {"person", "unnamed"}) or (mention.form == "group" and kinds != {"state"})
        row = people if human else others
        for i in range(first, last):
            if row[i] < 0:
                row[i] = k
    return Scene(
        words=words,
        doc=doc,
        mentions=tuple(mentions),
        actors=by_id,
        people=people,
        others=others,
        ranges=tuple(ranges),
        token_starts=tuple(t.idx for t in doc),
    )


def subject_actors(scene: Scene, token: Token, limit: int, *, by: bool = False) -> tuple[str, ...]:
    """Return the people (else the states or bodies) that are the subject of the verb ``token``.

    ``by``: the agent of a passive counts as its subject ("as stated by X").
    """
    found = subject_token(token)
    agent = next((c for c in token.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
    if by and agent is not None and token.tag_ == "VBN":
        for noun in agent.children:
            acting = coordinated(scene, scene.word(noun), scene.people)
            if acting:
                return acting
    if found is None:
        return ()
    i = scene.word(found)
    if found.lower_ == "i" and scene.speaker is not None and scene.people[i] < 0:
        return (scene.speaker,)
    if found.lower_ in _GROUPS:
        # "a working group of officials from X, Y and Z" is the three states
        for k in range(i, min(scene.word(found.doc[found.right_edge.i]) + 1, limit)):
            states = coordinated(scene, k, scene.others, limit)
            if len(states) > 1:
                return states
    people = coordinated(scene, i, scene.people, limit)
    if people:
        return _after_opening(scene, token, people) or people
    # the head of a long subject may lie outside the mention: "Foreign Minister of X, Y" has several nouns
    first, last = scene.word(found.doc[found.left_edge.i]), scene.word(found.doc[found.right_edge.i])
    for k in range(first, min(last + 1, limit)):
        if scene.people[k] >= 0:
            return coordinated(scene, k, scene.people, limit)
    return coordinated(scene, i, scene.others, limit)


_OFFERED = vocabulary("invitation offer plan plans decision intention readiness willingness")
_CONTROL = vocabulary("invite direct instruct order ask urge request task encourage allow require tell")
_OPENERS = vocabulary("at upon following after in on during")
_BEFORE_VERB = vocabulary("has had have also today will is was are were")


def _after_opening(scene: Scene, verb: Token, found: tuple[str, ...]) -> tuple[str, ...]:
    """Return who stands right before the verb, where a parser took the subject from an opening phrase.

    "At the invitation of Minister A, Minister B paid a visit": B, not A.
    """
    words = scene.words
    at = scene.word(verb)
    floor = words.sentences[words.sentence[at]][0]
    k = at - 1
    while k > floor and at - k < 4 and words.lower[k] in _BEFORE_VERB:
        k -= 1
    if words.lower[floor] not in _OPENERS or k <= floor or scene.people[k] < 0:
        return ()
    near = coordinated(scene, k, scene.people, at)
    first = scene.ranges[scene.people[k]][0]
    return near if words.lower[first - 1] == "," and not set(near) & set(found) else ()


def subject_token(verb: Token) -> Token | None:
    """Return the word that heads the subject of ``verb``, its own or the one that it shares."""
    current = verb
    for _ in range(6):
        own = [
            child
            for child in current.children
            if child.dep_ in ("nsubj", "nsubjpass")
            and not (child.ent_type_ in ("DATE", "TIME") and child.pos_ != "PRON")
        ]
        if own:
            # Of two the nearer: the parse takes the words of a dateline for a subject as well.
            child = max((c for c in own if c.i < current.i), key=lambda c: c.i, default=own[0])
            if child.lower_ in ("who", "which", "that") and current.dep_ == "relcl":
                return current.head
            return child
        if (
            current.dep_ in ("xcomp", "ccomp", "advcl")
            and current.head.lemma_.lower() in _CONTROL
            and current.tag_ == "VB"
        ):
            # "A invited B to visit": B visits
            told = next((c for c in current.head.children if c.dep_ in ("dobj", "dative") and c.i < current.i), None)
            if told is not None:
                return told
        if current.dep_ in ("conj", "xcomp", "advcl", "aux", "pcomp", "prep", "ccomp") or (
            current.dep_ == "acl" and current.head.pos_ == "VERB"
        ):
            current = current.head
        elif current.dep_ == "acl" and current.head.lower_ in _OFFERED:
            # "B accepted an invitation to visit": B visits
            current = current.head.head
        elif current.dep_ in ("acl", "relcl"):
            return current.head
        else:
            return None
    return None


def coordinated(scene: Scene, i: int, row: list[int], limit: int | None = None) -> tuple[str, ...]:
    """Return the actors of the mention at word ``i`` and of those joined to it by commas and "and"."""
    if i >= len(row) or row[i] < 0:
        return ()
    words = scene.words
    out: list[str] = list(scene.mentions[row[i]].actors)
    first, last = scene.ranges[row[i]]
    floor, ceiling = words.sentences[words.sentence[i]]
    if limit is not None:
        ceiling = min(ceiling, limit)
    while True:
        k = last
        # "Minister X of Y, who ..., and Minister Z" is left alone; only commas and conjunctions join
        while k < ceiling and k - last < 3 and row[k] < 0 and words.lower[k] in _LINK:
            k += 1
        if (
            k > last
            and k < ceiling
            and row[k] >= 0
            and (words.lower[last] != "," or "and" in words.lower[last:k] or _listed(scene, row, k, ceiling))
        ):
            out.extend(scene.mentions[row[k]].actors)
            last = scene.ranges[row[k]][1]
            continue
        break
    while True:
        k = first
        while k > floor and first - k < 3 and row[k - 1] < 0 and words.lower[k - 1] in _LINK:
            k -= 1
        if k < first and k > floor and row[k - 1] >= 0 and "and" in words.lower[k:first]:
            out = [*scene.mentions[row[k - 1]].actors, *out]
            first = scene.ranges[row[k - 1]][0]
            continue
        break
    return tuple(dict.fromkeys(out))


def _listed(scene: Scene, row: list[int], k: int, ceiling: int) -> bool:
    """Whether the mention at ``k`` is one of a list that ends in "and"."""
    end = scene.ranges[row[k]][1]
    return end < ceiling and scene.words.lower[end] in (",", "and")


def governing_verb(token: Token) -> Token | None:
    """Return the verb that a noun of contact hangs on: "held" in "held a meeting", "said" in "in a briefing, said"."""
    current = token
    for _ in range(6):
        if current.head is current:
            return None
        current = current.head
        if current.pos_ in ("VERB", "AUX") and current.dep_ != "amod":
            return current
    return None
