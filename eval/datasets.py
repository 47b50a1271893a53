"""The annotated sets: where they lie, how they are predicted, how they are scored. A crash is a miss."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diptych.clean import to_document
from diptych.pipeline import Engine
from diptych.records import Document, RawDocument
from diptych.report.contract import comparison_object, reading_object
from eval.scoring import articles, pairs
from eval.scoring.figures import share

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "eval" / "gold"
SHARED = Path(os.environ.get("DIPTYCH_SHARED", ROOT.parent / "shared"))
Figures = dict[str, float | None]
INT8_MARGIN = 0.03


@dataclass(frozen=True)
class Dataset:
    """An annotated set: its files (hashed, so that a figure names what it was taken on) and how it is scored.

    ``margin`` is how far below a measured figure its floor lies: more where int8 models decide, whose arithmetic
    differs a little from processor to processor.
    """

    name: str
    files: tuple[Path, ...]
    score: Callable[[Engine], Figures]
    margin: float = 0.005

    @property
    def present(self) -> bool:
        """Whether all its files are there."""
        return bool(self.files) and all(file.exists() for file in self.files)

    @property
    def hash(self) -> str:
        """SHA-256 over its files."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()


def plain_document(text: str, uri: str) -> Document:
    """A plain text as a user would give it, through the same cleaning."""
    body = text.encode("utf-8")
    raw = RawDocument(
        uri=uri,
        media_type="text/plain",
        fetched_at=dt.datetime.now(dt.UTC),
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
    )
    return to_document(raw)


def datasets() -> Iterator[Dataset]:
    """All sets that the gate knows, present or not."""
    own = GOLD / "articles"
    yield Dataset("articles-own", _files(own, "*"), lambda engine: _score_articles(engine, own, own))
    alone = GOLD / "statements"
    yield Dataset("statements-own", _files(alone, "*"), lambda engine: _score_statements(engine, alone))
    pages = GOLD / "contacts"
    yield Dataset("contacts-own", _files(pages, "1*"), lambda engine: _score_contacts(engine, pages))
    texts, gold = SHARED / "seeds", SHARED / "gold" / "articles"
    yield Dataset(
        "articles-real", (*_files(texts, "*.txt"), *_files(gold, "*.json")), lambda e: _score_articles(e, texts, gold)
    )
    invented = GOLD / "invented"
    yield Dataset(
        "pairs-invented",
        (invented / "pairs.jsonl", *_files(invented / "second", "*.json")),
        lambda engine: _score_pairs(engine, invented / "pairs.jsonl", [invented / "second"]),
        INT8_MARGIN,
    )
    real = SHARED / "gold" / "pairs"
    annotators = [real / "ann1", real / "ann2"]
    yield Dataset(
        "pairs-real",
        (real / "pairs.jsonl", *(file for folder in annotators for file in _files(folder, "*.json"))),
        lambda engine: _score_pairs(engine, real / "pairs.jsonl", annotators),
        INT8_MARGIN,
    )
    contrast = SHARED / "gold" / "contrast.jsonl"
    yield Dataset("contrast", (contrast,), lambda engine: _score_contrast(engine, contrast), INT8_MARGIN)


def _files(folder: Path, pattern: str) -> tuple[Path, ...]:
    return tuple(sorted(file for file in folder.glob(pattern) if file.is_file()))


def _score_articles(engine: Engine, texts: Path, gold: Path) -> Figures:
    total: Counter[str] = Counter()
    for file in _files(gold, "*.json"):
        raw = (texts / f"{file.stem}.txt").read_text("utf-8")
        predicted = _caught(
            file.stem, lambda raw=raw, uri=file.stem: reading_object(engine.parse(plain_document(raw, uri)).reading)
        )
        total += articles.count(raw, json.loads(file.read_text("utf-8")), predicted)
    return articles.figures(total)


def _score_statements(engine: Engine, folder: Path) -> Figures:
    """Only what these articles have gold for."""
    figures = _score_articles(engine, folder, folder)
    kept = ("statement", "absences", "contested", "missing")
    return {name: value for name, value in figures.items() if name.startswith(kept)}


def _score_contacts(engine: Engine, pages: Path) -> Figures:
    """The figures of articles that concern the page and its contacts; statements are not annotated there."""
    kept = ("body_f1", "meta", "missing")
    found = _score_articles(engine, pages, pages)
    return {name: value for name, value in found.items() if name in kept or name.startswith("contact")}


def _score_pairs(engine: Engine, pairs_file: Path, annotators: list[Path]) -> Figures:
    """Predict each pair once and score it against every annotator; figures are the mean over annotators."""
    predictions: dict[str, dict[str, Any] | None] = {}
    per_annotator: list[dict[str, float]] = []
    texts = {}
    with pairs_file.open(encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            texts[pair["pair_id"]] = {"A": pair["sides"][0]["text"], "B": pair["sides"][1]["text"]}
    for folder in annotators:
        total: Counter[str] = Counter()
        for file in _files(folder, "*.json"):
            sides = texts[file.stem]
            if file.stem not in predictions:
                predictions[file.stem] = _caught(file.stem, lambda sides=sides: _compare(engine, sides))
            total += pairs.count(sides, json.loads(file.read_text("utf-8")), predictions[file.stem])
        per_annotator.append(pairs.figures(total))
    return {name: round(sum(f[name] for f in per_annotator) / len(per_annotator), 3) for name in per_annotator[0]}


def _compare(engine: Engine, sides: dict[str, str]) -> dict[str, Any]:
    a, b = (plain_document(sides[side], f"{side}.txt") for side in "AB")
    return comparison_object(engine.compare(a, b))


def _score_contrast(engine: Engine, file: Path) -> Figures:
    items = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    results = engine.relate([(item["a"], item["b"]) for item in items])
    confusion = Counter((item["label"], result.kind) for item, result in zip(items, results, strict=True))
    kinds = ("same", "differs", "conflict", "unrelated")
    right = sum(confusion[kind, kind] for kind in kinds)
    per_kind = {}
    for kind in kinds:
        sent = sum(confusion[gold, kind] for gold in kinds)
        told = sum(confusion[kind, other] for other in kinds)
        both = confusion[kind, kind]
        per_kind[f"{kind}_f1"] = round(2 * both / (sent + told), 3) if sent + told else 0.0
    return {"accuracy": share(right, len(items)), **per_kind}


def _caught(name: str, predict: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    try:
        return predict()
    except Exception as error:
        print(f"  {name}: {type(error).__name__}: {error}", file=sys.stderr)
        return None
