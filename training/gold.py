"""Annotated pairs as the training reads them."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from diptych.compare.align import Passage, passage
from diptych.records import Point

ROOT = Path(__file__).resolve().parent.parent
INVENTED = ROOT / "eval" / "gold" / "invented"
DATA = ROOT / "training" / "data"


def shared() -> Path | None:
    """Return the folder with data that is not in the repository, where there is one."""
    folder = Path(os.environ.get("DIPTYCH_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "gold").is_dir() else None


@dataclass(frozen=True)
class Pair:
    """One annotated pair: both texts, both sides' points, the kind of every joined cell, and the groups."""

    id: str
    text_a: str
    text_b: str
    a: tuple[Point, ...]
    b: tuple[Point, ...]
    kinds: dict[tuple[int, int], str]
    groups: tuple[tuple[tuple[int, ...], tuple[int, ...], str], ...] = ()

    @property
    def passages_a(self) -> list[Passage]:
        """A's points as the models read them."""
        return [passage(p, self.text_a) for p in self.a]

    @property
    def passages_b(self) -> list[Passage]:
        """B's points as the models read them."""
        return [passage(p, self.text_b) for p in self.b]


def _locate(text: str, quote: str) -> tuple[int, int] | None:
    at = text.find(quote)
    if at >= 0:
        return at, at + len(quote)
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return found.span() if found else None


def _holder(raw: str) -> str:
    return {"A": "a", "B": "b", "both": "both"}.get(raw, raw)


def read_pair(record: dict[str, object], gold: dict[str, object]) -> Pair:
    """Put one pair together with its annotation; a point whose quote is not found is left out."""
    sides = record["sides"]
    assert isinstance(sides, list)
    texts = {"a": sides[0]["text"], "b": sides[1]["text"]}
    points: dict[str, list[Point]] = {"a": [], "b": []}
    where: dict[str, int] = {}
    for raw in gold["points"]:  # type: ignore[attr-defined]
        side = (raw.get("side") or raw["id"][0]).lower()
        span = _locate(texts[side], raw["quote"])
        if span is None:
            continue
        where[raw["id"]] = len(points[side])
        points[side].append(
            Point(
                id=raw["id"],
                side=side,
                start=span[0],
                end=span[1],
                quote=texts[side][span[0] : span[1]],
                act=raw["act"],
                holder=_holder(raw["holder"]),
            )
        )
    groups = tuple(
        (
            tuple(where[x] for x in relation["a"] if x in where),
            tuple(where[y] for y in relation["b"] if y in where),
            relation.get("type") or relation["kind"],
        )
        for relation in gold["relations"]  # type: ignore[attr-defined]
    )
    kinds = {(x, y): kind for a, b, kind in groups for x in a for y in b}
    return Pair(str(record["pair_id"]), texts["a"], texts["b"], tuple(points["a"]), tuple(points["b"]), kinds, groups)


def read_pairs(pairs: Path, gold: Path) -> list[Pair]:
    """Read all annotated pairs of one set, in the order of their ids."""
    records = {}
    for line in pairs.read_text("utf-8").splitlines():
        record = json.loads(line)
        records[record["pair_id"]] = record
    return [read_pair(records[f.stem], json.loads(f.read_text("utf-8"))) for f in sorted(gold.glob("*.json"))]


def invented() -> list[Pair]:
    """The pairs of invented states that the repository carries."""
    return read_pairs(INVENTED / "pairs.jsonl", INVENTED / "gold")


def real(annotator: int) -> list[Pair]:
    """The real pairs by one annotator, where the shared folder is present; they never train the cross-encoder."""
    folder = shared()
    if folder is None:
        return []
    return read_pairs(folder / "gold/pairs/pairs.jsonl", folder / f"gold/pairs/ann{annotator}")


@dataclass(frozen=True)
class Item:
    """Two passages outside any pair, and how they stand to each other."""

    a: Passage
    b: Passage
    kind: str
    weight: float = 1.0


def contrast(files: Iterable[Path] | None = None, held_out: bool | None = None) -> list[Item]:
    """The project's own contrast items (training/data/contrast-*.jsonl).

    Every sixth base, with all that was made from it, is held out from the cross-encoder and fits what reads its
    answers: ``held_out`` True gives those alone, False all others, None everything.
    """
    items = []
    for file in sorted(files if files is not None else DATA.glob("contrast-*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                if held_out is None or (int(row.get("base_id", 1)) % 6 == 0) == held_out:
                    items.append(Item(Passage(row["a"]), Passage(row["b"]), row["label"]))
    return items


def point_pairs() -> list[Item]:
    """The labelled passages from real corpora, where the shared folder is present."""
    folder = shared()
    if folder is None:
        return []
    items = []
    for line in (folder / "gold/point-pairs/point-pairs.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        kind = {"general": "differs"}.get(row["label"], row["label"])
        if kind != "noise":
            one, two = (Passage(row[s]["text"], row[s].get("subject") or "") for s in "ab")
            items.append(Item(one, two, kind))
    return items


def held_out(pairs: Sequence[Pair]) -> frozenset[str]:
    """The ids of a fifth of the invented pairs: the fine-tuned models never see them.

    What reads those models' answers is fitted on these pairs (and on real ones where there are any), because answers
    on pairs that a model was trained on are better than life.
    """
    order = list(range(len(pairs)))
    random.Random(3).shuffle(order)
    third = sorted(order[::3])
    return frozenset(pairs[k].id for k in third[: len(pairs) // 5 + 1])
