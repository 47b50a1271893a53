"""What can be measured on two passages by themselves, outside any table."""

from __future__ import annotations

import difflib
import math
import re

import numpy as np

from diptych.compare.align import Array
from diptych.compare.aspects import RULES, all_grounds, refusals
from diptych.compare.features import Traits, clash_of_days, clash_of_numbers
from diptych.records import ACT_STRENGTH

#: What is measured on two passages, in the order of :func:`pair_features`.
PAIR = (
    "same_or_differs",
    "conflict",
    "unrelated",
    "cos",
    "overlap",
    "contained",
    "names",
    "number_shared",
    "number_clash",
    "number_other",
    "number_alone",
    "day_shared",
    "day_clash",
    "day_alone",
    "refusal_differs",
    "refusal_and_overlap",
    "ground",
    "strength_gap",
    "length_ratio",
    "verbatim",
    "verbatim_replaced",
    "verbatim_added",
    "verbatim_denied",
    "denials_differ",
    "place_in_order",
)

#: What speaks for a conflict, in the order of :func:`conflict_features`: the same, and each rule's ground.
CONFLICT = (*PAIR, *(f"rule: {rule}" for rule in RULES), "plain", "conflict_and_rule", "joined_and_rule")

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_DENIAL = frozenset(("no", "not", "none", "never", "nor", "neither", "nothing", "without", "cannot", "nobody"))
_ORDER = frozenset(
    (
        *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "twentieth", "last", "next", "previous"),
        *("spring", "summer", "autumn", "winter", "early", "late", "before", "after", "start", "end"),
    )
)
#: From this share of common words on, two passages are near-verbatim: what still differs was changed on purpose.
VERBATIM = 0.6


def pair_features(a: Traits, b: Traits, scores: Array, cos: float) -> list[float]:
    """Measure two passages; ``scores`` are the cross-encoder's log-odds of same, differs, conflict, unrelated."""
    joined = float(np.logaddexp(scores[0], scores[1]))
    numbers, days = clash_of_numbers(a.numbers, b.numbers), clash_of_days(a.days, b.days)
    shared = a.words & b.words
    names = a.names & b.names
    contained = len(shared) / max(1, min(len(a.words), len(b.words)))
    refused = bool(refusals([a])) != bool(refusals([b]))
    strengths = ACT_STRENGTH[a.point.act], ACT_STRENGTH[b.point.act]
    return [
        float(scores[0] - scores[1]),
        float(scores[2]) - joined,
        float(scores[3]) - float(np.logaddexp(joined, scores[2])),
        cos,
        len(shared) / max(1, len(a.words | b.words)),
        contained,
        len(names) / max(1, min(len(a.names), len(b.names))),
        float(numbers[0]),
        float(numbers[1] and not numbers[0]),
        float(bool(a.numbers) and bool(b.numbers) and not numbers[0]),
        float(bool(a.numbers) != bool(b.numbers)),
        float(days[0]),
        float(days[1]),
        float(bool(a.days) != bool(b.days)),
        float(refused),
        float(refused) * contained,
        float(bool(all_grounds([a], [b]))),
        float(abs(strengths[0] - strengths[1])) / 8 if all(strengths) else 0.0,
        abs(math.log(a.length / b.length)),
        *_edits(a.point.quote, b.point.quote),
    ]


def conflict_features(a: Traits, b: Traits, scores: Array, cos: float) -> list[float]:
    """Measure what speaks for two passages being incompatible."""
    values = pair_features(a, b, scores, cos)
    grounds = all_grounds([a], [b])
    found = {ground.rule for ground in grounds}
    return [
        *values,
        *(float(rule in found) for rule in RULES),
        float(any(ground.plain for ground in grounds)),
        values[PAIR.index("conflict")] * float(bool(found)),
        -values[PAIR.index("unrelated")] * float(bool(found)),
    ]


def _edits(a: str, b: str) -> list[float]:
    """Measure what was changed between two passages that are nearly word for word the same."""
    ours, theirs = ([w.lower() for w in _WORD.findall(text)] for text in (a, b))
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    ratio = matcher.ratio()
    near = float(ratio >= VERBATIM)
    replaced = added = 0
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "replace":
            replaced += max(j - i, m - k)
        elif tag != "equal":
            added += (j - i) + (m - k)
    denials = [sum(w in _DENIAL or w.endswith(("n't", "n’t")) for w in words) for words in (ours, theirs)]
    ordered = [_ORDER & set(words) for words in (ours, theirs)]
    denied = float(denials[0] % 2 != denials[1] % 2)
    return [
        ratio * near,
        near * min(1.0, replaced / 4),
        near * min(1.0, added / 6),
        near * denied,
        denied,
        float(bool(ordered[0] - ordered[1]) and bool(ordered[1] - ordered[0])),
    ]
