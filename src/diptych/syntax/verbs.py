"""What the parse tells about one verb: its subject, agent, voice, negation, modality and complement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ComplementKind = Literal["that", "infinitive", "gerund", "direct", "object", "preposition", "none"]
Modality = Literal["possible", "necessary", "intended", "conditional", "future"]

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_NEGATIVE_WORDS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "hardly", "without"})
#: Verbs that deny the clause they govern: "refused to attend", "failed to agree", "ruled out sending".
_NEGATIVE_VERBS = frozenset(
    [
        "deny",
        "reject",
        "refuse",
        "decline",
        "fail",
        "dismiss",
        "refute",
        "rebut",
        "dispute",
        "disavow",
        "repudiate",
        "renounce",
        "withhold",
        "oppose",
        "veto",
        "abstain",
        "refrain",
        "avoid",
        "prevent",
        "forbid",
        "prohibit",
        "ban",
        "halt",
        "cease",
        "stop",
        "suspend",
        "cancel",
        "withdraw",
        "lack",
    ]
)
_MODALS: dict[str, Modality] = {
    "may": "possible",
    "might": "possible",
    "can": "possible",
    "could": "possible",
    "must": "necessary",
    "should": "necessary",
    "ought": "necessary",
    "shall": "intended",
    "will": "future",
    "'ll": "future",
    "’ll": "future",
    "would": "conditional",
}
_INTENDING = frozenset({"intend", "plan", "hope", "want", "wish", "seek", "aim", "expect"})
_NEEDING = frozenset({"need", "have", "require"})
#: Verbs that raise their infinitive: the subject of "continued to support" is that of "support".
_ASPECTUAL = frozenset({"continue", "begin", "start", "go", "keep", "remain", "happen", "seem", "appear"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that name who does what a verb tells, and whether an earlier verb supplies them."""

    span: Span
    inherited: bool

    @property
    def head(self) -> Token:
        """The noun or pronoun at the head of the subject."""
        token: Token = self.span.root
        return token


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a verb: its kind and the token at its head (None where nothing follows)."""

    kind: ComplementKind
    head: Token | None


def phrase_of(token: Token, *, clauses: bool = False) -> Span:
    """Return the phrase around ``token``: its subtree, without relative clauses unless ``clauses`` is true."""
    left, right = token.left_edge.i, token.right_edge.i
    if not clauses:
        for child in token.rights:
            if child.dep_ in ("relcl", "acl", "appos", "punct") and child.left_edge.i > token.i:
                right = min(right, child.left_edge.i - 1)
                break
    doc = token.doc
    while right > token.i and doc[right].is_punct:
        right -= 1
    while left < token.i and (doc[left].is_punct or doc[left].is_space):
        left += 1
    return doc[left : right + 1]


def is_passive(verb: Token) -> bool:
    """Tell whether ``verb`` stands in the passive ("was stressed", "held by")."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "agent") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def agent_of(verb: Token) -> Span | None:
    """Return the words that name the agent of a passive verb ("was stressed *by both ministers*")."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and is_passive(verb)):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return phrase_of(noun)
    return None


def subject_of(verb: Token) -> Subject | None:
    """Return the subject of ``verb``; inherited from the verb it is coordinated with, controlled or hung on."""
    token, inherited, seen = verb, False, 0
    while seen < 12:
        seen += 1
        for child in token.children:
            if child.dep_ in _SUBJECTS and child.dep_ != "expl":
                relative = child.lower_ in ("which", "who", "that", "whom") and token.dep_ == "relcl"
                if relative:
                    return Subject(phrase_of(token.head), True)
                return Subject(phrase_of(child), inherited)
        if token.dep_ == "acl":
            # "the steps taken by X" has no subject of its own; "X, noting …" may hang on the noun X.
            if token.tag_ == "VBG":
                return Subject(phrase_of(token.head), True)
            return None
        if token.dep_ in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "prep", "parataxis", "aux", "amod"):
            if token.dep_ == "ccomp" and any(c.dep_ == "mark" or c.lower_ == "that" for c in token.lefts):
                return None
            token, inherited = token.head, True
            continue
        return None
    return None


def is_negated(verb: Token) -> bool:
    """Tell whether ``verb`` is negated: by "not", "never", "no …", "neither", or by what it itself means."""
    if verb.lemma_ in _NEGATIVE_VERBS:
        return True
    for child in verb.children:
        if child.dep_ == "neg" or (
            child.lower_ in _NEGATIVE_WORDS and child.dep_ in ("advmod", "cc", "preconj", "det")
        ):
            return True
        if child.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") and any(
            det.dep_ in ("det", "neg") and det.lower_ in ("no", "neither") for det in child.children
        ):
            return True
    head = verb.head
    if verb.dep_ == "xcomp" and head.i != verb.i and head.i < verb.i:
        return head.lemma_ in _NEGATIVE_VERBS or any(child.dep_ == "neg" for child in head.children)
    if verb.dep_ == "pcomp" and head.lower_ == "without":
        return True
    # "did not ask or promise": the negation of the first conjunct reaches over "or".
    if verb.dep_ == "conj" and any(child.lower_ in ("or", "nor") for child in head.children if child.dep_ == "cc"):
        return any(child.dep_ == "neg" for child in head.children)
    return False


def modality_of(verb: Token) -> Modality | None:
    """Return the modality of ``verb``: of its auxiliary, or of the verb that governs it ("intends to visit")."""
    for child in verb.lefts:
        if child.dep_ == "aux" and child.lower_ in _MODALS:
            return _MODALS[child.lower_]
    head = verb.head
    if verb.dep_ == "xcomp" and head.i != verb.i:
        if head.lemma_ in _INTENDING:
            return "intended"
        if head.lemma_ in _NEEDING:
            return "necessary"
        if head.lemma_ in _ASPECTUAL:
            return modality_of(head)
    if verb.dep_ == "conj" and head.i != verb.i and not any(c.dep_ in _SUBJECTS for c in verb.children):
        return modality_of(head)
    return None


def complement_of(verb: Token) -> Complement:
    """Return what ``verb`` takes: a that-clause, an infinitive, direct speech, an object, a prepositional phrase."""
    doc = verb.doc
    best: Complement | None = None
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp"):
            if child.i < verb.i and any(word.text == ";" for word in doc[child.i : verb.i]):
                continue
            if any(c.tag_ == "TO" for c in child.lefts):
                return Complement("infinitive", child)
            if child.tag_ == "VBG" and child.dep_ == "xcomp":
                return Complement("gerund", child)
            if child.i < verb.i or doc[child.left_edge.i].text in ('"', "“", "«"):
                return Complement("direct", child)
            return Complement("that", child)
    for child in verb.rights:
        if child.dep_ in ("dobj", "attr", "acomp", "oprd"):
            nested = _nominal_that(child)
            return nested or Complement("object", child)
        if child.dep_ in ("prep", "agent", "prt") and best is None and child.dep_ == "prep":
            if child.lower_ in ("in", "on", "during", "at", "after") and verb.right_edge.i - child.right_edge.i > 2:
                continue
            gerund = next((c for c in child.children if c.dep_ == "pcomp"), None)
            best = Complement("gerund", gerund) if gerund is not None else Complement("preposition", child)
    if best is not None:
        return best
    return Complement("none", None)


def _nominal_that(noun: Token) -> Complement | None:
    """ "Expressed hope that …", "made it clear that …": the clause hangs on the noun."""
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") and child.i > noun.i:
            first = next((c for c in child.lefts if c.lower_ == "that" and c.dep_ == "mark"), None)
            if first is not None:
                return Complement("that", child)
    return None
