"""Attributions that the parse shows: a reporting verb, its subject and the complement that carries the content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.annotate.attribution import Attribution, Source, listed
from diptych.annotate.sources import agent, is_time, noun_phrase, own_subject, subject
from diptych.syntax import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.knowledge.valency import Valency

_DEMONSTRATIVES = listed("this that these those what there which here")
#: Verbs that raise: "continued to call for", "went on to say".
_RAISING = listed("continue go proceed begin start appear seem use come")
_REFUSING = frozenset(["decline", "refuse", "fail", "neglect"])
_TELLING = listed(
    "comment say provide give discuss answer elaborate disclose reveal specify confirm explain speak talk respond"
)
_SPECULATIVE = listed("could may might would should can must")
_TEMPORAL = listed("on in at during after before since until by from amid ahead following")
_ATTACHING = listed("of in for to with between on against over into among toward towards from about")
_LIGHT_OBJECTS = listed(
    "view opinion concern gratitude hope appreciation satisfaction regret support commitment "
    "readiness willingness condolence sympathy congratulation thanks confidence interest belief "
    "conviction doubt alarm dismay outrage solidarity desire wish expectation understanding "
    "assessment position note attention importance emphasis stress optimism fear frustration "
    "disappointment anger surprise joy praise criticism opposition skepticism scepticism reservation "
    "determination intention intent call plea warning claim accusation question"
)


def indirect(source: Source) -> Iterator[Attribution]:
    """Yield the attributions that hang on a verb of the lexicon, in text order; each token is looked at once."""
    for token in source.doc:
        if token.tag_[:2] not in ("VB", "MD") and not (token.pos_ == "VERB"):
            continue
        entry = source.verb_of(token)
        if entry is None or token.dep_ in ("amod", "aux", "auxpass", "compound"):
            continue
        found = _read(source, token, entry)
        if found is not None:
            yield found


def _read(source: Source, verb: Token, entry: Valency) -> Attribution | None:
    if verb.tag_ == "VBN" and is_passive(verb) and not _perfect(verb):
        return _passive(source, verb, entry)
    if not _asserted(verb):
        return None
    head = subject(verb)
    if head is None or head.i == verb.i:
        return None
    if (head.lower_ in _DEMONSTRATIVES and (own := own_subject(verb)) is not head and verb.dep_ != "relcl") or (
        head.lower_ in _DEMONSTRATIVES
    ):
        return None
    if head.dep_ == "expl" or _expletive(verb, head):
        return None
    content = _content(source, verb, entry, head)
    if content is None:
        return None
    (start, end), cue_last, frame = content
    first, last = noun_phrase(head)
    cue_first = _cue_first(verb)
    return Attribution(
        verb=verb.i,
        lemma=entry.lemma,
        kind=entry.kind,
        frame=frame,
        cue=source.chars(cue_first, cue_last + 1),
        source=source.chars(first, last),
        head=head.i,
        content=(start, end),
        negated=_negated(verb),
        implicit=not _near(verb, head),
        hedge=_hedge(source, verb),
    )


def _near(verb: Token, head: Token) -> bool:
    return head.sent.start == verb.sent.start


def _perfect(verb: Token) -> bool:
    """ "has said": a past participle in an active verb group."""
    return any(child.dep_ == "aux" and child.lemma_ in ("have", "'ve") for child in verb.children) and not any(
        child.dep_ in ("auxpass", "nsubjpass") for child in verb.children
    )


def _asserted(verb: Token) -> bool:
    """Whether the verb tells that something was said, not that it could, should or was meant to be."""
    for child in verb.lefts:
        if child.dep_ == "aux" and (child.lower_ in _SPECULATIVE or child.lower_ in ("will", "'ll", "’ll", "wo")):
            return False
    to = any(child.tag_ == "TO" for child in verb.lefts)
    if to:
        above = verb.head
        return verb.dep_ == "xcomp" and above.lemma_.lower() in _RAISING and _asserted(above)
    if verb.tag_ == "VB" and not any(child.dep_ == "aux" for child in verb.lefts):
        # an imperative, or an infinitive whose "to" stands with the verb before it
        return verb.dep_ == "conj" and verb.head.tag_ != "VB" and own_subject(verb.head) is not None
    if verb.dep_ == "pcomp":
        return verb.head.lower_ in ("by", "in", "while", "when")
    if verb.dep_ == "conj" and own_subject(verb) is None and verb.head.pos_ == "VERB" and verb.head.i < verb.i:
        return _asserted(verb.head)
    if verb.dep_ == "csubj":
        return False
    if any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether", "before") for child in verb.lefts):
        return False
    return True


def _expletive(verb: Token, head: Token) -> bool:
    """ "It appears that …", "it also seems that …": nobody's statement."""
    return head.lower_ == "it" and verb.lemma_.lower() in (
        "appear",
        "seem",
        "indicate",
        "suggest",
        "show",
        "mean",
        "prove",
    )


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("never", "nor") for child in verb.children)


def _hedge(source: Source, verb: Token) -> tuple[int, int] | None:
    """The words that soften the verb: "appears to think"."""
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("appear", "seem"):
        return source.chars(verb.head.i, verb.head.i + 1)
    for child in verb.lefts:
        if child.dep_ == "advmod" and child.lower_ in ("reportedly", "allegedly", "apparently", "supposedly"):
            return source.chars(child.i, child.i + 1)
    return None


def _cue_first(verb: Token) -> int:
    """The first token of the verb group: auxiliaries, negation and what raises, but no stray adverbs far off."""
    first = verb.i
    while first > 0:
        before = verb.doc[first - 1]
        inside = before.head.i == verb.i and before.dep_ in ("aux", "auxpass", "neg", "advmod")
        raising = before.i == verb.head.i and verb.dep_ == "xcomp" and before.lemma_.lower() in _RAISING
        on = before.lower_ == "on" and before.dep_ in ("prt", "prep") and before.head.lemma_.lower() == "go"
        if not (inside or raising or on) or (
            before.dep_ == "advmod" and before.lower_ in ("when", "how", "why", "also", "where", "then")
        ):
            break
        first -= 1
    return first


_Content = tuple[tuple[int, int], int, str]


def _content(source: Source, verb: Token, entry: Valency, head: Token) -> tuple[tuple[int, int], int, str] | None:
    """The content span, the last token of the cue and the frame."""
    clausal = [child for child in verb.children if child.dep_ == "ccomp" and child.i != head.i]
    infinitive = next((c for c in verb.rights if c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.lefts)), None)
    obj = next((c for c in verb.rights if c.dep_ in ("dobj", "attr", "oprd") and not is_time(c)), None)
    if entry.lemma in _REFUSING and infinitive is not None:
        return _refusal(source, verb, infinitive)
    if entry.clause or entry.quotation:
        after = next((c for c in clausal if c.i > verb.i), None)
        before = next((c for c in clausal if c.i < verb.i), None)
        if after is not None and before is None and entry.clause:
            return _clause_after(source, verb, after)
        if before is not None:
            return _clause_before(source, verb, before, head)
        parenthetical = _parenthetical(source, verb, head)
        if parenthetical is not None:
            return parenthetical
    if infinitive is not None and (entry.infinitive or entry.addressee):
        first = infinitive.left_edge.i
        if obj is not None and entry.addressee and obj.i < infinitive.i and obj.i > verb.i:
            first = obj.left_edge.i
        elif own := own_subject(infinitive):
            first = min(first, own.left_edge.i)
        return _span(source, verb, first, infinitive.right_edge.i), verb.i, "infinitive"
    if obj is not None and (entry.object or entry.addressee):
        return _object(source, verb, entry, obj)
    for child in verb.rights:
        if child.dep_ in ("prep", "dative") and child.lower_ in entry.prepositions:
            return _preposition(source, verb, entry, child)
        if child.dep_ == "prt" and entry.object:
            continue
    if entry.lemma in ("say", "add") and obj is not None:
        return _object(source, verb, entry, obj)
    return None


def _span(source: Source, verb: Token, first: int, last: int) -> tuple[int, int]:
    """Characters from token ``first`` to ``last``, cut where the parser has let another attribution in."""
    doc = source.doc
    for at in range(first + 1, last):
        token = doc[at]
        if token.text in (",", ";") and source.quote_of[at] < 0:
            following = doc[at + 1]
            if following.lower_ in ("while", "whereas") and at + 2 <= last:
                inner = next((t for t in doc[at + 2 : last + 1] if t.pos_ in ("VERB", "AUX")), None)
                if inner is not None and (inner.tag_ == "VBG" or source.verb_of(inner) is not None):
                    last = at - 1
                    break
            if following.lower_ == "according" or (
                following.lower_ in ("as", "per")
                and at + 2 <= last
                and doc[at + 2].lower_ in ("stated", "reported", "said")
            ):
                last = at - 1
                break
    for at in range(first, last):
        if doc[at].lower_ == "according" and doc[at + 1].lower_ == "to" and at > first:
            last = at - 1
            break
        if "\n" in doc[at].text and at > first and doc[at].text.count("\n") > 1:
            last = at - 1
            break
    start, end = source.chars(first, last + 1)
    return source.trim(start, end)


def _clause_after(source: Source, verb: Token, clause: Token) -> tuple[tuple[int, int], int, str] | None:
    first = clause.left_edge.i
    if first <= verb.i:
        first = verb.i + 1
    doc = source.doc
    # "that" may hang elsewhere; times and addressees between verb and clause are not content.
    for at in range(verb.i + 1, first):
        if doc[at].lower_ == "that" and doc[at].tag_ in ("IN", "WDT"):
            first = at
            break
    while first < clause.i and (
        doc[first].text in (",", ":") or (is_time(doc[first]) and doc[first].dep_ == "npadvmod")
    ):
        first += 1
    last = clause.right_edge.i
    if last < first:
        return None
    return _span(source, verb, first, last), verb.i, "clause"


def _clause_before(source: Source, verb: Token, clause: Token, head: Token) -> tuple[tuple[int, int], int, str] | None:
    """The content stands before: "The talks went well, the ministry said"."""
    doc = source.doc
    left = min(verb.i, noun_phrase(head)[0]) if head.i < verb.i and head.i > clause.i else verb.i
    first = min(clause.left_edge.i, _sentence_start(source, verb))
    if source.quote_of[verb.i] < 0:
        first = max(first, _sentence_start(source, verb))
    last = left - 1
    while last > first and (doc[last].text in (",", "-", "--", "–", "—") or doc[last].is_space):
        last -= 1
    if last <= first:
        return None
    rest = [t for t in doc[verb.i + 1 : verb.sent.end] if t.is_alpha]
    # interrupted: what comes after belongs to the same clause
    if clause.right_edge.i > verb.i or (head.i < clause.i and False):
        last = max(last, clause.right_edge.i) if rest else last
    while first < last and (doc[first].is_space or (doc[first].dep_ == "cc" and doc[first].i < clause.left_edge.i)):
        first += 1
    return source.trim(*source.chars(first, last + 1)), verb.i, "clause"


def _sentence_start(source: Source, verb: Token) -> int:
    first = int(verb.sent.start)
    while first < verb.i and source.doc[first].is_space:
        first += 1
    return first


def _parenthetical(source: Source, verb: Token, head: Token) -> tuple[tuple[int, int], int, str] | None:
    """ "The talks, the ministry said, went well": the cue stands inside its content."""
    if verb.dep_ not in ("parataxis", "ccomp", "dep", "advcl") or verb.head is verb or own_subject(verb) is None:
        return None
    if any(child.dep_ == "mark" for child in verb.lefts):
        return None
    doc = source.doc
    edge = min(verb.i, noun_phrase(head)[0])
    comma = edge > 0 and doc[edge - 1].text in (",", "—", "–", "--", "-")
    if not comma or verb.dep_ != "parataxis":
        return None
    first, last = _sentence_start(source, verb), verb.sent.end - 1
    if edge - 1 <= first:
        return None
    after = verb.right_edge.i + 1
    if after >= last or doc[after].text not in (",", "—", "–", "--", "-"):
        last = edge - 2
    return source.trim(*source.chars(first, last + 1)), verb.i, "clause"


def _refusal(source: Source, verb: Token, infinitive: Token) -> tuple[tuple[int, int], int, str]:
    """ "declined to comment on X": the cue takes the verb of telling in; its complement is the content."""
    doc = source.doc
    last = infinitive.right_edge.i
    if infinitive.lemma_.lower() in _TELLING and last > infinitive.i:
        rest = [child for child in infinitive.rights if child.dep_ in ("dobj", "prep", "ccomp", "advcl", "xcomp")]
        if rest:
            first = rest[0].left_edge.i
            return _span(source, verb, first, last), infinitive.i, "infinitive"
    return _span(source, verb, infinitive.left_edge.i, max(last, infinitive.i)), verb.i, "infinitive"


def _object(source: Source, verb: Token, entry: Valency, obj: Token) -> tuple[tuple[int, int], int, str] | None:
    """The content is an object, or what hangs on a bare noun: "expressed hopes *for more*"."""
    doc = source.doc
    if (
        obj.pos_ == "PRON"
        and obj.lower_ in ("it", "them", "that", "this", "himself", "themselves", "itself", "him", "her")
        and (not entry.addressee)
    ):
        predicate = next(
            (c for c in verb.rights if c.i > obj.i and c.dep_ in ("oprd", "attr", "dobj", "acomp", "ccomp", "xcomp")),
            None,
        )
        if predicate is not None and predicate is not obj:
            return _span(source, verb, predicate.left_edge.i, predicate.right_edge.i), obj.i, "object"
        if obj.lower_ in ("himself", "themselves", "itself"):
            return None
    first, last = obj.left_edge.i, obj.right_edge.i
    # a quotation mark before the noun phrase, or phrases after it that the parser hung on the verb
    for child in verb.rights:
        if child.i <= last:
            continue
        adjoining = child.left_edge.i == last + 1 or (child.left_edge.i == last + 2 and doc[last + 1].text in "\"”’'»")
        if (
            adjoining
            and child.dep_ in ("prep", "acl", "advcl", "oprd", "relcl", "xcomp", "dative")
            and (child.dep_ not in ("prep", "dative") or child.lower_ in _ATTACHING)
            and not _temporal(child)
            and not (child.dep_ == "advcl" and child.tag_ == "VBG" and source.verb_of(child) is not None)
        ):
            last = child.right_edge.i
        else:
            break
    bare = obj.lemma_.lower() in _LIGHT_OBJECTS and first == obj.i
    tail = next((c for c in obj.rights if c.dep_ in ("prep", "acl", "ccomp", "relcl")), None)
    if tail is None and last > obj.right_edge.i:
        tail = doc[obj.right_edge.i + 1]
    if bare and tail is not None and last > obj.i:
        cue_last = obj.i
        first = obj.i + 1
        if doc[first].lower_ in ("on", "about", "of") and entry.lemma in ("exchange", "share", "hold"):
            cue_last, first = first, first + 1
        return _span(source, verb, first, last), cue_last, "object"
    if tail is not None and obj.lemma_.lower() in ("view", "opinion") and doc[obj.i + 1].lower_ in ("that", "on"):
        on = doc[obj.i + 1].lower_ == "on"
        return _span(source, verb, obj.i + 1 + on, last), obj.i + on, "object"
    return _span(source, verb, first, last), verb.i, "object"


def _temporal(child: Token) -> bool:
    """Whether a prepositional phrase tells when or where something was said."""
    if child.dep_ not in ("prep", "dative"):
        return False
    if child.lower_ in ("during", "at", "after", "before", "amid"):
        return True
    return any(
        grand.dep_ == "pobj" and (is_time(grand) or (grand.lemma_.lower() in _OCCASIONS and child.lower_ in _TEMPORAL))
        for grand in child.children
    )


_OCCASIONS = listed(
    "statement release interview briefing conference tweet post call phone meeting speech address "
    "remark letter report email message press talk note response reply testimony readout"
)


def _preposition(source: Source, verb: Token, entry: Valency, prep: Token) -> tuple[tuple[int, int], int, str] | None:
    inner = next((c for c in prep.rights if c.dep_ in ("pobj", "pcomp", "ccomp", "prep")), None)
    if inner is None or (_temporal(prep) and prep.lower_ in ("on", "in")):
        return None
    last = prep.right_edge.i
    # "called for X to act": the infinitive may hang on the verb
    for child in verb.rights:
        if (
            child.i > last
            and child.left_edge.i == last + 1
            and child.dep_ in ("xcomp", "advcl", "prep")
            and not _temporal(child)
        ):
            if child.dep_ == "advcl" and child.tag_ == "VBG":
                break
            last = child.right_edge.i
    fused = entry.lemma in (
        "call",
        "ask",
        "refer",
        "look",
        "appeal",
        "press",
        "push",
        "touch",
        "dwell",
        "allude",
        "consult",
        "speak",
        "talk",
    )
    first = prep.i + 1 if fused else prep.i
    return _span(source, verb, first, last), prep.i if fused else verb.i, "preposition"


def _passive(source: Source, verb: Token, entry: Valency) -> Attribution | None:
    """ "X was discussed", "it is said that X", "was told that X", "issues raised by X"."""
    if entry.kind in ("intent", "manner"):
        return None
    to = any(child.tag_ == "TO" for child in verb.lefts)
    if to or not _asserted(verb):
        return None
    doc = source.doc
    passive_subject = own_subject(verb) if verb.dep_ != "acl" else None
    by = agent(verb)
    clause = next((c for c in verb.rights if c.dep_ in ("ccomp", "xcomp")), None)
    frame = "passive"
    head: Token | None = by
    hedge = None
    cue_first = _cue_first(verb)
    if passive_subject is not None and passive_subject.lower_ == "it" and clause is not None and entry.clause:
        # impersonal: nobody is named
        content = _clause_after(source, verb, clause)
        if content is None:
            return None
        span = content[0]
        cue_first = min(cue_first, passive_subject.i)
        hedge = source.chars(cue_first, verb.i + 1)
    elif passive_subject is not None and entry.addressee and clause is not None:
        span = _span(source, verb, clause.left_edge.i, clause.right_edge.i)
    elif passive_subject is not None and (entry.object or entry.prepositions) and entry.kind in ("speech", "act"):
        if not (by is not None or entry.object):
            return None
        first, last = passive_subject.left_edge.i, passive_subject.right_edge.i
        span = _span(source, verb, first, min(last, cue_first - 1) if last > cue_first else last)
    elif verb.dep_ == "acl" and by is not None and entry.kind == "speech" and verb.head.pos_ in ("NOUN", "PROPN"):
        if any(c.lower_ == "as" for c in verb.lefts):
            return None
        noun = verb.head
        span = _span(source, verb, noun.left_edge.i, verb.i - 1)
    else:
        return None
    if head is None and not (hedge or passive_subject is not None):
        return None
    return Attribution(
        verb=verb.i,
        lemma=entry.lemma,
        kind=entry.kind,
        frame=frame,  # type: ignore[arg-type]
        cue=source.chars(cue_first, verb.i + 1),
        source=source.chars(*noun_phrase(head)) if head is not None else None,
        head=head.i if head is not None else None,
        content=span,
        negated=_negated(verb),
        hedge=hedge,
    )
