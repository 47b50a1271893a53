"""The relation model by itself: how two passages outside any text stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from diptych.compare.align import Array, Passage
from diptych.compare.aspects import aspects, attitudes_apart
from diptych.compare.decide import Models
from diptych.compare.features import UNSEEN, Traits, traits
from diptych.compare.features_pair import pair_features
from diptych.compare.points import find_points
from diptych.compare.relate_conflict import Evidence, conflict_between
from diptych.records import ACT_STRENGTH, AspectWords, Document, PairKind, PairRelation, Point, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge

KINDS: tuple[PairKind, ...] = ("same", "differs", "conflict", "unrelated")


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
        evidence = Evidence(a, b, row, float(cos))
        related = 1 - float(chances[KINDS.index("unrelated")])
        conflict = conflict_between([a], [b], [evidence], related, models, ruled=False)
        if conflict is not None:
            out.append(PairRelation(kind="conflict", confidence=round(conflict.chance, 4), aspects=(conflict.words,)))
            continue
        kind, chance = without_conflict(chances)
        if kind == "same" and attitudes_apart([a], [b]) is not None:
            kind = "differs"
        found: tuple[AspectWords, ...] = aspects([a], [b]) if kind == "differs" else ()
        out.append(PairRelation(kind=kind, confidence=round(chance, 4), aspects=found))
    return out


def without_conflict(chances: npt.NDArray[np.float64]) -> tuple[PairKind, float]:
    """Return the likeliest kind of two passages that do not conflict, and how likely it is."""
    rest = [(float(chance), kind) for chance, kind in zip(chances, KINDS, strict=True) if kind != "conflict"]
    chance, kind = max(rest)
    return kind, chance / max(1e-9, sum(c for c, _ in rest))


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
