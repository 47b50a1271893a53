"""Quotations and who speaks them: the cue before, after or between; the speaker carried on where none is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diptych.annotate.attribution import Attribution, Source, listed
from diptych.annotate.quotation import Quotation
from diptych.annotate.sources import is_time, noun_phrase, own_subject, subject
from diptych.annotate.turns import is_asker

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.knowledge.valency import Valency

_STOPS = ".!?;"
#: How many tokens may stand between a quotation and its cue.
_REACH = 32
_NOT_SPEAKERS = listed("this that these those what there which it's")
_DASHES = ("—", "–", "―", "--", "-")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue beside a quotation: its verb (or dash), its source and how far the cue reaches."""

    verb: int
    lemma: str
    kind: str
    cue: tuple[int, int]
    source: tuple[int, int] | None
    head: int | None
    start: int
    end: int


def quoted(source: Source) -> Iterator[Attribution]:
    """Yield an attribution for every quotation that is speech and whose speaker the text names."""
    previous: _Cue | None = None
    last_paragraph = -1
    paragraph = 0
    for number, quotation in enumerate(source.quotations):
        while paragraph + 1 < len(source.paragraphs) and source.paragraphs[paragraph + 1][0] <= quotation.start:
            paragraph += 1
        speech = is_speech(source, quotation)
        found = _after(source, number) or _before(source, number)
        implicit = False
        if found is None and speech and previous is not None:
            found = _carried(source, number, previous, paragraph, last_paragraph)
            implicit = found is not None
        if found is None:
            continue
        if found.lemma == ":" and found.source is not None and is_asker(source.text[slice(*found.source)]):
            continue
        if _tail(source, quotation, found):
            continue  # the clause as a whole is told, and read from the parse
        if not speech and not implicit and not _introduced(source, number, found):
            continue
        yield Attribution(
            verb=found.verb,
            lemma=found.lemma,
            kind=found.kind,  # type: ignore[arg-type]
            frame="quotation",
            cue=found.cue,
            source=found.source,
            head=found.head,
            content=(quotation.start, quotation.end),
            quoted=True,
            implicit=implicit,
        )
        previous, last_paragraph = found, paragraph


def is_speech(source: Source, quotation: Quotation) -> bool:
    """Whether a quotation is an utterance and not a word or phrase that is only mentioned."""
    inner = source.text[quotation.inner_start : quotation.inner_end].strip()
    if not inner:
        return False
    ends = inner[-1] in ".!?,…—-"
    words = inner.split()
    if len(words) < 2:
        return ends and inner[0].isupper()
    first = next((c for c in inner if c.isalpha()), "")
    if ends and len(words) > 2:
        return first.isupper() or inner[0] in "[…." or len(words) > 4
    if first.islower():
        return False
    verbal = any(
        token.pos_ in ("VERB", "AUX")
        for token in source.doc[source.token_at(quotation.inner_start) : source.token_at(quotation.inner_end)]
    )
    return verbal and len(words) > 3


def _tail(source: Source, quotation: Quotation, found: _Cue) -> bool:
    """Whether a quotation ends a clause that begins outside of it: 'the plan "is a mistake," X said'."""
    inner = source.text[quotation.inner_start : quotation.inner_end].lstrip()
    if found.start < quotation.end or not inner[:1].islower():
        return False
    first = source.token_at(quotation.start)
    before = [t for t in source.doc[max(0, first - 12) : first] if not t.is_space]
    if not before or before[-1].text in (",", ":") or source.quote_of[before[-1].i] >= 0:
        return False
    if before[-1].sent != source.doc[first].sent or before[-1].text in ".!?;":
        return False
    return any(t.pos_ in ("NOUN", "PROPN", "PRON", "VERB", "AUX") for t in before if t.sent == source.doc[first].sent)


def _introduced(source: Source, number: int, found: _Cue) -> bool:
    """A fragment is speech's content only right beside its cue: 'he called it "a start"' is read from the parse."""
    quotation = source.quotations[number]
    inner = source.text[quotation.inner_start : quotation.inner_end].strip()
    if found.start >= quotation.end:
        return bool(inner) and inner[-1] in ",!?"
    between = source.text[found.end : quotation.start].strip()
    return between in (",", ":")


def _bounds(source: Source, number: int) -> tuple[int, int]:
    """Character bounds of the unquoted text before and after a quotation, within its paragraph."""
    quotation = source.quotations[number]
    low, high = 0, len(source.text)
    index = _paragraph(source, quotation.start)
    if index is not None:
        low, high = source.paragraphs[index]
    if number > 0:
        low = max(low, source.quotations[number - 1].end)
    return low, high


def _paragraph(source: Source, offset: int) -> int | None:
    from bisect import bisect_right

    index = bisect_right([start for start, _ in source.paragraphs], offset) - 1
    return index if index >= 0 else None


def _after(source: Source, number: int) -> _Cue | None:
    """The cue that follows: '"…," said X', '"…," X told reporters'."""
    quotation = source.quotations[number]
    _, high = _bounds(source, number)
    doc = source.doc
    inner = source.text[quotation.inner_start : quotation.inner_end].rstrip()
    first = source.token_at(quotation.end)
    if first >= len(doc) or doc[first].idx >= high or not inner:
        return None
    last = inner[-1]
    tail = source.text[quotation.end : quotation.end + 2].lstrip()[:1]
    # a full stop inside: what follows is a new sentence, unless a dash or a bare verb of saying comes
    if last == "." and not doc[first].text[:1].islower() and tail != "," and doc[first].text not in _DASHES:
        return None
    tokens: list[Token] = []
    for at in range(first, min(first + _REACH, len(doc))):
        token = doc[at]
        if token.idx >= high or (source.quote_of[at] >= 0 and source.quote_of[at] != number):
            break
        if token.text[:1] in _STOPS and token.is_punct and not (tokens == [] and token.text == ";"):
            break
        if "\n\n" in token.text:
            break
        tokens.append(token)
    if not tokens:
        return None
    if tokens[0].text in _DASHES:
        return _dash(source, tokens)
    closing = last in ",!?—-…" or tail == "," or not last.isalnum() or tokens[0].pos_ in ("VERB", "PROPN", "PRON")
    return _find(source, tokens, loose=closing and last != ".")


def _dash(source: Source, tokens: list[Token]) -> _Cue | None:
    """ "…" — A Name."""
    names = [token for token in tokens[1:] if not token.is_space]
    if not names or not names[0].text[:1].isupper() or any(t.pos_ in ("VERB", "AUX") for t in names):
        return None
    head = next((t for t in names if t.dep_ not in ("compound", "det", "amod", "nmod", "poss", "case")), names[-1])
    last = names[0]
    for token in names:
        if token.text in (",", "(") or token.is_digit:
            break
        last = token
    start, end = source.chars(names[0].i, last.i + 1)
    if len(source.text[start:end].split()) > 6:
        return None
    dash = tokens[0]
    return _Cue(dash.i, dash.text, "speech", source.chars(dash.i, dash.i + 1), (start, end), head.i, dash.idx, end)


def _find(source: Source, tokens: list[Token], *, loose: bool) -> _Cue | None:
    """The first verb that can carry a quotation, with a subject on either side, among the tokens after one."""
    aside = False
    for token in tokens:
        if token.text == "," and token is not tokens[0]:
            aside = True
        entry = source.verb_of(token)
        if token.pos_ not in ("VERB", "AUX") and not (
            entry is not None
            and entry.quotation
            and token.tag_[:2] in ("VB", "NN")
            and token.lower_ in ("says", "said")
        ):
            continue
        if entry is None or not (entry.quotation or (entry.clause and entry.kind in ("speech", "thought"))):
            if token.lemma_ in ("quote", "cite") and token.i + 1 < len(source.doc) and token.nbor(1).lower_ == "as":
                continue  # "X was quoted as saying"
            # a clause of its own comes first: the verb after it speaks of something else
            if token.dep_ in ("ROOT", "conj", "ccomp") and (not aside or token.tag_ in ("VBD", "VBZ", "VBP", "VBG")):
                return None
            continue
        if any(child.tag_ == "TO" or child.dep_ == "neg" for child in token.lefts):
            return None
        head = _speaker(source, token, tokens)
        if head is None:
            continue
        if head.lower_ in _NOT_SPEAKERS:
            return None
        first, last = noun_phrase(head)
        first = max(first, tokens[0].i)
        if first >= last:
            continue
        return _cue(source, token, entry, head, (first, last))
    return None


def _cue(source: Source, token: Token, entry: Valency, head: Token, phrase: tuple[int, int]) -> _Cue:
    first = token.i
    while first > 0 and source.doc[first - 1].head == token and source.doc[first - 1].dep_ in ("aux", "auxpass", "neg"):
        first -= 1
    low, high = min(first, phrase[0]), max(token.i + 1, phrase[1])
    return _Cue(
        token.i,
        entry.lemma,
        entry.kind,
        source.chars(first, token.i + 1),
        source.chars(*phrase),
        head.i,
        source.doc[low].idx,
        source.chars(low, high)[1],
    )


def _speaker(source: Source, verb: Token, tokens: list[Token]) -> Token | None:
    """The subject of the cue within its stretch of text, by the parse first, by place where the parse errs."""
    within = {token.i for token in tokens}
    head = own_subject(verb)
    if head is not None and head.i in within:
        return head
    if head is None or head.i not in within:
        shared = subject(verb)
        if shared is not None and shared.i in within and shared is not verb:
            return shared
    before = [t for t in tokens if t.i < verb.i and t.pos_ in ("PROPN", "NOUN", "PRON") and not is_time(t)]
    if before and before[-1].dep_ not in ("pobj", "dobj"):
        return _phrase_head(before)
    after = [t for t in tokens if t.i > verb.i]
    if after and (after[0].pos_ in ("PROPN", "NOUN", "DET", "ADJ", "NUM") or after[0].tag_ in ("PRP", "JJ", "PRP$")):
        for token in after:
            if token.pos_ in ("PROPN", "NOUN", "PRON") and not is_time(token):
                top = token
                while (
                    top.head.i in within
                    and top.head.i > verb.i
                    and top.head.pos_ in ("PROPN", "NOUN")
                    and (top.dep_ in ("compound", "nmod", "amod", "poss"))
                ):
                    top = top.head
                return top
            if token.pos_ not in ("DET", "ADJ", "NUM", "PART", "PUNCT"):
                break
    return None


def _phrase_head(tokens: list[Token]) -> Token:
    last = tokens[-1]
    for token in reversed(tokens):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return token
    return last


def _before(source: Source, number: int) -> _Cue | None:
    """The cue that comes before: 'X said: "…"', 'X told reporters, "…"', 'adding, "…"'."""
    quotation = source.quotations[number]
    low, _ = _bounds(source, number)
    opening = _opened_by_colon(source, number)
    if opening is not None:
        low = opening
    doc = source.doc
    stop = source.token_at(quotation.start)
    tokens: list[Token] = []
    for at in range(stop - 1, max(-1, stop - 1 - _REACH), -1):
        token = doc[at]
        if token.idx < low or source.quote_of[at] >= 0:
            break
        if token.text[:1] in ".!?" and token.is_punct:
            break
        if "\n" in token.text and token.text.count("\n") > 1 and (opening is None or tokens):
            break
        tokens.insert(0, token)
    while tokens and tokens[-1].is_space:
        tokens.pop()
    if not tokens:
        return None
    closing = tokens[-1].text
    if closing not in (",", ":", *_DASHES) and not _carries(source, tokens[-1]) and closing.lower() != "that":
        return None
    verbs = [t for t in tokens if _carries(source, t)]
    for token in reversed(verbs):
        entry = source.verb_of(token)
        if entry is None:
            continue
        if any(child.dep_ == "neg" for child in token.lefts):
            continue
        if token.i < tokens[-1].i - 1 and not _reaches(token, tokens):
            continue
        head = subject(token)
        if head is None or head.lower_ in _NOT_SPEAKERS or head == token:
            continue
        if source.quote_of[head.i] == number:
            continue
        return _cue(source, token, entry, head, noun_phrase(head))
    if closing == ":" and len(tokens) <= 6 and _named(tokens[:-1]):
        # a transcript: "Name: '…'"
        first, last = tokens[0].i, tokens[-1].i
        head = tokens[-2]
        return _Cue(
            last,
            ":",
            "speech",
            source.chars(last, last + 1),
            source.chars(first, last),
            head.i,
            doc[first].idx,
            doc[last].idx + 1,
        )
    return None


def _opened_by_colon(source: Source, number: int) -> int | None:
    """Where the paragraph before begins, if it ends in a colon and the quotation opens its own."""
    quotation = source.quotations[number]
    index = _paragraph(source, quotation.start)
    if not index or source.text[source.paragraphs[index][0] : quotation.start].strip():
        return None
    start, end = source.paragraphs[index - 1]
    if not source.text[start:end].rstrip().endswith(":"):
        return None
    return max(start, source.quotations[number - 1].end) if number else start


def _named(tokens: list[Token]) -> bool:
    return bool(tokens) and all(t.pos_ in ("PROPN", "PUNCT") or t.text[:1].isupper() for t in tokens)


def _carries(source: Source, token: Token) -> bool:
    entry = source.verb_of(token)
    return (
        entry is not None
        and entry.quotation
        and token.pos_ in ("VERB", "AUX")
        and token.dep_ not in ("amod", "aux", "auxpass")
        and not any(child.tag_ == "TO" for child in token.lefts)
    )


def _reaches(verb: Token, tokens: list[Token]) -> bool:
    """Whether only addressees, times and places stand between the cue and the quotation."""
    between = [t for t in tokens if t.i > verb.i]
    return not any(
        t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "acl", "relcl", "aux", "pcomp") for t in between
    )


def _carried(source: Source, number: int, previous: _Cue, paragraph: int, last_paragraph: int) -> _Cue | None:
    """The speaker goes on: after '"…," X said.' a further quotation, or a new paragraph opened by a mark."""
    quotation = source.quotations[number]
    before = source.quotations[number - 1] if number else None
    low = source.paragraphs[paragraph][0]
    lead = source.text[low : quotation.start].rstrip()
    if lead and lead[-1] not in ".!?:,;\"”’'—-":
        return None  # it stands inside a sentence of its own
    if paragraph == last_paragraph and before is not None:
        gap = source.text[max(previous.end, before.end) : quotation.start]
        limit = 240 if previous.start < quotation.start else 0
        if len(gap) <= limit and "\n\n" not in gap:
            return previous
        return None
    if before is not None and paragraph == last_paragraph + 1:
        low, high = source.paragraphs[paragraph]
        opens = not source.text[low : quotation.start].strip()
        whole = not source.text[quotation.end : high].strip(" .\n")
        if opens and (before.continues or whole):
            return replace(previous)
    return None
