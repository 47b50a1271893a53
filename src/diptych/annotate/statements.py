"""Statements: who said what, in what act, and which statement stands inside which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.absence import absences
from diptych.annotate.attribution import Attribution, Source, listed
from diptych.annotate.entities import Named, Naming
from diptych.annotate.indirect import indirect
from diptych.annotate.phrases import phrases
from diptych.annotate.quoted import quoted
from diptych.annotate.tree import tell
from diptych.annotate.turns import is_asker
from diptych.records import Directness, Document, Quote, Statement, content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge
    from diptych.records import Actor, Mention

_SAID_IN_QUOTES = frozenset(["agree", "discuss", "exchange", "share", "decide", "concur"])
_NOBODY = frozenset(["nobody", "none", "nothing"])
_ONE = frozenset(["one", "another", "one of them", "another of them", "a second", "a third"])
_OPINIONS = listed(
    "think believe feel hope fear worry consider regard view understand look suspect doubt reckon assume expect predict"
)


def find_attributions(doc: Doc, kb: Knowledge) -> tuple[Attribution, ...]:
    """Return every attribution of the text, thoughts, wishes and stances too, in order of their cues."""
    return _attributions(Source(doc, kb.cues))


def _attributions(source: Source) -> tuple[Attribution, ...]:
    direct = list(quoted(source))
    absent = list(absences(source))
    taken = {found.verb: found for found in absent}
    spoken: dict[int, list[Attribution]] = {}
    for found in direct:
        spoken.setdefault(found.verb, []).append(found)
    kept = direct + absent
    for found in [*indirect(source), *phrases(source)]:
        if found.verb in taken or any(_same(found, other) for other in absent):
            continue
        if any(_covers(other, found) for other in spoken.get(found.verb, ())):
            continue
        if _empty(source, found):
            continue
        kept.append(found)
    return tuple(sorted(kept, key=lambda a: (a.cue[0], a.content[0])))


def _same(a: Attribution, b: Attribution) -> bool:
    """Two readings of one stretch: the same content told with cues that overlap or stand side by side."""
    return a.content[0] < b.content[1] and b.content[0] < a.content[1] and a.cue[0] < b.cue[1] and b.cue[0] < a.cue[1]


def _covers(quotation: Attribution, other: Attribution) -> bool:
    """Whether the parse found again what the quotation holds, or ran past it."""
    low, high = max(quotation.content[0], other.content[0]), min(quotation.content[1], other.content[1])
    return high - low > 0 or other.content[1] <= quotation.content[0] + 1


def _empty(source: Source, found: Attribution) -> bool:
    words = source.text[found.content[0] : found.content[1]].split()
    if not words:
        return True
    if found.lemma in ("deny", "dispute", "reject", "dismiss", "contest") and words[0].lower() in (
        "that",
        "this",
        "it",
    ):
        return False
    return len(words) == 1 and words[0].lower().strip('.,"”“') in (
        "it",
        "that",
        "this",
        "so",
        "what",
        "them",
        "him",
        "her",
        "which",
        "who",
        "whom",
        "nothing",
        "one",
        "as",
        "that's",
    )


def find_statements(
    document: Document,
    doc: Doc,
    actors: Sequence[Actor],
    mentions: Sequence[Mention],
    kb: Knowledge,
) -> tuple[Statement, ...]:
    """Return the statements of the text in order.

    What somebody merely wants, backs or is expected to do is no statement, nor is the writer's own judgement.
    Without ``mentions`` a source is named by its own words.
    """
    source = Source(doc, kb.cues, document.text)
    found = [a for a in _attributions(source) if _is_statement(source, a)]
    begins = {a.content[0] for a in found if a.kind != "feeling"}
    # "X said Y was not happy about Z" is one statement; Y's feeling is its act.
    found = [a for a in found if a.kind != "feeling" or a.source is None or a.source[0] not in begins]
    # "went on to say" is found by "went on" and by "say": one statement.
    found = list({(a.cue, a.content): a for a in reversed(found)}.values())[::-1]
    naming = Naming(document, source, actors, mentions)
    named: list[Named] = []
    last_joint: Named | None = None
    last_many: Named | None = None
    for attribution in found:
        name = naming.of(attribution, last_joint)
        if name.joint:
            last_joint = name
        if last_many is not None and _one_of_them(source, attribution):
            name = last_many
        elif attribution.head is not None and source.doc[attribution.head].tag_ in ("NNS", "NNPS") and not name.joint:
            last_many = name
        named.append(name)
    told = tell(source, found, named)
    ids = [
        content_id("statement", document.id, *a.cue, *a.content, source.text[a.content[0] : a.content[1]])
        for a in found
    ]
    return tuple(
        _record(
            source,
            kb,
            attribution,
            name,
            what.act,
            what.holder,
            what.negated,
            ids[i],
            None if what.parent is None else ids[what.parent],
        )
        for i, (attribution, name, what) in enumerate(zip(found, named, told, strict=True))
    )


def _is_statement(source: Source, found: Attribution) -> bool:
    if found.kind in ("intent", "evidence") and found.lemma not in ("hope",):
        return False
    if found.kind == "stance" and found.lemma not in ("share", "address"):
        return False
    if found.kind == "thought" and (found.lemma not in _OPINIONS or found.head is None):
        return False
    if found.kind == "manner" and found.frame != "quotation":
        return False
    if _told_by_nobody(source, found) or _courtesy(source, found):
        return False
    if found.quoted or found.head is None:
        return True
    inside = source.quote_of[found.verb]
    if inside >= 0:
        # Within somebody's own words only what a third party, or both together, are told to have said.
        head = source.doc[found.head]
        if found.kind != "speech" or _asked(source, inside):
            return False
        if head.lower_ in ("i", "you"):
            return False
        if head.lower_ == "we" and found.lemma not in _SAID_IN_QUOTES:
            return False
    return True


def _one_of_them(source: Source, found: Attribution) -> bool:
    """ "one", "another", "one of them": of the people told of last."""
    return found.source is not None and source.text[slice(*found.source)].lower() in _ONE


def _asked(source: Source, number: int) -> bool:
    """Whether a stretch of speech is a question put by the press: a turn of "Q:"."""
    quotation = source.quotations[number]
    line = source.text.rfind("\n", 0, quotation.start) + 1
    return quotation.start == quotation.inner_start and is_asker(source.text[line : quotation.start])


def _told_by_nobody(source: Source, found: Attribution) -> bool:
    """ "nobody promised it" has no source, nor has "did not say who had asked for the call"."""
    if found.head is None or found.absence:
        return False
    head = source.doc[found.head]
    if head.lower_ in ("who", "whoever"):
        return source.doc[found.verb].dep_ == "ccomp"
    return head.lower_ in _NOBODY or (head.lower_ == "one" and any(c.lower_ == "no" for c in head.lefts))


def _courtesy(source: Source, found: Attribution) -> bool:
    """ "called on the President" visits, "asked for anonymity" says how somebody spoke: no requests."""
    words = source.text[found.content[0] : found.content[1]].lower()
    if found.lemma in ("ask", "request") and (words.startswith("anonymity") or "not to be " in words[:12]):
        return True
    if found.lemma != "call" or not source.text[slice(*found.cue)].lower().endswith((" on", " upon")):
        return False
    first, last = source.token_at(found.content[0]), source.token_at(found.content[1])
    return not any(token.pos_ in ("VERB", "AUX") or token.lower_ == "for" for token in source.doc[first:last])


def _record(
    source: Source,
    kb: Knowledge,
    found: Attribution,
    name: Named,
    act: str,
    holder: tuple[str, ...],
    negated: bool,
    ident: str,
    parent: str | None,
) -> Statement:
    text = source.text
    start, end = found.content
    quote = text[start:end]
    return Statement(
        id=ident,
        source=None if found.source is None else text[found.source[0] : found.source[1]],
        source_entity="; ".join(name.entities) or None,
        source_span=found.source,
        cue=text[found.cue[0] : found.cue[1]],
        cue_span=found.cue,
        content=Quote(quote=quote, start=start, end=end),
        act=act,  # type: ignore[arg-type]  # acts come from the table, which was checked
        holder=holder,
        direct=_directness(source, found),
        negated=negated,
        absence=found.absence,
        hedge=None if found.hedge is None else text[found.hedge[0] : found.hedge[1]],
        topics=tuple(dict.fromkeys(hit.topic for hit in kb.topics_in(quote))),
        parent=parent,
    )


def _directness(source: Source, found: Attribution) -> Directness:
    if found.quoted:
        return "direct"
    start, end = found.content
    first, last = source.token_at(start), min(source.token_at(end), len(source.doc))
    marks = [source.quote_of[i] for i in range(first, last)]
    if not marks or all(mark < 0 for mark in marks):
        return "indirect"
    if all(mark >= 0 for mark in marks) and len(set(marks)) == 1:
        return "direct"
    return "mixed"
