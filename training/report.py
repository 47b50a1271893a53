"""What the fit is worth on pairs that it has not seen: ``python -m training.report``.

Every pair is scored by trees and kinds that were fitted without it (ten folds; both annotations of a real pair are in
one fold, so that real pairs are left out one by one). The fine-tuned models have never seen a pair that is scored here.
The curves that turn log-odds into probabilities (two numbers each) are fitted on all answers out of fold.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np

from diptych.compare.decide import NOTHING, Models, Verdict, join, probabilities
from diptych.compare.features import score_grid
from diptych.compare.relate import relate_pairs, relations_of
from diptych.knowledge import load
from diptych.models.cross_encoder import CrossEncoder, load_cross_encoder
from diptych.models.encoder import load_encoder
from diptych.models.encoder_points import load_point_encoder
from diptych.models.parser import load_parser
from diptych.models.token_marker import load_token_marker
from eval.scoring.pairs import count, figures
from training import gold
from training.fit import Fitted, Loose, fit
from training.measure import Case
from training.train import THRESHOLDS, cases, measure_loose


def predict(fitted: Fitted, k: int, full: bool, sure: float) -> dict[str, Any]:
    """Compare one pair as the program does, with what was fitted without it."""
    case, decision = fitted.cases[k], fitted.decision
    linker = decision.full if full else decision.plain
    odds = (fitted.full if full else fitted.plain)[k].reshape(case.shape)
    points = probabilities((fitted.full_told if full else fitted.plain_told)[k])
    cells = probabilities(odds)
    joined = join(cells, linker)
    grid = score_grid(case.shape, fitted.looked[k], fitted.scores[k])
    picked = np.array([i * case.shape[1] + j for i, j in joined], dtype=np.int64)
    sides = points[: case.shape[0]], points[case.shape[0] :]
    verdict = Verdict(cells, *sides, joined, grid, fitted.rows[k][picked])
    unseen = msgspec.structs.replace(decision, differs=fitted.differs[case.fold], clash=fitted.clash[case.fold])
    models: Any = SimpleNamespace(decision=unseen, cross_encoder=True if full else None)
    relations = relations_of(case.table, verdict, models, False)
    linked = {i for r in relations for i in (*r.a, *r.b)}
    traits = (*case.table.a, *case.table.b)
    return {
        "points": [
            {"id": t.point.id, "side": t.point.side, "quote": t.point.quote, "start": t.point.start, "act": t.point.act}
            for t in traits
        ],
        "relations": [{"a": list(r.a), "b": list(r.b), "kind": r.kind} for r in relations],
        "undecided": [
            t.point.id for t, p in zip(traits, points, strict=True) if t.point.id not in linked and 1 - p < sure
        ],
    }


def annotation(case: Case) -> dict[str, Any]:
    """The annotators' own points and relations of a case, in the scorer's form."""
    pair = case.pair
    return {
        "points": [
            {"id": p.id, "side": p.side, "quote": p.quote, "start": p.start, "act": p.act} for p in (*pair.a, *pair.b)
        ],
        "relations": [
            {"a": [pair.a[i].id for i in a], "b": [pair.b[j].id for j in b], "kind": kind} for a, b, kind in pair.groups
        ],
    }


def scored(fitted: Fitted, chosen: Iterable[int], full: bool, sure: float) -> dict[str, float]:
    """Score some cases against the annotation whose points they were measured with, or that lies beneath them."""
    own: dict[tuple[str, int], Case] = {}
    turn: Counter[tuple[str, bool]] = Counter()
    which: dict[int, tuple[str, int]] = {}
    for k, case in enumerate(fitted.cases):
        which[k] = (case.pair.id, turn[case.pair.id, case.found])
        turn[case.pair.id, case.found] += 1
        if not case.found:
            own[which[k]] = case
    total: Counter[str] = Counter()
    for k in chosen:
        case = own[which[k]]
        texts = {"A": case.pair.text_a, "B": case.pair.text_b}
        total += count(texts, annotation(case), predict(fitted, k, full, sure))
    return figures(total)


def calibration_error(chances: np.ndarray, truth: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: the mean distance between what was said and what was so, over ten bins."""
    where = np.minimum((chances * bins).astype(int), bins - 1)
    return float(
        sum(
            (where == n).mean() * abs(chances[where == n].mean() - truth[where == n].mean())
            for n in range(bins)
            if (where == n).any()
        )
    )


def reliability(fitted: Fitted, chosen: Sequence[int]) -> tuple[float, float]:
    """Calibration error of the probabilities that cells are joined and that points are told."""
    seen = [fitted.full[k] > NOTHING for k in chosen]
    cells = np.concatenate([probabilities(fitted.full[k][s]) for k, s in zip(chosen, seen, strict=True)])
    joined = np.concatenate([fitted.cases[k].joined[s] for k, s in zip(chosen, seen, strict=True)])
    points = np.concatenate([probabilities(fitted.full_told[k]) for k in chosen])
    tables = [fitted.cases[k].joined.reshape(fitted.cases[k].shape) for k in chosen]
    truth = np.concatenate([np.concatenate([t.any(axis=1), t.any(axis=0)]) for t in tables])
    return calibration_error(cells, joined), calibration_error(points, truth)


def say(line: str) -> None:
    """Write one line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measured() -> tuple[list[Case], frozenset[str], CrossEncoder, Loose]:
    """Measure all pairs and loose passages with the packaged models.

    Returns the cases, the ids of pairs that the fine-tuned models have not seen, the cross-encoder, and the passages.
    """
    encoder, points, cross = load_encoder(), load_point_encoder(), load_cross_encoder()
    parser, knowledge = load_parser(), load()
    loose = measure_loose(gold.contrast(held_out=True), Models(encoder, points, cross), parser, knowledge)
    return cases(encoder, points, parser, knowledge, load_token_marker()), gold.held_out(gold.invented()), cross, loose


def contrast_lines(fitted: Fitted, cross: CrossEncoder) -> Iterable[str]:
    """The contrast items that are kept for testing, judged as ``diptych relate`` does, where they are present."""
    folder = gold.shared()
    items = gold.contrast([folder / "gold" / "contrast.jsonl"]) if folder else []
    if not items:
        return
    models = Models(load_encoder(), load_point_encoder(), cross, fitted.decision)
    told = relate_pairs([(i.a.text, i.b.text) for i in items], load_parser(), models, load())
    kinds = [(item.kind, str(found.kind)) for item, found in zip(items, told, strict=True)]
    table = Counter(kinds)
    sent, gold_kind = Counter(found for _, found in kinds), Counter(kind for kind, _ in kinds)
    right = sum(table[kind, kind] for kind in gold_kind)
    related = table["same", "same"] + table["same", "differs"]
    yield f"contrast, {len(items)} items: accuracy {right / len(items):.3f}"
    yield f"conflict: precision {table['conflict', 'conflict'] / max(1, sent['conflict']):.3f}"
    yield f"conflict: recall {table['conflict', 'conflict'] / gold_kind['conflict']:.3f}"
    yield f"same called same or differs {related / gold_kind['same']:.3f}"
    yield f"unrelated called unrelated {table['unrelated', 'unrelated'] / gold_kind['unrelated']:.3f}"
    sure, so = np.array([found.confidence for found in told]), np.array([kind == found for kind, found in kinds])
    yield f"calibration error {calibration_error(sure, so):.3f}"


def main() -> None:
    """Fit out of fold with the packaged models and print the tables."""
    measured_cases, unseen, cross, loose = measured()
    fitted = fit(measured_cases, unseen, cross, loose, THRESHOLDS)
    for line in contrast_lines(fitted, cross):
        say(line)
    for real in (True, False):
        for found in (False, True):
            chosen = [k for k, c in enumerate(fitted.cases) if c.real == real and c.found == found]
            if not chosen:
                continue
            say(f"\n{'real' if real else 'invented'} pairs, {'found' if found else 'given'} points")
            for full in (False, True):
                for sure in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8):
                    row = scored(fitted, chosen, full, sure)
                    shown = "  ".join(f"{name} {value:.3f}" for name, value in row.items() if value is not None)
                    say(f"{'with' if full else 'without'} cross-encoder, sure {sure:.1f}: {shown}")
            say("calibration error of cells and points: {:.3f} {:.3f}".format(*reliability(fitted, chosen)))


if __name__ == "__main__":
    main()
