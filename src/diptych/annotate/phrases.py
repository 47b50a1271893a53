"""Attributions without a reporting verb: "according to X", "in X's view", "X's claim that …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.annotate.attribution import Attribution, Source, listed
from diptych.annotate.sources import noun_phrase, own_subject
from diptych.annotate.stretches import span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = listed(
    "claim statement view belief stance position opinion assertion argument allegation accusation "
    "suggestion contention conclusion promise pledge vow warning call demand proposal announcement "
    "remark insistence hope fear concern prediction admission acknowledgment confirmation declaration "
    "denial conviction message comment report complaint charge idea notion theory"
)
_COPULAR = listed("stance position view opinion message argument belief understanding hope concern")


def phrases(source: Source) -> Iterator[Attribution]:
    """Yield the attributions that a preposition or a noun carries, in text order."""
    doc = source.doc
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            found = _according(source, token)
        elif token.lower_ == "as" and token.i + 2 < len(doc) and doc[token.i + 1].tag_ == "VBN":
            found = _as_stated(source, token)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in _NOUNS:
            found = _noun(source, token)
        else:
            continue
        if found is not None:
            yield found


def _according(source: Source, token: Token) -> Attribution | None:
    doc = source.doc
    to = doc[token.i + 1]
    head = next((t for t in doc[to.i + 1 : to.i + 14] if t.dep_ == "pobj" and t.head in (to, token)), None)
    if head is None:
        head = next((t for t in doc[to.i + 1 : to.i + 10] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
        if head is None:
            return None
        while head.i + 1 < len(doc) and head.dep_ == "compound" and head.head.i > head.i:
            head = head.head
    first, last = noun_phrase(head)
    first = max(first, to.i + 1)
    low, high = _sentence(source, token.i)
    high = next((t.i for t in doc[token.i : high] if t.text == ";" and source.quote_of[t.i] < 0), high)
    before = [t for t in doc[low : token.i] if t.is_alpha]
    quote = source.quote_of[token.i]
    told = any(t.pos_ in ("VERB", "AUX") for t in before) or any(source.quote_of[t.i] >= 0 for t in before)
    if len(before) > 1 and (told or high - last < 4):
        stop = token.i - 1
        while stop > low and ((doc[stop].is_punct and source.quote_of[stop] < 0) or doc[stop].is_space):
            stop -= 1
        start, end = source.chars(low, stop + 1)
        # after a quotation of several sentences all of it is meant
        inside = source.quote_of[stop]
        if inside >= 0 and inside != quote and source.quotations[inside].end >= end - 1:
            start = min(start, source.quotations[inside].start)
            end = max(end, source.quotations[inside].end)
        content = source.trim(start, end)
    else:
        comma = next((t.i for t in doc[last:high] if t.text == ","), None)
        begin = comma + 1 if comma is not None and comma - last < 25 else last
        while begin < high and (doc[begin].is_space or doc[begin].text == ","):
            begin += 1
        if begin >= high - 1:
            return None
        content = source.trim(*source.chars(begin, high))
    if content[1] - content[0] < 3:
        return None
    return Attribution(
        verb=token.i,
        lemma="according",
        kind="according",
        frame="preposition",
        cue=source.chars(token.i, to.i + 1),
        source=source.chars(first, last),
        head=head.i,
        content=content,
    )


def _as_stated(source: Source, token: Token) -> Attribution | None:
    """ "it agreed to the talks, as stated by X": X tells the clause before."""
    doc = source.doc
    verb, by = doc[token.i + 1], doc[token.i + 2]
    entry = source.verb_of(verb)
    if entry is None or entry.kind != "speech" or by.lower_ != "by":
        return None
    head = next((t for t in doc[by.i + 1 : by.i + 14] if t.dep_ == "pobj" and t.head == by), None)
    clause = verb.head
    while clause.head != clause and own_subject(clause) is None:
        clause = clause.head
    if head is None or own_subject(clause) is None or clause.i >= token.i:
        return None
    first = clause.left_edge.i
    while first < clause.i and (doc[first].dep_ in ("mark", "cc") or doc[first].is_punct or doc[first].is_space):
        first += 1
    last = token.i - 1
    if last <= first:
        return None
    return Attribution(
        verb=verb.i,
        lemma=entry.lemma,
        kind="according",
        frame="preposition",
        cue=source.chars(token.i, by.i + 1),
        source=source.chars(max(noun_phrase(head)[0], by.i + 1), noun_phrase(head)[1]),
        head=head.i,
        content=source.trim(*source.chars(first, last + 1)),
    )


def _sentence(source: Source, at: int) -> tuple[int, int]:
    """Token range of the sentence around ``at``, ends mended where a quotation was cut."""
    sentence = source.doc[at].sent
    low, high = sentence.start, sentence.end
    while low < high and (source.doc[low].is_space or source.doc[low].lower_ in ("and", "but")):
        low += 1
    while high > low and source.doc[high - 1].is_space:
        high -= 1
    return low, high


def _noun(source: Source, noun: Token) -> Attribution | None:
    """ "X's claim that …", "the stance of X is that …"."""
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    if owner is None:
        of = next(
            (c for c in noun.rights if c.dep_ == "prep" and c.lower_ in ("of", "by", "from") and c.i == noun.i + 1),
            None,
        )
        owner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if owner is None or owner.pos_ not in ("PROPN", "NOUN", "PRON"):
        return None
    clause = next(
        (
            c
            for c in noun.rights
            if c.dep_ in ("acl", "relcl", "ccomp") and any(t.lower_ == "that" and t.dep_ == "mark" for t in c.lefts)
        ),
        None,
    )
    cue_first, cue_last = noun.i, noun.i
    if (
        clause is None
        and noun.lemma_.lower() in _COPULAR
        and noun.dep_ in ("nsubj", "nsubjpass")
        and noun.head.lemma_ == "be"
    ):
        clause = next((c for c in noun.head.rights if c.dep_ in ("ccomp", "advcl")), None)
    if clause is None:
        return None
    first = next((t.i for t in clause.lefts if t.lower_ == "that"), clause.left_edge.i)
    if first <= noun.i:
        return None
    start, end = span(source, noun, first, clause.right_edge.i)
    return Attribution(
        verb=noun.i,
        lemma=noun.lemma_.lower(),
        kind="noun",
        frame="noun",
        cue=source.chars(cue_first, cue_last + 1),
        source=source.chars(*noun_phrase(owner)),
        head=owner.i,
        content=(start, end),
    )
