"""The stretch of text that a reporting verb gives as content, by the frames of its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.assertion import negated, particle
from diptych.annotate.attribution import OCCASIONS, Complement, Source, listed
from diptych.annotate.clausal import clause_after, clause_before, parenthetical, parted, stray_that, trailing
from diptych.annotate.sources import is_time, may_speak, noun_phrase, own_subject
from diptych.annotate.stretches import sentence_start, span
from diptych.knowledge.valency import load_speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.knowledge.valency import Valency

_REFUSING = listed("decline refuse fail neglect")
_TELLING = listed(
    "comment say provide give share discuss answer elaborate disclose reveal specify confirm explain speak talk respond"
)
_TEMPORAL = listed("on in at during after before since until by from amid ahead following")
_ATTACHING = listed("as of in for to with between on against over into among toward towards from about")
_BARE_NOUNS = listed(
    "view opinion concern gratitude hope appreciation satisfaction regret support commitment readiness "
    "willingness condolence sympathy congratulation thanks confidence interest belief conviction doubt alarm "
    "dismay outrage solidarity desire wish expectation understanding assessment position note attention "
    "importance emphasis stress optimism fear frustration disappointment anger surprise joy praise criticism "
    "opposition skepticism scepticism reservation determination intention intent call plea warning claim "
    "accusation question"
)
_FUSED = listed("call ask refer look appeal press push touch dwell allude consult speak talk")
_NAMING = listed("call label brand dub term deem declare consider")
_SHARING = listed("exchange share hold")
_PRONOUNS = listed("it them that this himself themselves itself him her")


def complement(source: Source, verb: Token, entry: Valency, head: Token) -> Complement | None:
    """Return what ``verb`` gives as content by the frames of its entry, or None where it takes none of them."""
    clausal = [child for child in verb.children if child.dep_ == "ccomp" and child.i != head.i]
    infinitive = next((c for c in verb.rights if c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.lefts)), None)
    obj = next((c for c in verb.rights if c.dep_ in ("dobj", "attr", "oprd") and not is_time(c)), None)
    if obj is None and entry.object:
        # "denies targeting civilians", "denied having targeted them"
        obj = next((c for c in verb.rights if c.dep_ == "xcomp" and _gerund(c)), None)
    if obj is None and entry.object and not entry.clause:
        # "condemned what it called an attack": a clause that stands for a thing
        obj = next((c for c in clausal if c.i > verb.i and c.left_edge.lower_ in ("what", "whatever")), None)
    prep = next((c for c in verb.rights if c.dep_ in ("prep", "dative") and c.lower_ in entry.prepositions), None)
    if entry.lemma in ("respond", "reply") and negated(verb):
        answered = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "to"), None)
        if answered is not None:
            # "did not respond to a request for comment": a refusal
            return _preposition(source, verb, entry, answered)
    if entry.lemma in _REFUSING and infinitive is not None:
        return _refusal(source, verb, infinitive)
    told = entry.clause and prep is not None and prep.lower_ == "with" and any(c.i > prep.i for c in clausal)
    if prep is not None and prep.i == verb.i + 1 and prep.right_edge.i > prep.i and not dated(prep) and not told:
        found = _preposition(source, verb, entry, prep)
        if found is not None:
            return found
    if (
        infinitive is not None
        and obj is None
        and verb.i + 2 < infinitive.i
        and verb.nbor(1).lower_ in entry.prepositions
    ):
        # "called on all parties to show restraint", the preposition taken for a particle
        first, last = verb.i + 2, infinitive.right_edge.i
        return span(source, verb, first, last, bare=True), verb.i + 1, "infinitive"
    if entry.clause or entry.quotation:
        after = next((c for c in clausal if c.i > verb.i), None)
        before = next((c for c in clausal if c.i < verb.i and not parted(source, c, verb)), None)
        if after is None and before is None and entry.clause:
            after = stray_that(source, verb)
        if after is not None and before is None and entry.clause:
            started = obj is not None and not entry.addressee and verb.i < obj.i < after.left_edge.i
            return clause_after(source, verb, after, obj if started else None)
        told_before = None if before is None else clause_before(source, verb, before, head)
        if told_before is not None:
            return told_before
        inside = parenthetical(source, verb, head) or trailing(source, verb, entry, head)
        if inside is not None:
            return inside
    if infinitive is not None and (entry.infinitive or entry.addressee):
        first = infinitive.left_edge.i
        if obj is not None and entry.addressee and verb.i < obj.i < infinitive.i:
            first = obj.left_edge.i
        elif own := own_subject(infinitive):
            first = min(first, own.left_edge.i)
        last = infinitive.right_edge.i
        aside = next(
            (c for c in infinitive.subtree if c.dep_ == "advcl" and c.tag_ == "VBG" and c.i > infinitive.i), None
        )
        if aside is not None and source.doc[aside.left_edge.i - 1].text == "," and source.quote_of[aside.i] < 0:
            # "agreed to meet, raising hopes": the writer goes on
            last = aside.left_edge.i - 2
        return span(source, verb, first, last, bare=True), verb.i, "infinitive"
    if obj is not None and entry.addressee and entry.clause and not entry.object and may_speak(obj):
        # "told reporters": whom, not what, unless "about" or "of" says what
        return None if prep is None else _preposition(source, verb, entry, prep)
    if obj is not None and (entry.object or entry.addressee):
        return _object(source, verb, entry, obj)
    named_as = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as" and c.i == verb.i + 1), None)
    if named_as is not None and entry.object:
        # 'dismissed as "nonsense" a report': the object comes after
        return span(source, verb, named_as.i, named_as.right_edge.i), verb.i, "object"
    if prep is not None:
        return _preposition(source, verb, entry, prep)
    if entry.lemma in ("say", "add") and obj is not None:
        return _object(source, verb, entry, obj)
    return None


def _gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBG" for c in verb.lefts)


def _refusal(source: Source, verb: Token, infinitive: Token) -> Complement:
    """ "declined to comment on X": the cue takes the verb of telling in; its complement is the content."""
    last = infinitive.right_edge.i
    if infinitive.lemma_.lower() in _TELLING and last > infinitive.i:
        rest = [child for child in infinitive.rights if child.dep_ in ("dobj", "prep", "ccomp", "advcl", "xcomp")]
        if rest:
            first = rest[0].left_edge.i
            return span(source, verb, first, last), infinitive.i, "infinitive"
    if infinitive.lemma_.lower() in _TELLING and last == infinitive.i:
        asked = _asked(source, verb)
        if asked is not None:
            return source.trim(*source.chars(*asked)), infinitive.i, "infinitive"
    return span(source, verb, infinitive.left_edge.i, max(last, infinitive.i)), verb.i, "infinitive"


def _asked(source: Source, verb: Token) -> tuple[int, int] | None:
    """ "Asked whether X, Y declined to say": what was asked is what is left unsaid."""
    doc = source.doc
    first = sentence_start(source, verb)
    if doc[first].lower_ not in ("asked", "pressed", "questioned"):
        return None
    head = own_subject(verb)
    stop = noun_phrase(head)[0] if head is not None and head.i < verb.i else verb.i
    while stop > first and doc[stop - 1].text != ",":
        stop -= 1
    begin = first + 1 + (doc[first + 1].lower_ in ("about", "on"))
    return (begin, stop - 1) if stop - 1 > begin else None


def _object(source: Source, verb: Token, entry: Valency, obj: Token) -> Complement | None:
    """The content is an object, or what hangs on a bare noun: "expressed hopes *for more*"."""
    doc = source.doc
    if obj.pos_ == "PRON" and obj.lower_ in _PRONOUNS and not entry.addressee:
        predicate = next(
            (c for c in verb.rights if c.i > obj.i and c.dep_ in ("oprd", "attr", "dobj", "acomp", "ccomp", "xcomp")),
            None,
        )
        if predicate is not None:
            return span(source, verb, predicate.left_edge.i, predicate.right_edge.i), obj.i, "object"
        if obj.lower_ in ("himself", "themselves", "itself"):
            return None
    if entry.lemma == "cite" and load_speakers().get(obj.lemma_.lower()) in ("person", "institution"):
        return None  # "reported, citing the ministry": whom, not what
    first, last = obj.left_edge.i, _object_end(source, verb, obj)
    tail = next((c for c in obj.rights if c.dep_ in ("prep", "acl", "ccomp", "relcl")), None)
    if tail is None and last > obj.right_edge.i:
        tail = doc[obj.right_edge.i + 1]
    noun = obj.lemma_.lower()
    if noun in _BARE_NOUNS and tail is not None and last > obj.i:
        follows = doc[obj.i + 1].lower_
        if first == obj.i or (noun in ("view", "opinion") and follows in ("that", "on")):
            cue_last = obj.i + (entry.lemma in _SHARING and follows in ("on", "about", "of"))
            return span(source, verb, cue_last + 1, last), cue_last, "object"
    return span(source, verb, first, last), particle(verb), "object"


def _object_end(source: Source, verb: Token, obj: Token) -> int:
    """The last token of an object, with the phrases after it that the parser hung on the verb."""
    doc = source.doc
    last = int(obj.right_edge.i)
    hit = source.cues.at(verb)
    if hit is not None and hit.cue.single == "discuss":
        # "discussed the election, in which …": what follows the comma is the writer's background.
        aside = next((c for c in obj.subtree if c.dep_ == "relcl" and c.left_edge.i > obj.i), None)
        if aside is not None and doc[aside.left_edge.i - 1].text == ",":
            return int(aside.left_edge.i - 2)
    for child in obj.rights:
        # an aside longer than what it explains is the writer's
        left = child.left_edge.i
        set_off = child.dep_ in ("appos", "relcl") and doc[left - 1].text == "," and source.quote_of[left] < 0
        if set_off and child.right_edge.i - left > left - 1 - obj.left_edge.i:
            return int(left - 2)
    for child in verb.rights:
        if child.i <= last:
            continue
        adjoining = child.left_edge.i == last + 1 or (child.left_edge.i == last + 2 and doc[last + 1].text in "\"”’'»")
        attached = child.dep_ in ("prep", "dative") and child.lower_ in _ATTACHING and not temporal(child)
        zero = child.dep_ == "ccomp" and own_subject(child) is not None  # "remarks he had made"
        named = child.dep_ == "advcl" and child.left_edge.lower_ == "as" and child.pos_ in ("ADJ", "NOUN")
        clausal = child.dep_ in ("acl", "oprd", "relcl", "xcomp") or zero or named
        if not (adjoining and (attached or clausal)):
            break
        last = int(child.right_edge.i)
    if verb.lemma_.lower() in _NAMING and verb.right_edge.i > last and doc[last + 1].text != ",":
        # "called the vote a farce": the parser may have lost what it was called
        last = int(verb.right_edge.i)
        comma = next((t.i for t in doc[obj.i : last] if t.text == "," and t.head == verb), None)
        last = last if comma is None else comma - 1
    return last


def temporal(child: Token) -> bool:
    """Whether a prepositional phrase tells when or where something was said."""
    if child.dep_ not in ("prep", "dative"):
        return False
    if child.lower_ in ("during", "at", "after", "before", "amid"):
        return True
    return any(
        grand.dep_ == "pobj" and (is_time(grand) or (grand.lemma_.lower() in OCCASIONS and child.lower_ in _TEMPORAL))
        for grand in child.children
    )


def dated(prep: Token) -> bool:
    """Whether a prepositional phrase gives a time: "spoke on Monday"."""
    return any(c.dep_ == "pobj" and is_time(c) for c in prep.children)


def _preposition(source: Source, verb: Token, entry: Valency, prep: Token) -> Complement | None:
    inner = next((c for c in prep.rights if c.dep_ in ("pobj", "pcomp", "ccomp", "prep")), None)
    if inner is None or dated(prep):
        return None
    last = prep.right_edge.i
    # "called for X to act": the infinitive may hang on the verb
    for child in verb.rights:
        if child.i > last and child.left_edge.i == last + 1 and child.dep_ in ("xcomp", "advcl", "prep"):
            if temporal(child) or (child.dep_ == "advcl" and child.tag_ == "VBG"):
                break
            last = child.right_edge.i
    fused = entry.lemma in _FUSED
    first = prep.i + 1 if fused else prep.i
    return span(source, verb, first, last), prep.i if fused else verb.i, "preposition"
