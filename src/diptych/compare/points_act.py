"""The act of a point, and whether a stretch tells anything of the contact at all: features for the two models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.syntax import complement_of, is_negated, is_passive, modality_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from diptych.knowledge.cues import CueHit

_NECESSARY = frozenset({"should", "must", "need", "ought"})
_SKIP_POS = frozenset({"PUNCT", "SPACE", "DET", "PRON", "PROPN", "NUM", "SYM", "CCONJ"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that may be a point: token indices, its head, and the cue that governs it.

    ``own`` tells whether the cue stands in the stretch itself; ``line`` is the number of its paragraph.
    """

    start: int
    end: int
    head: Token
    cue: CueHit | None
    own: bool
    line: int
    quoted: bool


def table_act(segment: Segment, joint: bool) -> str:
    """The act that the table of cues gives; ``-`` where no cue governs the segment."""
    if segment.cue is None:
        return "-"
    verb = segment.head.doc[segment.cue.head]
    return segment.cue.cue.act(joint=joint, complement=complement_of(verb).kind)


def act_features(
    segment: Segment, holder: str | None, before: tuple[Segment, str, str] | None, position: int
) -> list[str]:
    """Name what is known of a segment; ``before`` is the one before it with its table act and its holder."""
    head = segment.head
    doc = head.doc
    joint = holder == "both"
    who = "J" if joint else "S"
    cue = segment.cue
    complement = complement_of(doc[cue.head] if cue is not None else head)
    kind = complement.kind
    inner = complement.head
    mode = (modality_of(inner) or "-") if inner is not None and inner.pos_ in ("VERB", "AUX") else "-"
    own_mode = modality_of(head) or "-"
    act = table_act(segment, joint)
    phrase = cue.cue.phrase if cue is not None else "-"
    verb = cue.cue.words[0] if cue is not None else "-"
    negative = is_negated(head)
    cue_class = cue.cue.cue_class if cue is not None else "-"
    opens = _opening(doc, segment.start, segment.end)
    same_line = before is not None and before[0].line == segment.line
    carried = before[1] if before is not None else "-"
    near = f"{carried}|{same_line:d}"
    subject = _subject_word(doc[cue.head] if cue is not None and segment.own else head)
    needs = _words(doc, segment, _NECESSARY)
    own = f"{segment.own:d}"
    place = str(min(position, 3))
    out = [
        f"a={act}|{own}",
        # Said more than once so that regularisation spares what the table of cues says.
        f"a2={act}|{own}",
        f"a3={act}|{own}",
        f"p2={phrase}|{who}|{own}",
        f"tense={_tense(head)}|{act}|{own}|{who}",
        f"ap={act}|{place}|{own}",
        f"aw={act}|{who}|{own}",
        f"p={phrase}|{own}",
        f"pw={phrase}|{who}",
        f"pwk={phrase}|{who}|{kind}",
        f"v={verb}|{own}",
        f"vw={verb}|{who}|{kind}",
        f"pm={phrase}|{mode}",
        f"am={act}|{mode}|{who}|{kind}",
        f"h={head.lemma_}",
        f"hw={head.lemma_}|{who}",
        f"ho={head.lemma_}|{own_mode}",
        f"hd={head.dep_}|{head.tag_}|{act}",
        f"m={own_mode}|{act}|{own}",
        f"n={negative}|{act}|{own}",
        f"np={negative}|{phrase}",
        f"w={who}",
        f"wh={holder}",
        f"cl={cue_class}|{who}|{own}",
        f"o={opens}|{act}|{own}",
        f"pos={place}",
        f"posw={place}|{cue_class}|{holder}",
        f"c={near}|{own}|{cue_class}",
        f"cn={carried}|{needs}|{own}",
        f"ct={carried}|{own}|{act}|{_tense(head)}",
        f"cw={carried}|{holder}|{own}|{act == '-'}",
        f"s={subject}",
        f"sa={subject}|{act}|{own}",
        f"sm={subject}|{own_mode}|{own}",
        f"need={needs}|{act}|{own}",
        f"q={segment.quoted}|{act}|{own}",
        f"pass={is_passive(head)}|{act}|{own}",
        f"k={kind}|{act}|{own}",
        f"len={_bucket(segment.end - segment.start)}|{act}|{own}",
    ]
    noun = _object_noun(inner)
    if noun is not None:
        out += [f"ob={phrase}|{noun}", f"obw={verb}|{noun}|{who}", f"on={noun}|{who}"]
    if inner is not None:
        out += [f"i={phrase}|{inner.lemma_}", f"il={inner.lemma_}|{who}", f"im={verb}|{mode}|{who}"]
    if not segment.own and cue is not None:
        out.append(f"x={cue.cue.phrase}|{opens}")
    if before is not None:
        out.append(f"bh={before[2]}|{holder}|{carried}|{own}")
    seen = set()
    for token in doc[segment.start : segment.end]:
        if token.pos_ not in _SKIP_POS and token.lemma_ not in seen:
            seen.add(token.lemma_)
            out.append("t=" + token.lemma_.lower())
    return out


def keep_features(doc: Doc, segment: Segment, holder: str | None, position: int, last: bool) -> list[str]:
    """Name what is known of a segment that may tell nothing of the contact: a heading, a lead-in, a question."""
    span = doc[segment.start : segment.end]
    text = span.text
    following = doc[segment.end].text if segment.end < len(doc) else ""
    closing = "".join(token.text for token in doc[segment.end : min(segment.end + 2, len(doc))])[:1]
    verbs = sum(1 for token in span if token.pos_ in ("VERB", "AUX"))
    finite = any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in span)
    letters = [c for c in text if c.isalpha()]
    upper = bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    cue_class = segment.cue.cue.cue_class if segment.cue is not None else "-"
    size = _bucket(len(span))
    first = span[0].lower_
    out = [
        f"v={min(verbs, 2)}|{finite}",
        f"vs={min(verbs, 2)}|{size}",
        f"f={following!r}",
        f"e={closing!r}|{size}",
        f"ec={closing!r}|{cue_class}|{segment.own}",
        f"u={upper}|{size}",
        f"c={cue_class}|{segment.own}",
        f"cs={cue_class}|{segment.own}|{size}",
        f"p={segment.cue.cue.phrase if segment.cue is not None else '-'}|{segment.own}",
        f"h={segment.head.lemma_}|{segment.head.pos_}",
        f"first={first}",
        f"two={first} {span[1].lower_ if len(span) > 1 else ''}",
        f"pos={min(position, 4)}",
        f"pv={min(position, 2)}|{finite}|{size}",
        f"last={last}|{finite}|{size}",
        f"w={holder}",
        f"wf={holder}|{finite}|{segment.quoted}",
        f"q={segment.quoted}|{finite}",
        f"mark={'?' in text}|{'[' in text}|{'http' in text}|{':' in text}",
        f"quest={text.rstrip().endswith('?') or following == '?'}",
    ]
    seen = set()
    for token in span:
        if token.pos_ not in _SKIP_POS and token.lemma_ not in seen:
            seen.add(token.lemma_)
            out.append("t=" + token.lemma_.lower())
    return out


def _tense(head: Token) -> str:
    """Name the tense of a clause: past is told, present and modal are what somebody says."""
    aux = [child for child in head.lefts if child.dep_ in ("aux", "auxpass", "cop")]
    for word in (*aux, head):
        if word.tag_ in ("MD", "VBD", "VBZ", "VBP"):
            return str(word.lower_ if word.tag_ == "MD" else "past" if word.tag_ == "VBD" else "present")
    return str(head.tag_)


def _object_noun(inner: Token | None) -> str | None:
    """The noun that a cue takes, through a preposition: "agreed on the *importance* of"."""
    if inner is None:
        return None
    if inner.pos_ == "ADP":
        inner = next((child for child in inner.children if child.dep_ == "pobj"), inner)
    return inner.lemma_.lower() if inner.pos_ in ("NOUN", "PROPN") else None


def _subject_word(verb: Token) -> str:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "expl"):
            if child.ent_type_ in ("PERSON", "GPE", "NORP", "ORG"):
                return str(child.ent_type_)
            return str(child.lemma_.lower())
    return "-"


def _words(doc: Doc, segment: Segment, words: frozenset[str]) -> str:
    for index in range(segment.start, segment.end):
        if doc[index].lower_ in words:
            return str(doc[index].lower_)
    return "-"


def _bucket(number: int) -> str:
    """Name the size of a stretch of tokens."""
    for limit in (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45):
        if number <= limit:
            return str(limit)
    return "more"


def _opening(doc: Doc, start: int, end: int) -> str:
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
