"""Score comparisons of paired accounts against annotated gold (figures as eval/README.md defines them)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eval.scoring.figures import TOKEN, Score, share

Prediction = Mapping[str, Any]
Ids = Iterable[str]


@dataclass(frozen=True)
class Marked:
    """A point as the set of tokens it covers on its side."""

    side: str
    tokens: frozenset[int]
    act: str | None


@dataclass(frozen=True)
class Sheet:
    """One annotation of a pair, gold or predicted, in one form."""

    points: dict[str, Marked]
    relations: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]
    undecided: frozenset[str]

    def labels(self, side: str) -> dict[int, tuple[str, str | None]]:
        """For each token of a side inside a point: one_sided, linked or undecided, and the point's act."""
        linked = {i for a, b, _ in self.relations for i in (*a, *b)}
        found: dict[int, tuple[str, str | None]] = {}
        for name, point in self.points.items():
            if point.side == side:
                label = "linked" if name in linked else "undecided" if name in self.undecided else "one_sided"
                for token in point.tokens:
                    found.setdefault(token, (label, point.act))
        return found

    def links(self) -> dict[tuple[str, str], str]:
        """Every pair of points that a relation joins, and the relation's kind."""
        return {(x, y): kind for a, b, kind in self.relations for x in a for y in b}

    def home(self, other: Marked) -> str | None:
        """The point here that holds most of another's tokens (at least half of the smaller of the two)."""
        best, size = None, 0
        for name, mine in self.points.items():
            common = len(other.tokens & mine.tokens)
            if mine.side == other.side and common > size and common * 2 >= min(len(other.tokens), len(mine.tokens)):
                best, size = name, common
        return best


def sheet(record: Prediction, texts: Mapping[str, str], spans: Mapping[str, list[tuple[int, int]]]) -> Sheet:
    """Bring an annotation, in the gold's form or in the JSON contract's, into one form."""
    points = {}
    for point in record.get("points", ()):
        side = str(point.get("side") or point["id"][0]).upper()
        span = _locate(texts[side], point["quote"], point.get("start"))
        inside = (
            frozenset(i for i, (b, e) in enumerate(spans[side]) if b < span[1] and e > span[0]) if span else frozenset()
        )
        points[point["id"]] = Marked(side, inside, point.get("act"))
    relations = tuple(
        (tuple(r["a"]), tuple(r["b"]), str(r.get("kind") or r.get("type"))) for r in record.get("relations", ())
    )
    return Sheet(points, relations, frozenset(record.get("undecided", ())))


def count(texts: Mapping[str, str], gold: Prediction, predicted: Prediction | None) -> Counter[str]:
    """All counts for one pair; a missing prediction counts as an empty one."""
    spans = {side: [m.span() for m in TOKEN.finditer(text)] for side, text in texts.items()}
    wanted, sent = sheet(gold, texts, spans), sheet(predicted or {}, texts, spans)
    counts: Counter[str] = Counter(missing=predicted is None)
    for side in "AB":
        gold_labels, sent_labels = wanted.labels(side), sent.labels(side)
        for token in range(len(spans[side])):
            _count_token(counts, gold_labels.get(token), sent_labels.get(token))
    _count_links(counts, wanted, sent)
    return counts


def _count_token(
    counts: Counter[str], gold: tuple[str, str | None] | None, sent: tuple[str, str | None] | None
) -> None:
    gold_alone = bool(gold and gold[0] == "one_sided")
    sent_alone = bool(sent and sent[0] == "one_sided")
    counts["one_right"] += gold_alone and sent_alone
    counts["one_system"] += sent_alone
    counts["one_gold"] += gold_alone
    counts["false_omission"] += bool(sent_alone and gold and gold[0] == "linked")
    counts["point_right"] += bool(gold and sent)
    counts["point_system"] += bool(sent)
    counts["point_gold"] += bool(gold)
    counts["undecided"] += bool(sent and sent[0] == "undecided")
    if gold and sent:
        counts["act_right"] += gold[1] == sent[1]
        counts["act_all"] += 1


def _count_links(counts: Counter[str], wanted: Sheet, sent: Sheet) -> None:
    gold_links = wanted.links()
    homes: dict[tuple[str, ...], str] = {}
    for (x, y), kind in sent.links().items():
        if x in sent.points and y in sent.points:
            at, to = wanted.home(sent.points[x]), wanted.home(sent.points[y])
            homes.setdefault((at, to) if at and to else (x, y, "nowhere"), kind)
    found = {place: kind for place, kind in homes.items() if place in gold_links}
    counts["link_right"], counts["link_system"] = len(found), len(homes)
    counts["relation_gold"] = len(wanted.relations)
    counts["relation_found"] = sum(any((x, y) in found for x in a for y in b) for a, b, _ in wanted.relations)
    for place, kind in found.items():
        gold_kind = gold_links[place[0], place[1]]
        counts["kind_all"] += 1
        counts["kind_right"] += gold_kind == kind
        counts[f"{gold_kind}_gold"] += 1
        counts[f"{kind}_system"] += 1
        counts[f"{kind}_right"] += gold_kind == kind
    counts["conflict_sent"] = sum(kind == "conflict" for _, _, kind in sent.relations)
    counts["conflict_told"] = sum(kind == "conflict" for _, _, kind in wanted.relations)


def figures(counts: Counter[str]) -> dict[str, float]:
    """The named figures of pooled counts."""
    one = Score(counts["one_right"], counts["one_system"], counts["one_gold"])
    points = Score(counts["point_right"], counts["point_system"], counts["point_gold"])
    precision = counts["link_right"] / counts["link_system"] if counts["link_system"] else 0.0
    recall = counts["relation_found"] / counts["relation_gold"] if counts["relation_gold"] else 0.0
    macro = [Score(counts[f"{k}_right"], counts[f"{k}_system"], counts[f"{k}_gold"]).f1 for k in ("same", "differs")]
    return {
        "one_sided_p": one.p,
        "one_sided_r": one.r,
        "one_sided_f1": one.f1,
        "false_omissions": share(counts["false_omission"], counts["one_system"]) or 0.0,
        "links_p": round(precision, 3),
        "links_r": round(recall, 3),
        "links_f1": round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0.0,
        "kind": share(counts["kind_right"], counts["kind_all"]) or 0.0,
        "kind_macro_f1": round(sum(macro) / 2, 3),
        "conflicts_sent": counts["conflict_sent"],
        "conflicts_gold": counts["conflict_told"],
        "conflicts_right": counts["conflict_right"],
        "points_f1": points.f1,
        "acts": share(counts["act_right"], counts["act_all"]) or 0.0,
        "undecided": round(counts["undecided"] / max(1, counts["point_system"]), 3),
        "missing": counts["missing"],
    }


def _locate(text: str, quote: str, start: int | None) -> tuple[int, int] | None:
    if start is not None and text[start : start + len(quote)] == quote:
        return start, start + len(quote)
    at = text.find(quote)
    if at >= 0:
        return at, at + len(quote)
    pieces = quote.split()
    found = re.search(r"\s+".join(map(re.escape, pieces)), text) if pieces else None
    return found.span() if found else None
