"""Who is telling: the subject of a reporting verb, wherever the sentence has put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed
from diptych.knowledge.valency import load_speakers, load_valency

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
#: Relations through which a verb without a subject of its own shares that of the verb above it.
_SHARED = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "dep", "acl", "parataxis"})
_TIMES = listed(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight week "
    "month year morning afternoon evening night earlier later"
)
_MARKS = frozenset(['"', "“", "”", "''", "``"])
_RELATIVES = frozenset({"who", "which", "that"})
_NUMERALS = listed("two three four five both one another")
_PERSONAL = listed("he she they i we you who someone somebody everyone everybody nobody many some others both most few")


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
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted
    opening = _opening(verb)
    if opening is not None:
        return opening
    current = verb
    for _ in range(8):
        if current.dep_ in ("acl", "relcl") and current.tag_ in ("VBN", "VBD") and own_subject(current) is None:
            return current.head if misread(current) else agent(current)
        found = own_subject(current)
        if found is not None:
            # "said that its review goes on, while reiterating …": a review reiterates nothing.
            lifted = _lift(verb, current, found)
            return found if lifted is None else own_subject(lifted)
        if (
            current.dep_ in ("acl", "relcl")
            and current.tag_ == "VBG"
            and current.head.pos_ in ("NOUN", "PROPN", "PRON")
        ):
            return _acl_subject(current)
        if current.dep_ == "xcomp" and current.tag_ == "VB":
            # "urged the ministry to say": the object of the verb above acts.
            for child in current.head.children:
                if child.dep_ == "dobj" and current.head.i < child.i < current.i:
                    return child
        if current.dep_ not in _SHARED or current.head == current:
            return _beside(current)
        current = current.head
    return None


def _quoted_as(verb: Token) -> Token | None:
    """ "quoted X as saying": X speaks."""
    above = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or above.lemma_.lower() not in ("quote", "cite"):
        return None
    for child in above.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            return child
    return None


def misread(verb: Token) -> bool:
    """A finite verb taken for a participle: "the ministers condemned the launch", which has an object."""
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or agent(verb) is not None:
        return False
    if verb.tag_ == "VBD" or any(c.dep_ == "dobj" for c in verb.rights):
        return True
    entry = load_valency().get(verb.lemma_.lower())
    intransitive = entry is not None and not entry.object and not entry.addressee
    return intransitive and may_speak(verb.head) and any(c.dep_ in ("prep", "xcomp", "ccomp") for c in verb.rights)


def _beside(verb: Token) -> Token | None:
    """The name or noun right before a finite verb for which the parser found no subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    at = verb.i - 1
    while at >= 0 and verb.doc[at].dep_ in ("aux", "neg", "advmod") and not verb.doc[at].text[:1].isupper():
        at -= 1
    if at < 0:
        return None
    before = verb.doc[at]
    whole = before
    while whole.dep_ in ("pobj", "prep", "poss", "compound") and whole.head.i < whole.i:
        whole = whole.head
    if whole != before and whole.pos_ == "NOUN" and whole.lemma_.lower() in load_speakers():
        return whole
    named = before.pos_ in ("PROPN", "NOUN") or (before.text[:1].isupper() and before.text.isalpha())
    return before if named and not is_time(before) else None


def _opening(verb: Token) -> Token | None:
    """ "Noting the progress X has made, Y said …": a participle that opens the sentence is the main clause's."""
    if verb.tag_ != "VBG" or verb.i != _first(verb):
        return None
    root = verb.sent.root
    if root == verb:
        return None
    found = own_subject(root)
    return found if found is not None and found.i > verb.i else None


def _first(token: Token) -> int:
    at = int(token.sent.start)
    while at < token.i and (token.doc[at].is_space or token.doc[at].is_punct):
        at += 1
    return at


def governor(verb: Token) -> Token | None:
    """The verb above with which ``verb`` is coordinated in truth, where the parser hung it on one further down."""
    current = verb
    # "agreed to meet and discussed the dam": a past is not joined to an infinitive
    past = verb.tag_ == "VBD" and verb.dep_ == "conj" and verb.head.tag_ == "VB"
    for _ in range(8):
        found = own_subject(current)
        if found is not None:
            above = _lift(verb, current, found)
            return current if above is None and past and current != verb else above
        if current.dep_ not in ("conj", "advcl", *(("xcomp",) if past else ())) or current.head == current:
            return None
        current = current.head
    return None


def _lift(verb: Token, sharing: Token, found: Token) -> Token | None:
    """The verb above to which ``verb`` belongs, where the one whose subject it seems to share is not its own."""
    if sharing == verb:
        return None
    while_telling = verb.tag_ == "VBG" and any(c.dep_ == "mark" and c.lower_ == "while" for c in verb.lefts)
    # "said X had discussed it and asked": the past goes with "said", as does one after "would"
    grouped = any(
        c.dep_ == "aux" and (c.tag_ == "MD" or c.lower_ in ("had", "has", "have", "does", "do")) for c in sharing.lefts
    )
    # in a longer list the parser's past may be a participle: "had agreed, promised and invited"
    simple = verb.head == sharing and not any(
        c.dep_ in ("aux", "auxpass") or (c.dep_ == "conj" and c.pos_ == "VERB") for c in verb.children
    )
    other_tense = (
        verb.tag_ == "VBD"
        and verb.dep_ == "conj"
        and (sharing.tag_ in ("VBZ", "VBP") or (simple and grouped and sharing.tag_ in ("VB", "VBN")))
    )
    supposed = (
        verb.tag_ == "VBG" and verb.dep_ == "advcl" and any(c.dep_ == "aux" and c.tag_ == "MD" for c in sharing.lefts)
    )
    outside = verb.dep_ == "conj" and _leaves_quotation(sharing, verb)
    if may_speak(found) and not while_telling and not other_tense and not supposed and not outside:
        return None
    above = _above(sharing)
    return None if above is None or (other_tense and above.tag_ != "VBD") else above


def _leaves_quotation(inner: Token, outer: Token) -> bool:
    """Whether a quotation that holds ``inner`` ends before ``outer``: 'said they "came close" and asked'."""
    marks = [t.text for t in inner.doc[inner.i : outer.i] if t.text in _MARKS]
    return len(marks) % 2 == 1


def _above(verb: Token) -> Token | None:
    """The nearest verb above a complement clause whose subject can speak."""
    current = verb
    for _ in range(8):
        if current.head == current or current.dep_ not in ("ccomp", "conj", "advcl", "xcomp", "relcl"):
            return None
        was_complement = current.dep_ in ("ccomp", "advcl", "relcl")
        if current.dep_ == "relcl":
            while current.head != current and current.head.pos_ not in ("VERB", "AUX"):
                current = current.head
        current = current.head
        found = own_subject(current)
        if was_complement and found is not None and may_speak(found):
            return current
    return None


def may_speak(token: Token) -> bool:
    """Whether a noun can be the source of a statement: a person, an institution, a text; not a thing."""
    if token.pos_ == "PROPN":
        return token.ent_type_ not in ("DATE", "TIME", "LAW")
    if token.lower_ in ("nobody", "nothing", "none"):
        return False
    if token.pos_ in ("PRON", "NUM", "DET"):
        return token.lower_ in _PERSONAL or token.lower_ in _NUMERALS
    if token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return True
    speakers = load_speakers()
    return token.lemma_.lower() in speakers or token.lower_ in speakers or token.lower_ in _PERSONAL


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
        if above.head == above:
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


def noun_phrase(head: Token, verb: Token | None = None) -> tuple[int, int]:
    """Token range of the noun phrase of ``head``: what names it, without asides and clauses set off by commas.

    It never reaches into ``verb``, the cue whose subject it is.
    """
    doc = head.doc
    first, last = head.left_edge.i, max(head.i, head.right_edge.i)
    if verb is not None and head.i < verb.i <= last:
        last = verb.i - 1
        while last > head.i and doc[last].dep_ in ("aux", "auxpass", "neg", "advmod", "mark"):
            last -= 1
    stop = last
    for at in range(head.i + 1, last + 1):
        token = doc[at]
        if token.text in (",", "--", "–", "—", "(", ";", ":", '"', "“", "”") and not _list_comma(head, at, last):
            stop = at - 1
            break
        if token.is_space and "\n\n" in token.text:
            stop = at - 1
            break
    while stop > head.i and (_adverbial_time(doc[stop]) or doc[stop].is_space):
        stop -= 1
    # "sources who know it on Friday": the time belongs to the verb
    if stop - 1 > head.i and is_time(doc[stop]) is False and doc[stop].lower_ == "on":
        stop -= 1
    for at in range(head.i - 1, first - 1, -1):
        dateline = doc[at].text in ("-", "–", "—", "--") and doc[at].whitespace_ and at > 0 and doc[at - 1].whitespace_
        if dateline or (doc[at].is_space and "\n\n" in doc[at].text):
            first = at + 1
            break
    while first < head.i and ((doc[first].is_punct and doc[first].text not in "[($") or doc[first].is_space):
        first += 1
    while first < head.i and (
        doc[first].lower_ in ("and", "but", "or") or (doc[first].dep_ == "mark" and doc[first].lower_ == "that")
    ):
        first += 1
    if stop + 1 < len(doc) and doc[stop + 1].text == "]" and any(t.text == "[" for t in doc[max(0, first - 1) : stop]):
        stop += 1
        if doc[first].text != "[" and first > 0 and doc[first - 1].text == "[":
            first -= 1
    elif first > 0 and doc[first - 1].text == "[" and doc[stop].text == "]":
        first -= 1
    return first, stop + 1


def _adverbial_time(token: Token) -> bool:
    if not is_time(token):
        return False
    return token.dep_ in ("npadvmod", "tmod") or (token.dep_ == "pobj" and token.head.lower_ == "on")


def _list_comma(head: Token, at: int, last: int) -> bool:
    """Whether the comma at ``at`` stands in a list of subjects: "Ana, Bo and Cy said"."""
    doc = head.doc
    if doc[at].text != ",":
        return False
    inner = next((t for t in doc[at + 1 : min(at + 4, last + 1)] if t.dep_ == "conj"), None)
    if inner is not None and head.i < inner.head.i < at and inner.pos_ == inner.head.pos_ == "PROPN":
        return True  # "the foreign ministers of Ostmark, Veloria and Karst"
    conjuncts = [token for token in head.conjuncts if token.i > at]
    if not conjuncts:
        return False
    return all(doc[i].dep_ not in ("relcl", "appos", "acl") for i in range(at + 1, min(last, conjuncts[0].i) + 1))
