"""The stretch of text that a reporting verb gives as content: a clause, an infinitive, an object, a phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.assertion import negated, particle
from diptych.annotate.attribution import Frame, Source, listed
from diptych.annotate.sources import is_time, may_speak, noun_phrase, own_subject

from diptych.knowledge.valency import load_speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.knowledge.valency import Valency

#: Content span in characters, last token of the cue, frame.
Complement = tuple[tuple[int, int], int, Frame]

_REFUSING = listed("decline refuse fail neglect")
_TELLING = listed(
    "comment say provide give discuss answer elaborate disclose reveal specify confirm explain speak talk respond"
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
_OCCASIONS = listed(
    "call statement release interview briefing conference tweet post call phone meeting speech address remark letter "
    "report email message press talk note response reply testimony readout"
)
_NAMING = listed("call label brand dub term deem declare consider")
_MERELY = listed("only merely simply just")
_SHARING = listed("exchange share hold")
_CONTRAST = listed("while whereas although though")
_PRONOUNS = listed("it them that this himself themselves itself him her")


def complement(source: Source, verb: Token, entry: Valency, head: Token) -> Complement | None:
    """Return what ``verb`` gives as content by the frames of its entry, or None where it takes none of them."""
    clausal = [child for child in verb.children if child.dep_ == "ccomp" and child.i != head.i]
    infinitive = next((c for c in verb.rights if c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.lefts)), None)
    obj = next((c for c in verb.rights if c.dep_ in ("dobj", "attr", "oprd") and not is_time(c)), None)
    if obj is None and entry.object:
        # "denies targeting civilians"
        obj = next((c for c in verb.rights if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    prep = next((c for c in verb.rights if c.dep_ in ("prep", "dative") and c.lower_ in entry.prepositions), None)
    if entry.lemma in ("respond", "reply") and negated(verb):
        answered = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "to"), None)
        if answered is not None:
            # "did not respond to a request for comment": a refusal
            return _preposition(source, verb, entry, answered)
    if entry.lemma in _REFUSING and infinitive is not None:
        return _refusal(source, verb, infinitive)
    told = entry.clause and prep is not None and prep.lower_ == "with" and any(c.i > prep.i for c in clausal)
    if prep is not None and prep.i == verb.i + 1 and prep.right_edge.i > prep.i and not _dated(prep) and not told:
        found = _preposition(source, verb, entry, prep)
        if found is not None:
            return found
    if infinitive is not None and obj is None and verb.i + 2 < infinitive.i and verb.nbor(1).lower_ in entry.prepositions:
        # "called on all parties to show restraint", the preposition taken for a particle
        first, last = verb.i + 2, infinitive.right_edge.i
        return _span(source, verb, first, last, bare=True), verb.i + 1, "infinitive"
    if entry.clause or entry.quotation:
        after = next((c for c in clausal if c.i > verb.i), None)
        before = next((c for c in clausal if c.i < verb.i and not _parted(source, c, verb)), None)
        if after is None and before is None and entry.clause:
            after = _stray_that(source, verb)
        if after is not None and before is None and entry.clause:
            started = obj is not None and not entry.addressee and verb.i < obj.i < after.left_edge.i
            return _clause_after(source, verb, after, obj if started else None)
        if before is not None:
            return _clause_before(source, verb, before, head)
        inside = _parenthetical(source, verb, head) or _trailing(source, verb, entry, head)
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
        return _span(source, verb, first, last, bare=True), verb.i, "infinitive"
    if obj is not None and entry.addressee and entry.clause and not entry.object and may_speak(obj):
        # "told reporters": whom, not what, unless "about" or "of" says what
        return None if prep is None else _preposition(source, verb, entry, prep)
    if obj is not None and (entry.object or entry.addressee):
        return _object(source, verb, entry, obj)
    named_as = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as" and c.i == verb.i + 1), None)
    if named_as is not None and entry.object:
        # 'dismissed as "nonsense" a report': the object comes after
        return _span(source, verb, named_as.i, named_as.right_edge.i), verb.i, "object"
    if prep is not None:
        return _preposition(source, verb, entry, prep)
    if entry.lemma in ("say", "add") and obj is not None:
        return _object(source, verb, entry, obj)
    return None


def _span(source: Source, verb: Token, first: int, last: int, *, bare: bool = False, joined: bool = False) -> tuple[int, int]:
    """Characters from token ``first`` to ``last``, mended where the parser let another attribution in or cut short."""
    doc = source.doc
    last = _cut(source, verb, first, last)
    last = _extend(source, verb, first, last, bare=bare)
    if joined and first > verb.i and last + 1 < verb.sent.end and doc[last + 1].tag_ in ("VBD", "VBZ", "VBP", "MD"):
        # "said that X holds and his remark | was taken wrongly": a subject was cut from its verb
        if source.verb_of(doc[last + 1]) is None and source.quote_of[last + 1] == source.quote_of[verb.i]:
            last = _cut(source, verb, first, int(verb.sent.end) - 1)
    if doc[last].tag_ == "POS" and last + 1 < verb.sent.end:
        # an owner without what is owned: the parser took the next word for a verb
        last = _cut(source, verb, last + 1, int(verb.sent.end) - 1)
    while last > first and (doc[last].dep_ == "cc" or doc[last].is_space):
        last -= 1
    start, end = source.chars(first, last + 1)
    return source.trim(start, end)


def _cut(source: Source, verb: Token, first: int, last: int) -> int:
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
        if lower == "as" and at < last and doc[at + 1].tag_ == "VBN" and source.verb_of(doc[at + 1]) is not None:
            if doc[at + 1].head.i < at and doc[at + 1].lower_ != "known":
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
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "acl", "relcl", "aux", "auxpass", "compound"):
            if not (bare and token.tag_ == "VB"):
                return last
        if token.dep_ in ("nsubj", "nsubjpass") and token.lower_ not in ("who", "which", "that"):
            return last
        stop = at
    listing = any(t.dep_ == "cc" for t in doc[last + 1 : stop + 1])
    return stop if listing else last


def _clause_after(source: Source, verb: Token, clause: Token, obj: Token | None = None) -> Complement | None:
    first = clause.left_edge.i if obj is None else obj.left_edge.i
    if first <= verb.i:
        first = particle(verb) + 1
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
    cue_last = particle(verb)
    if doc[first].lower_ in _MERELY and first + 1 < len(doc) and first == cue_last + 1:
        # "said only that": the word belongs to the cue
        cue_last, first = first, first + 1
    last = clause.right_edge.i
    if last < first:
        return None
    if doc[first - 1].text == ":" and source.quote_of[first] < 0 and doc[first].text[:1].isupper():
        # "X added: It is done. We go on." All that follows in the paragraph is told.
        return (
            source.trim(source.chars(first, last + 1)[0], source.paragraph_end(doc[first].idx)),
            particle(verb),
            "clause",
        )
    return _span(source, verb, first, _joined_clause(source, verb, clause, last), joined=True), cue_last, "clause"


def _stray_that(source: Source, verb: Token) -> Token | None:
    """ "said in a report published Tuesday that X": the parser hung the clause on a word in between."""
    doc = source.doc
    for at in range(verb.i + 1, min(verb.i + 16, int(verb.sent.end))):
        token = doc[at]
        if token.text in (";", ":") or source.quote_of[at] != source.quote_of[verb.i]:
            return None
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > at:
            noun = doc[at - 1].pos_ in ("NOUN", "PROPN") and token.head.head.pos_ in ("NOUN", "PROPN")
            occasion = is_time(doc[at - 1]) or doc[at - 1].lemma_.lower() in _OCCASIONS
            return None if noun and not occasion else token.head
        if token.pos_ == "VERB" and source.verb_of(token) is not None and token.dep_ not in ("acl", "amod"):
            return None
    return None


def _joined_clause(source: Source, verb: Token, clause: Token, last: int) -> int:
    """ "said that X holds and Y goes on": a clause joined on, with a subject of its own, is told too."""
    doc = source.doc
    for conjunct in (*clause.conjuncts, *verb.conjuncts):
        if conjunct.i <= last or conjunct.pos_ not in ("VERB", "AUX") or source.verb_of(conjunct) is not None:
            continue
        own = own_subject(conjunct)
        left = conjunct.left_edge.i
        between = doc[last + 1 : left]
        if (
            own is None
            or any(not (t.is_punct or t.dep_ == "cc") for t in between)
            or not any(t.dep_ == "cc" for t in between)
        ):
            continue
        if any(t.lower_ == "but" for t in between) or (
            own.lower_ in ("he", "she", "they") and conjunct in verb.conjuncts
        ):
            continue
        last = int(conjunct.right_edge.i)
    return last


def _clause_before(source: Source, verb: Token, clause: Token, head: Token) -> Complement | None:
    """The content stands before: "The talks went well, the ministry said"."""
    doc = source.doc
    left = min(verb.i, noun_phrase(head)[0]) if clause.i < head.i < verb.i else verb.i
    first = _sentence_start(source, verb)
    last = left - 1
    for at in range(last, first, -1):
        if doc[at].is_space and doc[at].text.count("\n") > 1:
            first = at + 1
            break
    while last > first and (doc[last].text in (",", "-", "--", "–", "—") or doc[last].is_space):
        last -= 1
    if last <= first:
        return None
    if _interrupted(source, verb, first, last):
        end = int(verb.sent.end) - 1
        return source.trim(*source.chars(first, _cut(source, verb, verb.i + 1, end) + 1)), verb.i, "clause"
    # what comes after belongs to the same clause
    if clause.right_edge.i > verb.i and any(t.is_alpha for t in doc[verb.i + 1 : clause.right_edge.i + 1]):
        stop = _cut(source, verb, verb.i, clause.right_edge.i)
        last = max(last, stop) if stop > verb.i + 2 else last
    while first < last and (doc[first].is_space or (doc[first].dep_ == "cc" and doc[first].i < clause.left_edge.i)):
        first += 1
    return source.trim(*source.chars(first, last + 1)), verb.i, "clause"


def _interrupted(source: Source, verb: Token, first: int, last: int) -> bool:
    """ "The museum, X said, will open": what stands before the cue is no clause, or what follows goes on with one."""
    doc = source.doc
    end = int(verb.sent.end)
    comma = next((t.i for t in doc[verb.i + 1 : min(verb.i + 14, end)] if t.text in (",", "—", "–", "--")), None)
    if comma is None or comma + 2 >= end or source.quote_of[comma] != source.quote_of[verb.i]:
        return False
    before, after = doc[first : last + 1], doc[comma + 1 : end]
    if source.quote_of[last] >= 0 or any(source.quote_of[t.i] >= 0 for t in after[:1]):
        return False
    opener = after[0]
    if opener.lower_ in ("until", "because", "unless", "if"):
        return True
    if opener.tag_ == "VBG" or opener.lower_ in (
        "according",
        "while",
        "as",
        "after",
        "when",
        "in",
        "who",
        "which",
        "and",
    ):
        return False
    finite = [t for t in before if t.tag_ in ("VBD", "VBZ", "VBP", "MD") and t.dep_ not in ("relcl", "acl")]
    main = [
        t
        for t in finite
        if not any(c.dep_ == "mark" for c in t.lefts)
        and not any(a.dep_ == "advcl" and a.i <= last for a in (t, t.head))
    ]
    going_on = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in after)
    return going_on and not main


def _sentence_start(source: Source, verb: Token) -> int:
    first = int(verb.sent.start)
    while first < verb.i and source.doc[first].is_space:
        first += 1
    return first


def _parenthetical(source: Source, verb: Token, head: Token) -> Complement | None:
    """ "The talks, the ministry said, went well": the cue stands inside its content."""
    if verb.dep_ != "parataxis" or own_subject(verb) is None or any(c.dep_ == "mark" for c in verb.lefts):
        return None
    doc = source.doc
    edge = min(verb.i, noun_phrase(head)[0])
    if (
        edge > 1
        and doc[edge - 1].text == ","
        and doc[edge - 2].tag_ in ("WDT", "WP", "IN")
        and verb.i + 2 < verb.sent.end
    ):
        # "loopholes through which, she said, the goods still pass"
        after = verb.i + 1 + (doc[verb.i + 1].text == ",")
        return source.trim(*source.chars(after, _cut(source, verb, after, verb.sent.end - 1) + 1)), verb.i, "clause"
    if edge == 0 or doc[edge - 1].text not in (",", "—", "–", "--", "-"):
        return None
    first, last = _sentence_start(source, verb), verb.sent.end - 1
    if edge - 1 <= first:
        return None
    stop = min(verb.right_edge.i + 2, last)
    comma = next((t.i for t in doc[verb.i + 1 : stop] if t.text in (",", "—", "–", "--", "-")), None)
    if comma is None or comma + 1 >= last:
        last = edge - 2
    else:
        stop = _cut(source, verb, verb.i + 1, last)
        last = stop if stop > comma else edge - 2
    return source.trim(*source.chars(first, last + 1)), verb.i, "clause"


def _trailing(source: Source, verb: Token, entry: Valency, head: Token) -> Complement | None:
    """ "X rejects it, its ministry said in a statement": the cue ends the sentence, whatever the parser made of it."""
    doc = source.doc
    if not entry.clause or entry.kind != "speech" or head.i > verb.i or source.quote_of[verb.i] >= 0:
        return None
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ == "dobj" and not is_time(c) for c in verb.rights):
        return None
    edge = noun_phrase(head, verb)[0]
    first = _sentence_start(source, verb)
    if edge - first < 4 or doc[edge - 1].text != "," or any(t.is_alpha for t in doc[edge : head.left_edge.i]):
        return None
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.pos_ == "VERB" for t in doc[first : edge - 1])
    fronted = doc[first].pos_ in ("ADP", "SCONJ", "ADV") or doc[first].tag_ in ("VBG", "VBN")
    if fronted or not (finite or edge - first > 5):
        return None
    return source.trim(*source.chars(first, edge - 1)), verb.i, "clause"


def _refusal(source: Source, verb: Token, infinitive: Token) -> Complement:
    """ "declined to comment on X": the cue takes the verb of telling in; its complement is the content."""
    last = infinitive.right_edge.i
    if infinitive.lemma_.lower() in _TELLING and last > infinitive.i:
        rest = [child for child in infinitive.rights if child.dep_ in ("dobj", "prep", "ccomp", "advcl", "xcomp")]
        if rest:
            first = rest[0].left_edge.i
            return _span(source, verb, first, last), infinitive.i, "infinitive"
    if infinitive.lemma_.lower() in _TELLING and last == infinitive.i:
        asked = _asked(source, verb)
        if asked is not None:
            return source.trim(*source.chars(*asked)), infinitive.i, "infinitive"
    return _span(source, verb, infinitive.left_edge.i, max(last, infinitive.i)), verb.i, "infinitive"


def _asked(source: Source, verb: Token) -> tuple[int, int] | None:
    """ "Asked whether X, Y declined to say": what was asked is what is left unsaid."""
    doc = source.doc
    first = _sentence_start(source, verb)
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
            return _span(source, verb, predicate.left_edge.i, predicate.right_edge.i), obj.i, "object"
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
            return _span(source, verb, cue_last + 1, last), cue_last, "object"
    return _span(source, verb, first, last), particle(verb), "object"


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
        if child.dep_ in ("appos", "relcl") and doc[left - 1].text == "," and source.quote_of[left] < 0:
            if child.right_edge.i - left > left - 1 - obj.left_edge.i:
                return int(left - 2)
    for child in verb.rights:
        if child.i <= last:
            continue
        adjoining = child.left_edge.i == last + 1 or (child.left_edge.i == last + 2 and doc[last + 1].text in "\"”’'»")
        attached = child.dep_ in ("prep", "dative") and child.lower_ in _ATTACHING and not _temporal(child)
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


def _parted(source: Source, clause: Token, verb: Token) -> bool:
    """Whether a semicolon stands between a clause and the cue after it."""
    return any(t.text == ";" and source.quote_of[t.i] < 0 for t in source.doc[clause.i : verb.i])


def _dated(prep: Token) -> bool:
    """Whether a prepositional phrase gives a time: "spoke on Monday"."""
    return any(c.dep_ == "pobj" and is_time(c) for c in prep.children)


def _preposition(source: Source, verb: Token, entry: Valency, prep: Token) -> Complement | None:
    inner = next((c for c in prep.rights if c.dep_ in ("pobj", "pcomp", "ccomp", "prep")), None)
    if inner is None or _dated(prep):
        return None
    last = prep.right_edge.i
    # "called for X to act": the infinitive may hang on the verb
    for child in verb.rights:
        if child.i > last and child.left_edge.i == last + 1 and child.dep_ in ("xcomp", "advcl", "prep"):
            if _temporal(child) or (child.dep_ == "advcl" and child.tag_ == "VBG"):
                break
            last = child.right_edge.i
    fused = entry.lemma in _FUSED
    first = prep.i + 1 if fused else prep.i
    return _span(source, verb, first, last), prep.i if fused else verb.i, "preposition"


def clause_content(source: Source, verb: Token, clause: Token) -> tuple[int, int] | None:
    """The span of a clause after an impersonal passive: "it is said that …"."""
    found = _clause_after(source, verb, clause)
    return None if found is None else found[0]


def span_of(source: Source, verb: Token, first: int, last: int) -> tuple[int, int]:
    """Characters from token ``first`` to ``last``, mended as all contents are."""
    return _span(source, verb, first, last)
