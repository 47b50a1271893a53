"""Train the two small models by which points are read: what to keep, which act.

usage: python -m eval.train_points [--real] [--out FOLDER]

Trains on the pairs of invented states; ``--real`` adds the real pairs beside the checkout (for leave-one-out use
:func:`train` with ``leave``). Where to cut is the token marker's (``python -m training.token_marker``, first). Needs
scikit-learn; the package reads the weights with numpy alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from diptych.compare.points import cut, describe, find_hits, trim
from diptych.compare.points_marks import Marker, read_marks
from diptych.compare.points_model import LinearModel
from diptych.compare.points_sides import find_sides
from diptych.knowledge import load
from diptych.knowledge.cues import CueIndex
from diptych.models.token_marker import load_token_marker
from diptych.records import Reading
from diptych.syntax import sentences
from eval.points import GoldSide, document_of, gold_sides, sets

if TYPE_CHECKING:
    from spacy.tokens import Doc

OUT = Path(__file__).resolve().parents[1] / "src" / "diptych" / "compare" / "data"
#: A feature seen less often than this is left out; strength of regularisation (scikit-learn's C).
LEAST = 3
STRENGTH = {"keep": 0.3, "act": 0.03}
DECIMALS = 3


@dataclass
class Rows:
    """Examples of one task: sets of named features, labels, weights."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, features: list[str], label: str, weight: float) -> None:
        self.features.append(features)
        self.labels.append(label)
        self.weights.append(weight)


@dataclass(frozen=True)
class Parsed:
    """An annotated side with its parse and the owner of each token: the number of its gold point, or -1."""

    gold: GoldSide
    doc: Doc
    owner: tuple[int, ...]
    weight: float


def owners(side: GoldSide, doc: Doc) -> tuple[int, ...]:
    """The gold point of each token, -1 where there is none."""
    found = [-1] * len(doc)
    for number, point in enumerate(side.points):
        for token in doc:
            if token.idx < point.end and token.idx + len(token) > point.start:
                found[token.i] = number
    return tuple(found)


def fit(rows: Rows, strength: float) -> LinearModel:
    """Fit a logistic regression and return it in the form that the package reads."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for features in rows.features for name in set(features))
    vocabulary = sorted(name for name, times in seen.items() if times >= LEAST)
    column = {name: number for number, name in enumerate(vocabulary)}
    pointers, indices = [0], []
    for features in rows.features:
        indices += sorted({column[name] for name in features if name in column})
        pointers.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(rows.features), len(vocabulary)))
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit(matrix, rows.labels, sample_weight=rows.weights)
    return LinearModel([str(name) for name in model.classes_], vocabulary, model.coef_.T.copy(), model.intercept_)


def segment_rows(parsed: Iterable[Parsed], index: CueIndex, marker: Marker) -> tuple[Rows, Rows]:
    """Stretches labelled by whether they are points and by their act: as annotated, and as the program cuts them."""
    keep, act = Rows(), Rows()
    kb = load()
    for item in parsed:
        doc, spans = item.doc, sentences(item.doc)
        hits = find_hits(doc, index)
        document = document_of(item.gold)
        sides = find_sides(document, doc, spans, Reading(document=document), kb)
        for bounds, predicted in (
            (_gold_bounds(item), False),
            (cut(doc, spans, hits, read_marks(doc, spans, marker)), True),
        ):
            for described in describe(doc, bounds, hits, sides):
                segment = described.segment
                inside = [
                    item.owner[i]
                    for i in range(segment.start, segment.end)
                    if not doc[i].is_punct and not doc[i].is_space
                ]
                if not inside:
                    continue
                marked = [number for number in inside if number >= 0]
                kept = len(marked) * 2 >= len(inside)
                if predicted:
                    keep.add(described.keep, "yes" if kept else "no", item.weight)
                if kept:
                    label = item.gold.points[Counter(marked).most_common(1)[0][0]].act
                    act.add(described.act, label, item.weight)
    return keep, act


def _gold_bounds(item: Parsed) -> tuple[tuple[int, int], ...]:
    bounds = []
    for number in range(len(item.gold.points)):
        places = [i for i, owner in enumerate(item.owner) if owner == number]
        span = trim(item.doc, places[0], places[-1] + 1) if places else None
        if span is not None:
            bounds.append(span)
    return tuple(sorted(bounds))


def train(parsed: list[Parsed], leave: str | None = None) -> dict[str, LinearModel]:
    """Train both models, without the pair ``leave``."""
    index = CueIndex(load().cues)
    items = [item for item in parsed if item.gold.pair != leave]
    keep, act = segment_rows(items, index, load_token_marker())
    return {"keep": fit(keep, STRENGTH["keep"]), "act": fit(act, STRENGTH["act"])}


def read_all(real: bool) -> list[Parsed]:
    """Parse the annotated pairs; a real pair counts half for each of its two annotators."""
    from diptych.models.parser import load_parser

    nlp = load_parser()
    parses: dict[str, Any] = {}
    found = []
    for name in ("invented", "pairs") if real else ("invented",):
        for pairs, gold in sets(name):
            for side in gold_sides(pairs, gold):
                if side.text not in parses:
                    parses[side.text] = nlp(side.text)
                doc = parses[side.text]
                found.append(Parsed(side, doc, owners(side, doc), 1.0))
    return found


def write(models: dict[str, LinearModel], folder: Path) -> None:
    """Write the weights, rounded, without the features that came to nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in models.items():
        (folder / f"points_{name}.json").write_text(json.dumps(model.to_record(DECIMALS), ensure_ascii=False), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    models = train(read_all(options.real))
    write(models, options.out)
    for name, model in models.items():
        print(f"{name}: {len(model.classes)} classes, {model.size} features")


if __name__ == "__main__":
    main()
