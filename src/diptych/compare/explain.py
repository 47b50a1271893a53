"""What an expert would put in a news item: the key differences in neutral words, and where each text's weight lies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from diptych.records import ACT_STRENGTH, Aspect, AspectWords, Emphasis, KeyDifference, Nearest, Point, Relation

#: How many key differences are told at most, and from how many on the list is long enough to drop weak ones.
MOST, FEWEST = 6, 3
#: Weight of a kind of difference before its acts are looked at: what would mislead a reader most comes first.
KIND_WEIGHT = {"conflict": 10.0, "differs": 2.0, "only_a": 2.5, "only_b": 2.5}
ASPECT_WEIGHT: dict[Aspect, float] = {
    "polarity": 3.0,
    "number": 2.0,
    "strength": 2.0,
    "condition": 1.5,
    "date": 1.5,
    "holder": 1.0,
    "object": 1.0,
    "scope": 1.0,
    "term": 1.0,
}
#: Two numbers (days, conditions) that cannot both be meant tell more than one that only one side gives.
ON_BOTH_SIDES = 1.5
#: A denial stands outside the scale of commitment but is news of the first rank.
DENIAL = 7.0
#: Differences below this weight are not told when there are enough others.
LIGHT = 4.0
QUOTE_WORDS = 28
#: One-sided points fewer characters apart than this are one difference, up to so many points.
BESIDE, TOGETHER = 150, 4


@dataclass(frozen=True)
class Labels:
    """What the two accounts are called in a sentence: ``The White House account``."""

    a: str
    b: str

    def account(self, side: str) -> str:
        """One side's account as a sentence names it: ``the White House account``, ``account A``."""
        label = self.a if side == "a" else self.b
        if label == f"Account {side.upper()}":
            return f"account {side.upper()}"
        return f"the {re.sub('^[Tt]he ', '', label)} account"


def key_differences(
    points: tuple[Point, ...],
    relations: tuple[Relation, ...],
    only_a: tuple[str, ...],
    only_b: tuple[str, ...],
    nearest: dict[str, Nearest],
    labels: Labels,
) -> tuple[KeyDifference, ...]:
    """Three to six differences, best first: the strongest acts, the weightiest aspects, what stands farthest off.

    Neighbouring one-sided points are one difference. Fewer than three are returned only when the
    accounts have no more.
    """
    by_id = {point.id: point for point in points}
    weighed = [
        *_from_relations(relations, by_id, labels),
        *_from_alone(only_a, by_id, nearest, labels),
        *_from_alone(only_b, by_id, nearest, labels),
    ]
    weighed.sort(key=lambda pair: -pair[0])
    strong = [difference for weight, difference in weighed if weight >= LIGHT]
    return tuple(_varied(strong if len(strong) >= FEWEST else [difference for _, difference in weighed]))


def emphasis(points: tuple[Point, ...]) -> tuple[Emphasis, ...]:
    """For each topic, its share of the words in each side's points (0 to 1) and which point raises it first."""
    words: dict[str, dict[str, int]] = {"a": defaultdict(int), "b": defaultdict(int)}
    first: dict[tuple[str, str], int] = {}
    total = {"a": 0, "b": 0}
    order = {"a": 0, "b": 0}
    for point in sorted(points, key=lambda p: (p.side, p.start)):
        size = len(point.quote.split())
        total[point.side] += size
        order[point.side] += 1
        for topic in point.topics:
            words[point.side][topic] += size
            first.setdefault((point.side, topic), order[point.side])
    topics = sorted({topic for side in words.values() for topic in side})
    return tuple(
        Emphasis(
            topic=topic,
            a=round(words["a"][topic] / max(1, total["a"]), 4),
            b=round(words["b"][topic] / max(1, total["b"]), 4),
            first_a=first.get(("a", topic)),
            first_b=first.get(("b", topic)),
        )
        for topic in topics
    )


def _from_relations(
    relations: tuple[Relation, ...], points: dict[str, Point], labels: Labels
) -> Iterator[tuple[float, KeyDifference]]:
    for relation in relations:
        if relation.kind == "same":
            continue
        told = [points[i] for i in (*relation.a, *relation.b)]
        if all(point.act == "setting" for point in told) and relation.kind != "conflict":
            continue
        weight = KIND_WEIGHT[relation.kind] + max(_act_weight(point) for point in told)
        weight += max((_aspect_weight(words) for words in relation.aspects), default=0.0)
        a, b = (_quote([points[i] for i in ids]) for ids in (relation.a, relation.b))
        opening = "The accounts conflict: " if relation.kind == "conflict" else ""
        named = ", ".join(dict.fromkeys(words.aspect for words in relation.aspects))
        tail = f" (they differ in {named})" if named and relation.kind == "differs" else ""
        say = f"{opening}{labels.account('a')} says {a}, {labels.account('b')} {b}{tail}."
        yield (
            weight * relation.confidence,
            KeyDifference(kind=relation.kind, points=(*relation.a, *relation.b), say=_capital(say)),
        )


def _from_alone(
    ids: tuple[str, ...], points: dict[str, Point], nearest: dict[str, Nearest], labels: Labels
) -> Iterator[tuple[float, KeyDifference]]:
    for group in _neighbours([points[i] for i in ids]):
        if all(point.act == "setting" for point in group):
            continue
        side = group[0].side
        other = labels.account("b" if side == "a" else "a")
        near = max((nearest[p.id].similarity for p in group if p.id in nearest), default=0.0)
        weight = KIND_WEIGHT[f"only_{side}"] + max(_act_weight(p) for p in group) + 0.3 * (len(group) - 1)
        say = f"{other} does not mention what {labels.account(side)} tells: {_quote(group)}."
        yield (
            weight * (1.2 - 0.6 * near),
            KeyDifference(
                kind="only_a" if side == "a" else "only_b", points=tuple(p.id for p in group), say=_capital(say)
            ),
        )


def _neighbours(points: list[Point]) -> Iterator[list[Point]]:
    """One-sided points that follow each other closely, as one group: what a reader would name in one sentence."""
    group: list[Point] = []
    for point in sorted(points, key=lambda p: p.start):
        near = group and point.start - group[-1].end < BESIDE and len(group) < TOGETHER
        if not near and group:
            yield group
            group = []
        group.append(point)
    if group:
        yield group


def _varied(differences: list[KeyDifference]) -> Iterator[KeyDifference]:
    """The best first, but no kind takes more than half of the list while another still has something to tell."""
    waiting = list(differences)
    taken: dict[str, int] = defaultdict(int)
    for _ in range(min(MOST, len(waiting))):
        choice = next((d for d in waiting if taken[d.kind] < MOST // 2), waiting[0])
        waiting.remove(choice)
        taken[choice.kind] += 1
        yield choice


def _aspect_weight(words: AspectWords) -> float:
    weight = ASPECT_WEIGHT.get(words.aspect, 0.0)
    told_twice = words.aspect in ("number", "date") and words.a and words.b
    return weight + ON_BOTH_SIDES if told_twice else weight


def _act_weight(point: Point) -> float:
    return DENIAL if point.act == "deny" else 0.8 * ACT_STRENGTH[point.act]


def _quote(points: list[Point]) -> str:
    ordered = sorted(points, key=lambda p: p.start)
    words = re.sub(r"\s+", " ", " … ".join(p.quote for p in ordered[:3])).split(" ")
    cut = " ".join(words[:QUOTE_WORDS]) + (" …" if len(words) > QUOTE_WORDS or len(ordered) > 3 else "")
    return f"“{cut.replace('“', '‘').replace('”', '’')}”"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
