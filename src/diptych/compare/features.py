"""What can be measured about a point of A and a point of B before anything is decided."""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diptych.compare.align import Array, Encoder, Passage, Ranked, passage, rank
from diptych.compare.features_quantities import Day, Quantity, days, quantities
from diptych.records import ACT_STRENGTH, Point

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

#: Log-odds a cell gets where the cross-encoder did not look: the encoder thought it too far off.
UNSEEN = np.array([-6.0, -5.0, -6.0, 3.0], dtype=np.float32)

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
#: Words of the trade: in every account, so that sharing them says little.
_TRADE = frozenset(
    [
        "president",
        "minister",
        "secretary",
        "leader",
        "side",
        "party",
        "country",
        "government",
        "state",
        "foreign",
        "ministry",
        "department",
        "head",
        "also",
        "today",
        "discuss",
        "meet",
        "meeting",
        "call",
        "talk",
        "say",
        "note",
        "stress",
        "emphasize",
        "express",
        "underscore",
        "underline",
        "affirm",
        "reaffirm",
        "reiterate",
        "agree",
        "issue",
        "matter",
        "view",
        "exchange",
        "mr",
        "mrs",
        "his",
        "her",
        "their",
        "excellency",
    ]
)

#: Measured without the cross-encoder, in the order of :func:`hand_features`.
HAND = (
    "cos",
    "cos_context",
    "row_rank",
    "column_rank",
    "mutual_best",
    "row_gap",
    "column_gap",
    "overlap",
    "contained",
    "weighted",
    "names",
    "names_shared",
    "number_shared",
    "number_clash",
    "day_shared",
    "day_clash",
    "act_same",
    "strength_gap",
    "strength_low",
    "setting_both",
    "setting_one",
    "discuss_one",
    "express_both",
    "holder_same",
    "holder_both",
    "holder_opposed",
    "act_and_holder_same",
    "act_same_opposed",
    "act_other_opposed",
    "both_against_one",
    "negated_differ",
    "topics",
    "place_gap",
    "opening",
    "closing",
    "length_ratio",
    "length_short",
    "sizes",
)
#: Read off the point encoder's similarities, in the order of :func:`point_features`.
POINT = ("pt", "pt_row_rank", "pt_column_rank", "pt_row_gap", "pt_column_gap", "pt_near")
#: Read off the cross-encoder's answers, in the order of :func:`cross_features`.
CROSS = (
    "ce_link",
    "ce_same",
    "ce_conflict",
    "ce_row_rank",
    "ce_column_rank",
    "ce_row_gap",
    "ce_column_gap",
    "ce_row_share",
    "ce_column_share",
    "ce_near",
)
#: All that is known of a cell.
FEATURES = (*HAND, *POINT, *CROSS)


@dataclass(frozen=True)
class Traits:
    """One point, measured once."""

    point: Point
    passage: Passage
    words: frozenset[str]
    names: frozenset[str]
    numbers: tuple[Quantity, ...]
    days: tuple[Day, ...]
    topics: frozenset[str]
    negated: bool
    length: int
    place: float


def tokens_of(doc: Doc, starts: Sequence[int], start: int, end: int) -> Span:
    """Return the tokens of ``doc`` that lie in the characters from ``start`` to ``end``; ``starts`` are theirs."""
    first = bisect.bisect_right(starts, start) - 1
    return doc[max(0, first) : bisect.bisect_left(starts, end)]


def _stem(word: str) -> str:
    return word[:7] if len(word) > 8 else word


def traits(points: Sequence[Point], doc: Doc, text: str) -> tuple[Traits, ...]:
    """Measure every point of one side; ``doc`` is the parse of ``text``."""
    out = []
    starts = [token.idx for token in doc]
    for point in points:
        span = tokens_of(doc, starts, point.start, point.end)
        content = [t for t in span if t.pos_ in _CONTENT and not t.is_stop and not t.is_punct]
        words = frozenset(_stem(t.lemma_.lower()) for t in content) - _TRADE
        names = frozenset(t.text.lower().removesuffix("'s") for t in content if t.pos_ == "PROPN") - _TRADE
        out.append(
            Traits(
                point=point,
                passage=passage(point, text),
                words=words,
                names=names,
                numbers=quantities(point.quote),
                days=days(point.quote),
                topics=frozenset(point.topics),
                negated=point.negated or point.act == "deny" or any(t.dep_ == "neg" for t in span),
                length=max(1, len(span)),
                place=point.start / max(1, len(text)),
            )
        )
    return tuple(out)


@dataclass(frozen=True)
class Table:
    """Every cell of A's points by B's points: similarity alone (with ranks) and with what the points lean on.

    ``vectors_a`` and ``vectors_b`` are the encoder's, one row a point; ``rarity`` weighs words by how few points
    of both sides have them.
    """

    a: tuple[Traits, ...]
    b: tuple[Traits, ...]
    vectors_a: Array
    vectors_b: Array
    similarity: Ranked
    context: Array
    rarity: dict[str, float]


def tabulate(a: tuple[Traits, ...], b: tuple[Traits, ...], encoder: Encoder) -> Table:
    """Lay both sides' points out as a table of similarities, alone and with the words that they lean on."""
    texts = [t.point.quote for t in (*a, *b)]
    leaning = [f"{t.passage.before} {t.point.quote}".strip() for t in (*a, *b)]
    # Most points lean on nothing: their vector is the same, so it is made once.
    distinct = list(dict.fromkeys([*texts, *leaning]))
    vectors = dict(zip(distinct, encoder.encode(distinct), strict=True))
    alone = np.stack([vectors[t] for t in texts]) if texts else np.zeros((0, 1), dtype=np.float32)
    with_context = np.stack([vectors[t] for t in leaning]) if texts else alone
    n = len(a)
    seen = Counter(w for t in (*a, *b) for w in t.words)
    total = len(texts)
    rarity = {w: math.log((total + 1) / (count + 0.5)) for w, count in seen.items()}
    return Table(
        a, b, alone[:n], alone[n:], rank(alone[:n] @ alone[n:].T), with_context[:n] @ with_context[n:].T, rarity
    )


def link_odds(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the log-odds that a cell is joined at all: same, differs or conflict against unrelated."""
    joined = np.logaddexp.reduce(scores[..., :3], axis=-1)
    odds: npt.NDArray[np.float32] = np.asarray(joined - scores[..., 3], dtype=np.float32)
    return odds


def score_grid(
    shape: tuple[int, int], cells: Sequence[tuple[int, int]], scores: npt.NDArray[np.float32] | None
) -> npt.NDArray[np.float32]:
    """Spread the cross-encoder's answers over the whole table; cells not looked at count as unrelated."""
    grid = np.broadcast_to(UNSEEN, (*shape, 4)).copy()
    if scores is not None:
        for (i, j), row in zip(cells, scores, strict=True):
            grid[i, j] = row
    return grid


def _others_best(table: npt.NDArray[np.float32], axis: int) -> npt.NDArray[np.float32]:
    """For each cell, the best of the *other* cells of its row (axis 1) or column (axis 0); -1e3 where none."""
    if table.shape[axis] < 2:
        return np.full_like(table, -8.0)
    ordered = np.sort(table, axis=axis)
    best = np.take(ordered, [-1], axis=axis)
    second = np.take(ordered, [-2], axis=axis)
    return np.where(table >= best, second, best).astype(np.float32)


def _neighbours(odds: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """For each cell, the best log-odds among the four cells diagonal to it: items told in the same order."""
    padded = np.pad(odds, 1, constant_values=-8.0)
    corners = [padded[:-2, :-2], padded[2:, 2:], padded[:-2, 2:], padded[2:, :-2]]
    best: npt.NDArray[np.float32] = np.maximum.reduce(corners)
    return best


def clash_of_numbers(one: Sequence[Quantity], two: Sequence[Quantity]) -> tuple[bool, bool]:
    """Return whether both name an equal number, and whether they name unequal ones of the same unit."""
    shared = any(math.isclose(x.value, y.value, rel_tol=1e-6) for x in one for y in two)
    clash = any(
        x.unit and x.unit == y.unit and not math.isclose(x.value, y.value, rel_tol=1e-6) for x in one for y in two
    )
    return shared, clash


def same_day(x: Day, y: Day) -> bool | None:
    """Return whether two days can be the same: None where they have no part in common."""
    parts = [(x.day, y.day), (x.month, y.month), (x.year, y.year), (x.weekday, y.weekday)]
    both = [(p, q) for p, q in parts if p is not None and q is not None]
    return all(p == q for p, q in both) if both else None


def clash_of_days(one: Sequence[Day], two: Sequence[Day]) -> tuple[bool, bool]:
    """Return whether both name a day that can be the same, and whether both name days and none can."""
    verdicts = [v for x in one for y in two if (v := same_day(x, y)) is not None]
    return any(verdicts), bool(verdicts) and not any(verdicts)


def hand_features(table: Table) -> npt.NDArray[np.float32]:
    """Return one row of :data:`HAND` for each cell of the table, row by row."""
    cos = table.similarity.table
    row_best, column_best = _others_best(cos, 1), _others_best(cos, 0)
    sizes = math.log1p(min(len(table.a), len(table.b))) - math.log1p(max(len(table.a), len(table.b)))
    rows = []
    for i in range(len(table.a)):
        for j in range(len(table.b)):
            in_row, in_column = table.similarity.in_row[i, j], table.similarity.in_column[i, j]
            rows.append(
                [
                    cos[i, j],
                    table.context[i, j],
                    1 / (1 + in_row),
                    1 / (1 + in_column),
                    float(in_row == 0 and in_column == 0),
                    cos[i, j] - row_best[i, j],
                    cos[i, j] - column_best[i, j],
                    *_words_and_acts(table, i, j),
                    sizes,
                ]
            )
    return np.asarray(rows, dtype=np.float32).reshape(-1, len(HAND))


def point_features(near: Array) -> npt.NDArray[np.float32]:
    """Return one row of :data:`POINT` for each cell; ``near`` holds the point encoder's similarities."""
    if not near.size:
        return np.zeros((0, len(POINT)), dtype=np.float32)
    ranks = rank(near)
    columns = [
        near,
        1 / (1 + ranks.in_row),
        1 / (1 + ranks.in_column),
        near - _others_best(near, 1),
        near - _others_best(near, 0),
        _neighbours(near),
    ]
    return np.stack([np.asarray(c, dtype=np.float32).ravel() for c in columns], axis=1)


def cross_features(grid: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return one row of :data:`CROSS` for each cell; ``grid`` holds the cross-encoder's log-odds per cell."""
    odds = link_odds(grid)
    if not odds.size:
        return np.zeros((0, len(CROSS)), dtype=np.float32)
    ranks = rank(odds)
    strength = np.exp(np.clip(odds, -8, 8))
    columns = [
        odds,
        grid[..., 0] - grid[..., 1],
        grid[..., 2] - np.logaddexp(grid[..., 0], grid[..., 1]),
        1 / (1 + ranks.in_row),
        1 / (1 + ranks.in_column),
        odds - _others_best(odds, 1),
        odds - _others_best(odds, 0),
        strength / (1.0 + strength.sum(axis=1, keepdims=True)),
        strength / (1.0 + strength.sum(axis=0, keepdims=True)),
        _neighbours(odds),
    ]
    return np.stack([np.asarray(c, dtype=np.float32).ravel() for c in columns], axis=1)


def _words_and_acts(table: Table, i: int, j: int) -> list[float]:
    one, two = table.a[i], table.b[j]
    p, q = one.point, two.point
    shared = one.words & two.words
    either = one.words | two.words
    weight = sum(table.rarity[w] for w in shared)
    weights = [sum(table.rarity[w] for w in t.words) for t in (one, two)]
    numbers, days_ = clash_of_numbers(one.numbers, two.numbers), clash_of_days(one.days, two.days)
    strengths = ACT_STRENGTH[p.act], ACT_STRENGTH[q.act]
    acts = {p.act, q.act}
    holders = {p.holder, q.holder}
    names = one.names & two.names
    return [
        len(shared) / max(1, len(either)),
        len(shared) / max(1, min(len(one.words), len(two.words))),
        weight / max(0.5, min(weights)),
        len(names) / max(1, min(len(one.names), len(two.names))),
        float(len(names)),
        float(numbers[0]),
        float(numbers[1] and not numbers[0]),
        float(days_[0]),
        float(days_[1]),
        float(p.act == q.act),
        float(abs(strengths[0] - strengths[1])),
        float(min(strengths)),
        float(acts == {"setting"}),
        float("setting" in acts and len(acts) == 2),
        float("discuss" in acts),
        float(acts == {"express"}),
        float(p.holder == q.holder),
        float("both" in holders),
        float(holders == {"a", "b"}),
        float(p.act == q.act and p.holder == q.holder),
        float(p.act == q.act and holders == {"a", "b"}),
        float(p.act != q.act and holders == {"a", "b"}),
        float("both" in holders and len(holders) == 2),
        float(one.negated != two.negated),
        len(one.topics & two.topics) / max(1, min(len(one.topics), len(two.topics))),
        abs(one.place - two.place),
        float(i == 0 and j == 0),
        float(i == len(table.a) - 1 and j == len(table.b) - 1),
        abs(math.log(one.length / two.length)),
        float(min(one.length, two.length)),
    ]
