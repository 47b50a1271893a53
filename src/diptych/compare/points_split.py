"""Where a sentence may be cut into points, and the features by which a model decides whether to cut there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.syntax import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from diptych.knowledge.cues import CueHit

_QUOTES = frozenset('"“”«»„‟')
_SKIPPED = frozenset({"and", "or", "but", "as", "well", "while", "nor", "&"})
_FINITE = ("VBD", "VBZ", "VBP")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a new point may begin.

    ``at`` is the first token of what follows, ``left`` the last word before it; ``kind`` names the construction,
    ``token`` the head of what follows (None between sentences).
    """

    at: int
    left: int
    kind: str
    token: Token | None


@dataclass(frozen=True, slots=True)
class Hits:
    """The cues of a document by the index of the verb that carries each."""

    by_token: dict[int, CueHit]

    def act(self, index: int) -> str:
        """The act of the cue at ``index`` for a single holder; ``-`` where there is no cue."""
        hit = self.by_token.get(index)
        return hit.cue.single if hit is not None else "-"

    def phrase(self, index: int) -> str:
        """The phrase of the cue at ``index``; ``-`` where there is none."""
        hit = self.by_token.get(index)
        return hit.cue.phrase if hit is not None else "-"


def bucket(number: int) -> str:
    """Name the size of a stretch of tokens."""
    for limit in (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45):
        if number <= limit:
            return str(limit)
    return "more"


def candidates(doc: Doc, spans: tuple[Span, ...] | None = None) -> tuple[Candidate, ...]:
    """Return all places of ``doc`` where a point may begin, in text order, the first of each sentence included."""
    found: dict[int, Candidate] = {}
    last = -1
    for sentence in sentences(doc) if spans is None else spans:
        found[sentence.start] = Candidate(sentence.start, last, "sentence", None)
        for at, kind, token in _inside(sentence):
            start, left = _edges(doc, at, sentence)
            if left < sentence.start or start >= sentence.end:
                continue
            known = found.get(start)
            if known is None or _weak(known.kind) > _weak(kind):
                found[start] = Candidate(start, left, kind, token)
        last = _edges(doc, sentence.end, sentence)[1]
    return tuple(found[at] for at in sorted(found))


def _weak(kind: str) -> int:
    """Rank what names a construction: the parse says more than a mark, a mark more than a mere word."""
    if kind == "sentence":
        return 0
    if kind.startswith(("conj", "advcl", "as_well")):
        return 1
    return 3 if kind in ("and", "comma") or kind.startswith("mark") else 2


def _edges(doc: Doc, at: int, sentence: Span) -> tuple[int, int]:
    """Move ``at`` past conjunctions and marks; return it with the last word before them."""
    left = at - 1
    while left >= sentence.start and (
        (doc[left].is_punct and doc[left].text not in _QUOTES) or doc[left].lower_ in _SKIPPED or doc[left].is_space
    ):
        left -= 1
    start = at
    while start < sentence.end and (
        doc[start].is_space
        or doc[start].dep_ == "cc"
        or (doc[start].is_punct and doc[start].text not in _QUOTES and doc[start].text not in "(“[")
        or (doc[start].lower_ in ("and", "but") and doc[start].dep_ != "ROOT")
    ):
        start += 1
    return start, left


def _inside(sentence: Span) -> Iterator[tuple[int, str, Token]]:
    doc = sentence.doc
    for token in sentence:
        dep = token.dep_
        if token.lower_ == "as" and doc[token.i + 1 : token.i + 3].text.lower() == "well as":
            if token.i + 3 < sentence.end:
                yield token.i + 3, "as_well_as", doc[token.i + 3]
        elif dep == "conj":
            yield token.left_edge.i if token.left_edge.i > token.head.i else token.i, _conjunct(token), token
        elif dep == "advcl":
            if token.i < token.head.i:
                yield _after(token, sentence), "advcl_before", token.head
            else:
                yield token.left_edge.i, _adverbial(token), token
        elif dep in ("ccomp", "parataxis") and token.i < token.head.i:
            yield _after(token, sentence), "ccomp_before", token.head
        elif dep in ("ccomp", "parataxis", "dep") and _preceding(token) in (";", ":", "-", "–", "—", ","):
            yield token.left_edge.i, "beside", token
        elif dep in ("relcl", "acl") and _preceding(token) in (",", "-", "–", "—"):
            yield token.left_edge.i, dep, token
        elif dep == "prep" and (
            _preceding(token) in (",", "-", "–", "—") or token.lower_ in ("with", "at", "including")
        ):
            if token.i > token.head.i:
                yield token.i, "prep", token
            elif token.i == token.left_edge.i and token.right_edge.i + 2 < sentence.end and _preceding(token) == ",":
                yield token.i, "prep_before", token
        elif dep in ("appos", "npadvmod", "oprd") and _preceding(token) in (",", "-", "–", "—", ":"):
            yield token.left_edge.i, "appos", token
        elif token.text == ";" or (token.text in (":", "—", "–", "-") and _spaced(token, sentence)):
            if token.i + 1 < sentence.end:
                yield token.i + 1, "mark" + token.text, doc[token.i + 1]
        elif dep == "xcomp" and token.tag_ == "VB" and token.head.i < token.i:
            yield token.left_edge.i, "xcomp", token
        elif token.lower_ == "and" and token.i + 1 < sentence.end and dep == "cc":
            following = doc[token.i + 1]
            if following.head.i < token.i or following.tag_ in ("IN", "TO", "VBG", "VBD", "VBZ", "VB"):
                yield token.i + 1, "and", following
        elif token.text == "," and token.i + 1 < sentence.end:
            following = doc[token.i + 1]
            if following.tag_ in ("VBG", "VBD", "VBZ", "VBP", "MD", "TO") or following.lower_ in ("that", "including"):
                yield token.i + 1, "comma", following


def _spaced(token: Token, sentence: Span) -> bool:
    """Tell a dash or colon that parts clauses from one inside a word or a figure."""
    return bool(token.whitespace_) and sentence.start < token.i < sentence.end - 1


def _after(token: Token, sentence: Span) -> int:
    return int(min(token.right_edge.i + 1, sentence.end - 1))


def _preceding(token: Token) -> str:
    left = token.left_edge.i
    return str(token.doc[left - 1].text) if left else ""


def _conjunct(token: Token) -> str:
    if token.pos_ in ("VERB", "AUX"):
        if any(child.tag_ == "TO" for child in token.lefts):
            return "conj_to"
        if any(child.lower_ == "that" and child.dep_ == "mark" for child in token.lefts):
            return "conj_that"
        return "conj_" + token.tag_
    if token.pos_ == "ADP":
        return "conj_prep"
    return "conj_noun" if token.pos_ in _NOMINAL else "conj_other"


def _adverbial(token: Token) -> str:
    if any(child.tag_ == "TO" for child in token.lefts):
        return "advcl_to"
    if token.tag_ in ("VBG", "VBN") and not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children):
        return "advcl_" + token.tag_
    return "advcl_finite"


def governor(token: Token, hits: Hits) -> tuple[Token, int]:
    """Return the nearest ancestor that carries a cue (else the root), and how many steps above it stands."""
    above, steps = token, 0
    while above.head.i != above.i:
        above = above.head
        steps += 1
        if above.i in hits.by_token:
            break
    return above, steps


def quoted(doc: Doc) -> list[bool]:
    """Tell of each token whether it stands inside quotation marks."""
    inside, flags = False, []
    for token in doc:
        text = token.text
        if "\n" in text:
            inside = False
        if text in ("“", "«", "„"):
            inside = True
        elif text in ("”", "»"):
            inside = False
        elif text == '"':
            inside = not inside
        flags.append(inside)
    return flags


def split_features(
    doc: Doc, candidate: Candidate, sentence: Span, bounds: tuple[int, int], hits: Hits, inside: list[bool]
) -> list[str]:
    """Name what is known of a candidate inside ``sentence``; ``bounds`` are the candidates before and after it."""
    token = candidate.token
    assert token is not None
    kind = candidate.kind
    head = token.head
    above, steps = governor(token, hits)
    words = [doc[i].lower_ for i in range(candidate.left + 1, candidate.at) if not doc[i].is_space]
    between = " ".join(words)
    opens = opening(doc, candidate.at, sentence.end)
    left_opens = opening(doc, bounds[0], candidate.left + 1)
    left_size, right_size = candidate.left + 1 - bounds[0], bounds[1] - candidate.at
    act, above_act, above_phrase = hits.act(token.i), hits.act(above.i), hits.phrase(above.i)
    steps = min(steps, 3)
    own_subject = any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.children)
    size = token.right_edge.i - token.left_edge.i + 1
    finite = token.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(c.dep_ == "aux" for c in token.children)
    subject = f"{own_subject:d}{finite:d}"
    chain = _chain(token)
    first_size = chain[0] if chain else 0
    least = min(chain) if chain else 0
    ahead = doc[candidate.at : min(candidate.at + 12, sentence.end)]
    verbs = sum(1 for word in doc[candidate.at : bounds[1]] if word.pos_ in ("VERB", "AUX"))
    left_verbs = sum(1 for word in doc[bounds[0] : candidate.left + 1] if word.pos_ in ("VERB", "AUX"))
    behind = candidate.left - sentence.start
    rest = sentence.end - candidate.at
    out = [
        "k=" + kind,
        "b=" + between,
        "o=" + opens,
        f"kb={kind}|{between}",
        f"ob={opens}|{between}",
        f"oo={left_opens}|{opens}|{between}",
        f"oa={opens}|{act}",
        f"og={opens}|{above_act}",
        f"ogb={opens}|{above_act}|{between}",
        f"op={opens}|{above_phrase}",
        f"os={opens}|{above_act}|{steps}",
        f"ka={kind}|{act}",
        f"kg={kind}|{above_act}|{steps}",
        f"kp={kind}|{above_phrase}",
        f"kd={kind}|{head.dep_}|{steps}",
        f"kl={kind}|{token.lemma_}",
        f"khl={kind}|{head.lemma_}",
        f"kr={kind}|{bucket(right_size)}",
        f"klz={kind}|{bucket(left_size)}",
        f"ksz={kind}|{bucket(size)}",
        f"or={opens}|{bucket(right_size)}",
        f"ol={opens}|{bucket(left_size)}",
        f"r={bucket(right_size)}",
        f"l={bucket(left_size)}",
        f"m={opens}|{bucket(min(left_size, right_size))}",
        f"mm={bucket(min(behind, rest))}|{opens}",
        f"be={bucket(behind)}|{opens}",
        f"re={bucket(rest)}|{opens}",
        f"sl={bucket(len(sentence) // 2)}",
        f"subj={kind}|{subject}",
        f"subjb={subject}|{between}|{act != '-'}",
        f"v={min(verbs, 2)}|{min(left_verbs, 2)}|{opens}",
        f"q={inside[candidate.at]}|{inside[candidate.left]}",
        f"ch={opens}|{len(chain)}|{bucket(least)}",
        f"chk={kind}|{min(len(chain), 4)}|{bucket(least)}",
        f"chm={kind}|{bucket(sum(chain) // max(1, len(chain)))}",
        f"chf={kind}|{bucket(first_size)}|{bucket(size)}",
        f"chg={above_act}|{min(len(chain), 4)}|{bucket(least)}|{steps}",
        f"num={any(word.like_num for word in ahead)}|{opens}",
        f"ent={any(word.ent_type_ for word in ahead)}|{opens}",
        f"sact={hits.act(sentence.root.i)}|{opens}",
        f"slist={sum(1 for word in sentence if word.text == ',') > 3}|{opens}|{between}",
        f"joint={_plural(sentence)}|{opens}|{above_act}",
    ]
    if opens.startswith(("np", "pp")):
        out += [
            f"nm={_modified(head)}|{_modified(token)}",
            f"nd={head.dep_}|{above_act}|{steps}",
            f"nl={token.lemma_}",
            f"nh={head.lemma_}",
            f"ng={above_phrase}|{head.dep_}",
            f"ne={bool(token.ent_type_)}|{bool(head.ent_type_)}",
            f"nr={any(c.dep_ in ('relcl', 'acl') for c in token.children)}|{kind}",
        ]
    return out


def told_apart(candidate: Candidate, hits: Hits) -> bool:
    """Tell a place where one act of telling follows another: "affirmed X, underscored Y and stressed Z".

    Both verbs are reporting cues in a finite form, and the first has something of its own to report.
    """
    token = candidate.token
    if token is None or not candidate.kind.startswith("conj_V"):
        return False
    head = token.head
    if token.tag_ not in _FINITE or head.tag_ not in _FINITE or head.i >= candidate.left:
        return False
    own, before = hits.by_token.get(token.i), hits.by_token.get(head.i)
    return own is not None and before is not None and "speech" == own.cue.cue_class == before.cue.cue_class


def opening(doc: Doc, start: int, end: int) -> str:
    """Name how a stretch opens: a finite verb, an infinitive, a participle, "that", a preposition, or a noun."""
    at = start
    while at < end and (doc[at].pos_ == "ADV" or doc[at].is_punct or doc[at].tag_ == "CC") and at < start + 4:
        at += 1
    if at >= end:
        return "none"
    token = doc[at]
    tag = token.tag_
    if tag in ("VBD", "VBZ", "VBP", "MD"):
        return "finite"
    if tag == "TO":
        return "to"
    if tag in ("VB", "VBG", "VBN"):
        return tag
    if tag in ("IN", "WDT", "WP", "WRB"):
        return token.lower_ if token.lower_ in ("that", "which", "who", "where", "when") else "pp_" + token.lower_
    verb = next(
        (word for word in doc[at : min(at + 18, end)] if word.tag_ in ("VBD", "VBZ", "VBP", "MD") and word.i > at), None
    )
    if verb is not None and any(
        at <= child.i < verb.i and child.dep_ in ("nsubj", "nsubjpass", "expl")
        for child in (*verb.children, *verb.head.children)
    ):
        return "clause"
    return "np"


def _chain(token: Token) -> list[int]:
    """The sizes in tokens of the members of a coordination; empty where ``token`` is in none."""
    members = sorted({token, *token.conjuncts}, key=lambda member: member.i)
    if len(members) < 2:
        return []
    starts = [member.left_edge.i for member in members]
    ends = [*starts[1:], members[-1].right_edge.i + 1]
    return [
        max(1, end - (start if number else members[0].i))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _plural(sentence: Span) -> bool:
    for child in sentence.root.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return child.tag_ in ("NNS", "NNPS") or child.lower_ in ("they", "both", "we") or any(child.conjuncts)
    return False


def _modified(token: Token) -> str:
    kinds = {child.dep_ for child in token.children}
    return "".join(
        letter
        for letter, deps in (
            ("a", ("amod", "compound")),
            ("d", ("det", "poss")),
            ("p", ("prep",)),
            ("r", ("relcl", "acl")),
        )
        if kinds & set(deps)
    )


def join_features(doc: Doc, before: Span, after: Span, hits: Hits, inside: list[bool]) -> list[str]:
    """Name what is known of two neighbouring sentences that may tell one point together."""
    broken = any("\n" in doc[i].text or "\n" in doc[i].whitespace_ for i in range(before.end - 1, after.start))
    last = before[-1].text
    cued, next_cued = _strong(before, hits), _strong(after, hits)
    q_before, q_after = inside[before.end - 1], inside[after.start]
    return [
        "k=sentence",
        f"s:break={broken}|{last}",
        f"s:q={q_before}|{q_after}|{broken}",
        f"s:cue={cued}|{next_cued}|{q_before}",
        f"s:len={bucket(len(before))}|{q_before}",
        f"s:len2={bucket(len(after))}|{q_after}",
        f"s:short={bucket(min(len(before), len(after)))}|{broken}",
        f"s:first={after[0].lower_}",
        f"s:bfirst={before[0].lower_}",
        f"s:verb={_has_verb(before)}|{_has_verb(after)}|{broken}",
        f"s:last={last}",
    ]


def _strong(span: Span, hits: Hits) -> str:
    hit = hits.by_token.get(span.root.i)
    return hit.cue.cue_class if hit is not None else "-"


def _has_verb(span: Span) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in span)
