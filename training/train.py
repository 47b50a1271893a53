"""One command that trains everything again from the repository: ``python -m training.train``.

Needs the training extra (torch on the CPU will do) and the package itself: ``pip install -e '.[train]'``. Takes about
an hour and a half on two cores. Data beside the checkout (labelled passages from real texts, annotated real pairs) is
used where it is present and said so in the cards; without it everything trains on the repository alone.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch

from diptych.compare.align import Array, Encoder, Passage
from diptych.compare.decide import Models
from diptych.compare.features_pair import conflict_features
from diptych.compare.points_marks import Marker
from diptych.compare.relate_pairs import KINDS, passage_traits, scores_both_ways, similarity
from diptych.knowledge import load
from diptych.models.cross_encoder import DATA as WEIGHTS
from diptych.models.cross_encoder import load_cross_encoder
from diptych.models.encoder import load_encoder
from diptych.models.encoder_points import load_point_encoder
from diptych.models.parser import load_parser
from diptych.models.token_marker import load_token_marker
from training import cross_encoder, export, gold, point_encoder
from training.fit import Loose, fit
from training.gold import Item, Pair
from training.measure import Case, measure, with_found_points

#: Chosen on real pairs left out one by one, between links, one-sided calls and false omissions.
THRESHOLDS = {"accept": 0.34, "extra": 0.45, "undecided": 0.55, "differs_at": 0.5, "clash_at": 0.45}
POINT_ROUNDS = (
    point_encoder.PointRecipe(epochs=6),
    point_encoder.PointRecipe(epochs=5, rate=7e-5, items_a_step=32, seed=23),
)
CROSS_ROUNDS = (
    cross_encoder.Recipe(epochs=3),
    cross_encoder.Recipe(epochs=3, negatives=4, rate=7e-5, seed=17),
    cross_encoder.Recipe(epochs=2, negatives=3, rate=6e-5, seed=29, nearest=4, hard=0.85),
    cross_encoder.Recipe(epochs=2, negatives=3, rate=6e-5, seed=31, nearest=4, hard=0.85, items=2),
)
REAL, FOUND = 1.0, 0.7


@dataclass(frozen=True)
class ByPoints:
    """The point encoder in the place of the sentence encoder, to find tempting negatives."""

    model: point_encoder.PointNet

    def encode(self, texts: list[str]) -> Array:
        """Return vectors of bare passages."""
        return np.asarray(point_encoder.encode(self.model, [Passage(t) for t in texts]), dtype=np.float32)


def loose_items() -> list[Item]:
    """Contrast items that are not held out, all related real passages, and some unrelated ones."""
    passages = gold.point_pairs()
    unrelated = [i for i in passages if i.kind == "unrelated"]
    random.Random(1).shuffle(unrelated)
    return [*gold.contrast(held_out=False), *(i for i in passages if i.kind != "unrelated"), *unrelated[:700]]


def train_points(pairs: Sequence[Pair], items: Sequence[Item]) -> point_encoder.PointNet:
    """Train the point encoder in rounds and keep the mean of their weights, which travels best to real texts."""
    rounds: list[dict[str, torch.Tensor]] = []
    model = None
    for recipe in POINT_ROUNDS:
        model = point_encoder.fine_tune(pairs, items, recipe, start=rounds[-1] if rounds else None)
        rounds.append({name: value.clone() for name, value in model.state_dict().items()})
    assert model is not None
    model.load_state_dict({name: sum(r[name] for r in rounds) / len(rounds) for name in rounds[0]})
    return model


def train_cross(
    pairs: Sequence[Pair], items: Sequence[Item], encoder: Encoder, points: point_encoder.PointNet
) -> cross_encoder.Relater:
    """Train the cross-encoder in rounds, the later ones on the negatives that the point encoder finds tempting."""
    model, start = None, None
    for n, recipe in enumerate(CROSS_ROUNDS):
        by = encoder if n < 2 else ByPoints(points)
        model = cross_encoder.fine_tune(pairs, [*items] * recipe.items, by, recipe, start=start)
        start = {name: value.clone() for name, value in model.state_dict().items()}
    assert model is not None
    return model


def cases(encoder: Encoder, points: Any, parser: Any, knowledge: Any, marker: Marker) -> list[Case]:
    """Measure every pair, with the annotators' points and with those that the program finds."""
    out: list[Case] = []
    sources = [(p, k % 10, 1.0, False) for k, p in enumerate(gold.invented())]
    sources += [(p, k % 10, REAL, True) for n in (1, 2) for k, p in enumerate(gold.real(n))]
    for pair, fold, weight, real in sources:
        docs = parser(pair.text_a), parser(pair.text_b)
        out.append(measure(pair, docs, encoder, points, fold, weight, real))
        found = with_found_points(pair, docs, knowledge, marker)
        if found.a and found.b:
            out.append(measure(found, docs, encoder, points, fold, weight * FOUND, real, found=True))
    return out


def measure_loose(items: Sequence[Item], models: Models, parser: Any, knowledge: Any) -> Loose:
    """Measure loose items as ``diptych relate`` does."""
    texts = [(i.a.text, i.b.text) for i in items]
    scores, cosines = scores_both_ways(texts, models), similarity(texts, models)
    rows = [
        conflict_features(
            passage_traits("a", a, parser(a), knowledge), passage_traits("b", b, parser(b), knowledge), row, float(cos)
        )
        for (a, b), row, cos in zip(texts, scores, cosines, strict=True)
    ]
    return Loose(np.array(rows), np.array([KINDS.index(i.kind) for i in items]))


def main() -> None:
    """Train, export, fit, and write everything to the package's data folder."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fit-only", action="store_true", help="keep the fine-tuned models, fit the decision again")
    arguments.add_argument("--to", type=Path, default=WEIGHTS, help="folder that is written to")
    chosen = arguments.parse_args()
    encoder = load_encoder()
    pairs = gold.invented()
    unseen = gold.held_out(pairs)
    if not chosen.fit_only:
        seen = [p for p in pairs if p.id not in unseen]
        items = loose_items()
        notes = {"trained_by": "python -m training.train", "pairs": len(seen), "items": len(items)}
        points = train_points(seen, items)
        export.export(points, export.POINTS, chosen.to, "points", notes)
        export.export(train_cross(seen, items, encoder, points), export.RELATION, chosen.to, "relation", notes)
    parser, knowledge = load_parser(), load()
    small, cross = load_point_encoder(chosen.to), load_cross_encoder(chosen.to)
    held = gold.contrast(held_out=True)
    loose = measure_loose(held, Models(encoder, small, cross), parser, knowledge)
    fitted = fit(
        cases(encoder, small, parser, knowledge, load_token_marker(chosen.to)), unseen, cross, loose, THRESHOLDS
    )
    (chosen.to / "relation-decision.json").write_bytes(msgspec.json.encode(fitted.decision))


if __name__ == "__main__":
    main()
