"""Contents that are clauses: after the cue, before it, or around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.assertion import particle
from diptych.annotate.attribution import OCCASIONS, Complement, Source, listed
from diptych.annotate.sources import is_time, noun_phrase, own_subject
from diptych.annotate.stretches import cut, sentence_start, span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.knowledge.valency import Valency

_MERELY = listed("only merely simply just")


def clause_after(source: Source, verb: Token, clause: Token, obj: Token | None = None) -> Complement | None:
    """The content stands after: "said that the talks went well"; ``obj`` is a part of it hung on the verb."""
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
    return span(source, verb, first, _joined_clause(source, verb, clause, last), joined=True), cue_last, "clause"


def stray_that(source: Source, verb: Token) -> Token | None:
    """ "said in a report published Tuesday that X": the parser hung the clause on a word in between."""
    doc = source.doc
    for at in range(verb.i + 1, min(verb.i + 16, int(verb.sent.end))):
        token = doc[at]
        if token.text in (";", ":") or source.quote_of[at] != source.quote_of[verb.i]:
            return None
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > at:
            noun = doc[at - 1].pos_ in ("NOUN", "PROPN") and token.head.head.pos_ in ("NOUN", "PROPN")
            occasion = is_time(doc[at - 1]) or doc[at - 1].lemma_.lower() in OCCASIONS
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


def clause_before(source: Source, verb: Token, clause: Token, head: Token) -> Complement | None:
    """The content stands before: "The talks went well, the ministry said"."""
    doc = source.doc
    left = min(verb.i, noun_phrase(head)[0]) if clause.i < head.i < verb.i else verb.i
    first = sentence_start(source, verb)
    last = left - 1
    for at in range(last, first, -1):
        if doc[at].is_space and doc[at].text.count("\n") > 1:
            first = at + 1
            break
    while last > first and (doc[last].text in (",", "-", "--", "–", "—") or doc[last].is_space):
        last -= 1
    while first < last and doc[first].is_space:
        first += 1
    if last <= first or doc[first].lower_ == "according":
        return None
    if _interrupted(source, verb, first, last):
        end = int(verb.sent.end) - 1
        return source.trim(*source.chars(first, cut(source, verb, verb.i + 1, end) + 1)), verb.i, "clause"
    # what comes after belongs to the same clause
    if clause.right_edge.i > verb.i and any(t.is_alpha for t in doc[verb.i + 1 : clause.right_edge.i + 1]):
        stop = cut(source, verb, verb.i, clause.right_edge.i)
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


def parenthetical(source: Source, verb: Token, head: Token) -> Complement | None:
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
        return source.trim(*source.chars(after, cut(source, verb, after, verb.sent.end - 1) + 1)), verb.i, "clause"
    if edge == 0 or doc[edge - 1].text not in (",", "—", "–", "--", "-"):
        return None
    first, last = sentence_start(source, verb), verb.sent.end - 1
    if edge - 1 <= first:
        return None
    stop = min(verb.right_edge.i + 2, last)
    comma = next((t.i for t in doc[verb.i + 1 : stop] if t.text in (",", "—", "–", "--", "-")), None)
    if comma is None or comma + 1 >= last:
        last = edge - 2
    else:
        stop = cut(source, verb, verb.i + 1, last)
        last = stop if stop > comma else edge - 2
    return source.trim(*source.chars(first, last + 1)), verb.i, "clause"


def trailing(source: Source, verb: Token, entry: Valency, head: Token) -> Complement | None:
    """ "X rejects it, its ministry said in a statement": the cue ends the sentence, whatever the parser made of it."""
    doc = source.doc
    if not entry.clause or entry.kind != "speech" or head.i > verb.i or source.quote_of[verb.i] >= 0:
        return None
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ == "dobj" and not is_time(c) for c in verb.rights):
        return None
    edge = noun_phrase(head, verb)[0]
    first = sentence_start(source, verb)
    if edge - first < 4 or doc[edge - 1].text != "," or any(t.is_alpha for t in doc[edge : head.left_edge.i]):
        return None
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.pos_ == "VERB" for t in doc[first : edge - 1])
    fronted = doc[first].pos_ in ("ADP", "SCONJ", "ADV") or doc[first].tag_ in ("VBG", "VBN")
    if fronted or not (finite or edge - first > 5):
        return None
    return source.trim(*source.chars(first, edge - 1)), verb.i, "clause"


def parted(source: Source, clause: Token, verb: Token) -> bool:
    """Whether a semicolon stands between a clause and the cue after it."""
    return any(t.text == ";" and source.quote_of[t.i] < 0 for t in source.doc[clause.i : verb.i])


def clause_content(source: Source, verb: Token, clause: Token) -> tuple[int, int] | None:
    """The span of a clause after an impersonal passive: "it is said that …"."""
    found = clause_after(source, verb, clause)
    return None if found is None else found[0]
