"""Relations between the points of two accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diptych.compare.align import Array, Encoder
from diptych.compare.aspects import aspects, attitudes_apart
from diptych.compare.decide import Models, Verdict, confidence, differs_probability, groups, weigh
from diptych.compare.features import Table, Traits, tabulate, traits
from diptych.compare.relate_conflict import Evidence, conflict_between
from diptych.compare.relate_pairs import relate_pairs
from diptych.records import AspectWords, Nearest, Point, Relation, RelationKind

__all__ = ["Related", "relate_pairs", "relate_points"]

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A sentence of the other text is a passage of its own where points cover less than this share of it.
UNCOVERED = 0.5


@dataclass(frozen=True)
class Related:
    """All that relating two lists of points gives; every point is in a relation, in one ``only_``, or undecided."""

    relations: tuple[Relation, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    undecided: tuple[str, ...]
    nearest: dict[str, Nearest]


def relate_points(
    points_a: Sequence[Point],
    doc_a: Doc,
    points_b: Sequence[Point],
    doc_b: Doc,
    models: Models,
    undecided: float | None = None,
    across_languages: bool = False,
    passages: bool = True,
) -> Related:
    """Relate the points of two accounts; the docs are the parses of the two texts.

    ``undecided`` is how sure a one-sided call must be (0 decides everything; None: the calibrated default).
    ``passages``: besides points, sentences of the other text that hold none count as its nearest passages too.
    """
    a, b = traits(points_a, doc_a, doc_a.text), traits(points_b, doc_b, doc_b.text)
    table = tabulate(a, b, models.encoder)
    verdict = weigh(table, models, across_languages)
    relations = tuple(relations_of(table, verdict, models, across_languages))
    linked = {i for r in relations for i in (*r.a, *r.b)}
    sure = models.decision.undecided if undecided is None else undecided
    only: dict[str, list[str]] = {"a": [], "b": []}
    open_: list[str] = []
    for side, told in ((a, verdict.told_a), (b, verdict.told_b)):
        for trait, probability in zip(side, told, strict=True):
            if trait.point.id not in linked:
                alone = 1 - probability >= sure
                (only[trait.point.side] if alone else open_).append(trait.point.id)
    alone_a, alone_b = set(only["a"]), set(only["b"])
    near = {
        **_nearest(a, table.vectors_a, alone_a, b, table.vectors_b, doc_b, models.encoder, passages),
        **_nearest(b, table.vectors_b, alone_b, a, table.vectors_a, doc_a, models.encoder, passages),
    }
    return Related(relations, tuple(only["a"]), tuple(only["b"]), tuple(open_), near)


def relations_of(table: Table, verdict: Verdict, models: Models, across_languages: bool) -> list[Relation]:
    """Return the relations that a verdict amounts to: groups, their kinds, their aspects, and why."""
    where = {cell: k for k, cell in enumerate(verdict.joined)}
    out = []
    for ids_a, ids_b in groups(verdict.joined, verdict.cells):
        a, b = [table.a[i] for i in ids_a], [table.b[j] for j in ids_b]
        cells = [(i, j) for i in ids_a for j in ids_b]
        best = max(cells, key=lambda c: verdict.cells[c])
        differing = differs_probability(models.decision, verdict.rows[where[best]], len(cells))
        evidence = [
            Evidence(table.a[i], table.b[j], verdict.grid[i, j], float(table.similarity.table[i, j])) for i, j in cells
        ]
        linked = confidence(ids_a, ids_b, verdict.cells)
        kind, found, because = _kind(a, b, differing, evidence, linked, models, across_languages)
        out.append(
            Relation(
                a=tuple(t.point.id for t in a),
                b=tuple(t.point.id for t in b),
                kind=kind,
                aspects=found,
                confidence=round(linked, 4),
                because=because,
            )
        )
    return out


def _kind(
    a: Sequence[Traits],
    b: Sequence[Traits],
    differing: float,
    evidence: Sequence[Evidence],
    linked: float,
    models: Models,
    across: bool,
) -> tuple[RelationKind, tuple[AspectWords, ...], str]:
    if across:
        return "same", (), "cross-lingual: vectors of the two passages"
    conflict = conflict_between(a, b, evidence, linked, models, ruled=True)
    if conflict is not None:
        others = [w for w in aspects(a, b) if w.aspect not in (conflict.words.aspect, "framing")]
        return "conflict", (conflict.words, *others), conflict.because
    model = "relation model" if models.cross_encoder is not None else "features"
    if differing >= models.decision.differs_at:
        return "differs", aspects(a, b), model
    if attitudes_apart(a, b) is not None:
        return "differs", aspects(a, b), "rule: attitudes apart"
    return "same", (), model


def _nearest(
    ours: Sequence[Traits],
    our_vectors: Array,
    alone: set[str],
    theirs: Sequence[Traits],
    their_vectors: Array,
    doc: Doc,
    encoder: Encoder,
    passages: bool,
) -> dict[str, Nearest]:
    """Find for each of our one-sided points the passage of the other text that comes nearest."""
    spans = [(t.point.start, t.point.end) for t in theirs]
    loose = _uncovered(doc, spans) if passages else []
    vectors = [their_vectors] if spans else []
    if loose:
        vectors.append(encoder.encode([doc.text[x:y] for x, y in loose]))
    if not vectors:
        return {}
    spans += loose
    stacked = np.concatenate(vectors)
    verbatim: str = doc.user_data.get("verbatim", doc.text)
    out = {}
    for trait, vector in zip(ours, our_vectors, strict=True):
        if trait.point.id in alone:
            row = stacked @ vector
            k = int(row.argmax())
            start, end = spans[k]
            similarity = round(float(min(1.0, max(0.0, row[k]))), 4)
            out[trait.point.id] = Nearest(quote=verbatim[start:end], start=start, end=end, similarity=similarity)
    return out


def _uncovered(doc: Doc, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the sentences that points cover less than half of."""
    out = []
    whole = doc.text
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        covered = sum(max(0, min(end, y) - max(start, x)) for x, y in spans)
        text = whole[start:end]
        if text.strip() and covered < UNCOVERED * (end - start):
            lead = len(text) - len(text.lstrip())
            out.append((start + lead, start + lead + len(text.strip())))
    return out
