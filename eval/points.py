"""Points against annotated pairs: what is marked, with which act, cut how finely, told of whom.

usage: python -m eval.points [--set pairs|invented] [--errors N]

``pairs`` are the real pairs beside the checkout (``../shared/gold/pairs`` or ``$DIPTYCH_SHARED``), scored against both
annotators, mean; ``invented`` are the pairs of invented states. Figures:

points     word tokens inside any point: precision, recall, F1 (as the shared scorer of pairs counts)
acts       accuracy of the act on tokens that both mark
holder     accuracy of the holder (a, b, both) on tokens that both mark
matched    share of gold points for which a predicted point has IoU of tokens >= 0.5
per_gold   predicted points for each gold point
merged     share of gold points that share their predicted point with another gold point
split      share of gold points that are told in more than one predicted point
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge
    from diptych.records import Document

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DIPTYCH_SHARED", ROOT.parent / "shared"))
TOKEN = re.compile(r"\w+(?:[’'.\-]\w+)*")
#: Publishers of the real pairs by the prefix of their side's name.
COUNTRIES = {"US": "USA", "RU": "RUS", "UA": "UKR", "SG": "SGP", "CN": "CHN"}


@dataclass(frozen=True)
class GoldPoint:
    """An annotated point, located in its text."""

    start: int
    end: int
    act: str
    holder: str


@dataclass(frozen=True)
class GoldSide:
    """One side of an annotated pair."""

    pair: str
    side: str
    text: str
    title: str | None
    country: str | None
    points: tuple[GoldPoint, ...]


Predicted = tuple[int, int, str, str]


def gold_sides(pairs: Path, gold: Path) -> Iterator[GoldSide]:
    """Yield the annotated sides of all pairs of a file that ``gold`` annotates."""
    for line in pairs.read_text("utf-8").splitlines():
        pair = json.loads(line)
        file = gold / f"{pair['pair_id']}.json"
        if not file.exists():
            continue
        record = json.loads(file.read_text("utf-8"))
        for letter, side in zip("AB", pair["sides"], strict=True):
            yield GoldSide(
                pair["pair_id"],
                letter.lower(),
                side["text"],
                side.get("title"),
                side.get("country") or COUNTRIES.get(side["side"].split("-")[0]),
                tuple(sorted(_located(record["points"], letter, side["text"]), key=lambda point: point.start)),
            )


def _located(points: Iterable[dict[str, Any]], letter: str, text: str) -> Iterator[GoldPoint]:
    for point in points:
        at = text.find(point["quote"])
        if point["id"][0] == letter and at >= 0:
            holder = point["holder"].lower()
            yield GoldPoint(at, at + len(point["quote"]), point["act"], holder)


def document_of(side: GoldSide) -> Document:
    """A document record for one side, as the pipeline would make it."""
    from diptych.records import Document, content_id

    return Document(
        id=content_id("doc", side.text),
        uri=f"{side.pair}/{side.side}",
        text=side.text,
        title=side.title,
        country=side.country,
        language="en",
    )


def predictor(kb: Knowledge) -> Callable[[GoldSide, Doc], list[Predicted]]:
    """The points that the package finds, with an empty reading."""
    from diptych.compare.points import find_points
    from diptych.models.token_marker import load_token_marker
    from diptych.records import Reading

    marker = load_token_marker()

    def predict(side: GoldSide, doc: Doc) -> list[Predicted]:
        document = document_of(side)
        which: Any = side.side
        return [
            (point.start, point.end, point.act, point.holder)
            for point in find_points(which, document, doc, Reading(document=document), kb, marker)
        ]

    return predict


def count(side: GoldSide, predicted: list[Predicted]) -> Counter[str]:
    """The counts from which :func:`figures` makes its shares, for one side."""
    tokens = [match.span() for match in TOKEN.finditer(side.text)]
    gold = [{i for i, (b, e) in enumerate(tokens) if b < point.end and e > point.start} for point in side.points]
    sent = [{i for i, (b, e) in enumerate(tokens) if b < end and e > start} for start, end, _, _ in predicted]
    counts: Counter[str] = Counter(gold=len(gold), sent=len(sent))
    of_gold = {token: number for number, group in reversed(list(enumerate(gold))) for token in group}
    of_sent = {token: number for number, group in reversed(list(enumerate(sent))) for token in group}
    for token in range(len(tokens)):
        here, there = of_gold.get(token), of_sent.get(token)
        counts["tp"] += here is not None and there is not None
        counts["fp"] += here is None and there is not None
        counts["fn"] += here is not None and there is None
        if here is not None and there is not None:
            counts["act_n"] += 1
            counts["act_ok"] += side.points[here].act == predicted[there][2]
            if side.points[here].holder in ("a", "b", "both"):
                counts["holder_n"] += 1
                counts["holder_ok"] += side.points[here].holder == predicted[there][3]
    homes: list[set[int]] = []
    for group in gold:
        best = max((len(group & other) / len(group | other) for other in sent if group & other), default=0.0)
        counts["matched"] += best >= 0.5
        homes.append({n for n, other in enumerate(sent) if len(group & other) * 3 >= min(len(group), len(other))})
    used = Counter(number for home in homes for number in home)
    for home in homes:
        counts["split"] += len(home) > 1
        counts["merged"] += any(used[number] > 1 for number in home)
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """Shares from counts."""
    precision = counts["tp"] / max(1, counts["tp"] + counts["fp"])
    recall = counts["tp"] / max(1, counts["tp"] + counts["fn"])
    return {
        "points_p": precision,
        "points_r": recall,
        "points_f1": 2 * precision * recall / max(1e-9, precision + recall),
        "acts": counts["act_ok"] / max(1, counts["act_n"]),
        "holder": counts["holder_ok"] / max(1, counts["holder_n"]),
        "matched": counts["matched"] / max(1, counts["gold"]),
        "per_gold": counts["sent"] / max(1, counts["gold"]),
        "merged": counts["merged"] / max(1, counts["gold"]),
        "split": counts["split"] / max(1, counts["gold"]),
    }


def sets(name: str) -> list[tuple[Path, Path]]:
    """The files of a set: pairs, and a folder of gold for each annotator."""
    if name == "pairs":
        root = SHARED / "gold" / "pairs"
        return [(root / "pairs.jsonl", root / "ann1"), (root / "pairs.jsonl", root / "ann2")]
    root = SHARED / "gold" / "invented"
    local = ROOT / "eval" / "gold" / "invented"
    root = local if (local / "pairs.jsonl").exists() else root
    return [(root / "pairs.jsonl", root / "gold")]


def score(name: str, nlp: Language, kb: Knowledge) -> dict[str, float]:
    """Mean figures over the annotators of a set."""
    predict = predictor(kb)
    rows = []
    parsed: dict[tuple[str, str], Any] = {}
    for pairs, gold in sets(name):
        total: Counter[str] = Counter()
        for side in gold_sides(pairs, gold):
            key = (side.pair, side.side)
            if key not in parsed:
                parsed[key] = predict(side, nlp(side.text))
            total += count(side, parsed[key])
        rows.append(figures(total))
    return {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("pairs", "invented"), default="pairs", dest="name")
    name = parser.parse_args().name
    from diptych.knowledge import load
    from diptych.models.parser import load_parser

    for key, value in score(name, load_parser(), load()).items():
        print(f"{key:10} {value:.3f}")


if __name__ == "__main__":
    main()
