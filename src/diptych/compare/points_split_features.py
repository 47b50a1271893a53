"""The features by which a model decides whether to cut where a sentence may be cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from diptych.compare.points_split import Candidate, Hits


def bucket(number: int) -> str:
    """Name the size of a stretch of tokens."""
    for limit in (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45):
        if number <= limit:
            return str(limit)
    return "more"


def governor(token: Token, hits: Hits) -> tuple[Token, int]:
    """Return the nearest ancestor that carries a cue (else the root), and how many steps above it stands."""
    above, steps = token, 0
    while above.head.i != above.i:
        above = above.head
        steps += 1
        if above.i in hits.by_token:
            break
    return above, steps


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
