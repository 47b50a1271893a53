"""The relation model by itself: how two passages outside any text stand to each other."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from diptych.compare.align import Array, Passage
from diptych.compare.aspects import aspects, grounds_for_conflict, refusals
from diptych.compare.decide import Models
from diptych.compare.features import UNSEEN, Traits, clash_of_days, clash_of_numbers, traits
from diptych.compare.points import find_points
from diptych.records import ACT_STRENGTH, AspectWords, Document, PairKind, PairRelation, Point, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge

KINDS: tuple[PairKind, ...] = ("same", "differs", "conflict", "unrelated")

#: What is measured on two passages, in the order of :func:`pair_features`.
PAIR = (
    "same_or_differs",
    "conflict",
    "unrelated",
    "cos",
    "overlap",
    "contained",
    "names",
    "number_shared",
    "number_clash",
    "number_other",
    "number_alone",
    "day_shared",
    "day_clash",
    "day_alone",
    "refusal_differs",
    "refusal_and_overlap",
    "ground",
    "strength_gap",
    "length_ratio",
    "verbatim",
    "verbatim_replaced",
    "verbatim_added",
    "verbatim_denied",
    "denials_differ",
    "place_in_order",
)

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_DENIAL = frozenset(("no", "not", "none", "never", "nor", "neither", "nothing", "without", "cannot", "nobody"))
_ORDER = frozenset(
    (
        *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "twentieth", "last", "next", "previous"),
        *("spring", "summer", "autumn", "winter", "early", "late", "before", "after", "start", "end"),
    )
)
#: From this share of common words on, two passages are near-verbatim: what still differs was changed on purpose.
VERBATIM = 0.6
#: How likely a conflict must be to be called one.
CONFLICT_AT = 0.6


def relate_pairs(
    pairs: Sequence[tuple[str, str]], parser: Language, models: Models, kb: Knowledge
) -> list[PairRelation]:
    """Say for each two passages how they stand to each other, supposing that both tell of one contact."""
    sides = [(_read("a", a, parser, kb), _read("b", b, parser, kb)) for a, b in pairs]
    scores = scores_both_ways(pairs, models)
    cosines = similarity(pairs, models)
    out = []
    for (a, b), row, cos in zip(sides, scores, cosines, strict=True):
        chances = pair_probabilities(pair_features(a, b, row, float(cos)), models)
        kind = decided(chances)
        found: tuple[AspectWords, ...] = ()
        if kind == "differs":
            found = aspects([a], [b])
        elif kind == "conflict":
            ground = grounds_for_conflict([a], [b])
            found = (ground.words,) if ground else aspects([a], [b])[:1]
        out.append(PairRelation(kind=kind, confidence=round(float(chances[KINDS.index(kind)]), 4), aspects=found))
    return out


def decided(chances: npt.NDArray[np.float64]) -> PairKind:
    """Return the likeliest kind; a conflict, the costliest error, only where it is likelier than all else together."""
    order = np.argsort(-chances)
    first = KINDS[int(order[0])]
    return KINDS[int(order[1])] if first == "conflict" and chances[order[0]] < CONFLICT_AT else first


def scores_both_ways(pairs: Sequence[tuple[str, str]], models: Models) -> Array:
    """Return the cross-encoder's log-odds of each pair, the mean of both orders; it has none: as of pairs not seen."""
    if models.cross_encoder is None or not pairs:
        return np.tile(UNSEEN, (len(pairs), 1))
    ones, twos = [Passage(a) for a, _ in pairs], [Passage(b) for _, b in pairs]
    cells = [(k, k) for k in range(len(pairs))]
    there, back = models.cross_encoder.score(ones, twos, cells), models.cross_encoder.score(twos, ones, cells)
    return np.asarray((there + back) / 2, dtype=np.float32)


def similarity(pairs: Sequence[tuple[str, str]], models: Models) -> Array:
    """Return the encoder's similarity of each pair."""
    ones, twos = models.encoder.encode([a for a, _ in pairs]), models.encoder.encode([b for _, b in pairs])
    return np.asarray((ones * twos).sum(axis=1), dtype=np.float32)


def pair_features(a: Traits, b: Traits, scores: Array, cos: float) -> list[float]:
    """Measure two passages; ``scores`` are the cross-encoder's log-odds of same, differs, conflict, unrelated."""
    joined = float(np.logaddexp(scores[0], scores[1]))
    numbers, days = clash_of_numbers(a.numbers, b.numbers), clash_of_days(a.days, b.days)
    shared = a.words & b.words
    names = a.names & b.names
    contained = len(shared) / max(1, min(len(a.words), len(b.words)))
    refused = bool(refusals([a])) != bool(refusals([b]))
    strengths = ACT_STRENGTH[a.point.act], ACT_STRENGTH[b.point.act]
    return [
        float(scores[0] - scores[1]),
        float(scores[2]) - joined,
        float(scores[3]) - float(np.logaddexp(joined, scores[2])),
        cos,
        len(shared) / max(1, len(a.words | b.words)),
        contained,
        len(names) / max(1, min(len(a.names), len(b.names))),
        float(numbers[0]),
        float(numbers[1] and not numbers[0]),
        float(bool(a.numbers) and bool(b.numbers) and not numbers[0]),
        float(bool(a.numbers) != bool(b.numbers)),
        float(days[0]),
        float(days[1]),
        float(bool(a.days) != bool(b.days)),
        float(refused),
        float(refused) * contained,
        float(grounds_for_conflict([a], [b]) is not None),
        float(abs(strengths[0] - strengths[1])) / 8 if all(strengths) else 0.0,
        abs(math.log(a.length / b.length)),
        *_edits(a.point.quote, b.point.quote),
    ]


def _edits(a: str, b: str) -> list[float]:
    """Measure what was changed between two passages that are nearly word for word the same."""
    ours, theirs = ([w.lower() for w in _WORD.findall(text)] for text in (a, b))
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    ratio = matcher.ratio()
    near = float(ratio >= VERBATIM)
    replaced = added = 0
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "replace":
            replaced += max(j - i, m - k)
        elif tag != "equal":
            added += (j - i) + (m - k)
    denials = [sum(w in _DENIAL or w.endswith(("n't", "n’t")) for w in words) for words in (ours, theirs)]
    ordered = [_ORDER & set(words) for words in (ours, theirs)]
    denied = float(denials[0] % 2 != denials[1] % 2)
    return [
        ratio * near,
        near * min(1.0, replaced / 4),
        near * min(1.0, added / 6),
        near * denied,
        denied,
        float(bool(ordered[0] - ordered[1]) and bool(ordered[1] - ordered[0])),
    ]


def pair_probabilities(values: Sequence[float], models: Models) -> npt.NDArray[np.float64]:
    """Return the probabilities of same, differs, conflict and unrelated."""
    odds = np.array([curve.score(values) for curve in models.decision.pair])
    strength = np.exp(odds - odds.max())
    out: npt.NDArray[np.float64] = strength / strength.sum()
    return out


def _read(side: Literal["a", "b"], text: str, parser: Language, kb: Knowledge) -> Traits:
    doc = parser(text)
    return passage_traits(side, text, doc, kb)


def passage_traits(side: Literal["a", "b"], text: str, doc: Doc, kb: Knowledge) -> Traits:
    """Measure a whole passage as one point; its act is the strongest that is read in it."""
    document = Document(id=side, uri=side, text=text)
    found = find_points(side, document, doc, Reading(document=document), kb)
    strongest = max(found, key=lambda p: ACT_STRENGTH[p.act], default=None)
    whole = Point(
        id=side,
        side=side,
        start=0,
        end=len(text),
        quote=text,
        act=strongest.act if strongest else "state",
        holder=strongest.holder if strongest else side,
        cue=strongest.cue if strongest else None,
        subject=strongest.subject if strongest else None,
        negated=any(p.negated for p in found),
    )
    return traits([whole], doc, text)[0]
