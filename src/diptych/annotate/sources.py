"""Who is telling: the subject of a reporting verb, wherever the sentence has put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
#: Relations through which a verb without a subject of its own shares that of the verb above it.
_SHARED = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "dep", "acl", "parataxis"})
_TIMES = listed(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight week "
    "month year morning afternoon evening night earlier later"
)
_RELATIVES = frozenset({"who", "which", "that"})


def own_subject(verb: Token) -> Token | None:
    """The subject that depends on ``verb`` itself, before or after it; for a relative clause its antecedent."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS and not is_time(child):
            if child.lower_ in _RELATIVES and child.tag_ in ("WP", "WDT", "IN") and verb.dep_ == "relcl":
                return verb.head
            return child
    return None


def subject(verb: Token) -> Token | None:
    """The word that heads the subject of ``verb``: its own, the one it shares, or the agent of a passive."""
    current = verb
    for _ in range(8):
        if current.dep_ in ("acl", "relcl") and current.tag_ == "VBN" and own_subject(current) is None:
            return agent(current)
        found = own_subject(current)
        if found is not None:
            return found
        if (
            current.dep_ in ("acl", "relcl")
            and current.tag_ == "VBG"
            and current.head.pos_ in ("NOUN", "PROPN", "PRON")
        ):
            return _acl_subject(current)
        if current.dep_ == "xcomp":
            # "urged the ministry to say": the object of the verb above acts.
            above = current.head
            for child in above.children:
                if child.dep_ == "dobj" and above.i < child.i < current.i and current.tag_ == "VB":
                    return child
        if current.dep_ not in _SHARED or current.head is current:
            return None
        current = current.head
    return None


def _acl_subject(verb: Token) -> Token | None:
    """A participle hung on a noun: "a statement saying" is the statement's, "met him, saying" is the clause's."""
    head = verb.head
    comma = verb.i > 0 and verb.nbor(-1).text == ","
    if not comma:
        return head
    above = head
    for _ in range(8):
        if above.pos_ in ("VERB", "AUX"):
            return subject(above)
        if above.head is above:
            return head
        above = above.head
    return head


def agent(verb: Token) -> Token | None:
    """The agent of a passive: "brought up by the minister"."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            for noun in child.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    return noun
    return None


def is_time(token: Token) -> bool:
    """Whether the word names a time ("Wednesday"), which the parser takes for a subject now and then."""
    return token.lower_ in _TIMES or token.ent_type_ in ("DATE", "TIME")


def noun_phrase(head: Token) -> tuple[int, int]:
    """Token range of the noun phrase of ``head``: what names it, without asides and clauses set off by commas."""
    doc = head.doc
    first, last = head.left_edge.i, head.i
    for child in head.subtree:
        if child.i > last:
            last = child.i
    stop = last
    for at in range(head.i + 1, last + 1):
        token = doc[at]
        if token.text in (",", "--", "–", "—", "(", ";", ":", '"', "“", "”") and not _list_comma(head, at, last):
            stop = at - 1
            break
        if token.dep_ in ("relcl", "appos") and token.head is head and at > head.i + 1 and doc[at - 1].text == ",":
            stop = at - 2
            break
    while stop > head.i and ((is_time(doc[stop]) and doc[stop].dep_ in ("npadvmod", "tmod")) or doc[stop].is_space):
        stop -= 1
    while first < head.i and ((doc[first].is_punct and doc[first].text not in "[($") or doc[first].is_space):
        first += 1
    while first < head.i and doc[first].dep_ in ("cc", "preconj") and doc[first].lower_ in ("and", "but", "or"):
        first += 1
    return first, stop + 1


def _list_comma(head: Token, at: int, last: int) -> bool:
    """Whether the comma at ``at`` stands in a list of subjects: "Ana, Bo and Cy said"."""
    doc = head.doc
    if doc[at].text != ",":
        return False
    conjuncts = [token for token in head.conjuncts if token.i > at]
    if not conjuncts:
        return False
    return all(doc[i].dep_ not in ("relcl", "appos", "acl") for i in range(at + 1, min(last, conjuncts[0].i) + 1))
