"""What each kind of measurement is worth: ``python -m training.ablation``.

The curves are fitted again without it, and pairs that they have not seen are scored (real pairs one by one).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from diptych.compare.align import Array, Passage, Scorer
from diptych.compare.features import CROSS, FEATURES, POINT
from training.decision import PLAIN
from training.fit import Fitted, fit
from training.report import measured, say, scored
from training.train import THRESHOLDS

ENCODER = (
    *("cos", "cos_context", "row_rank", "column_rank", "mutual_best", "row_gap", "column_gap"),
    "sizes",
)
GROUPS: dict[str, tuple[str, ...]] = {
    "the sentence encoder": ENCODER,
    "words in common": ("overlap", "contained", "weighted"),
    "names and topics": ("names", "names_shared", "topics"),
    "acts, holders, negation": (
        *(
            "act_same",
            "act_and_holder_same",
            "act_same_opposed",
            "act_other_opposed",
            "both_against_one",
            "strength_gap",
            "strength_low",
            "setting_both",
            "setting_one",
            "discuss_one",
            "express_both",
        ),
        *("holder_same", "holder_both", "holder_opposed", "negated_differ"),
    ),
    "order and length": ("place_gap", "opening", "closing", "length_ratio", "length_short"),
    "the point encoder": POINT,
    "the cross-encoder": CROSS,
    "both fine-tuned models": (*POINT, *CROSS),
}


@dataclass(frozen=True)
class Remembering:
    """A scorer that reads the same two passages once."""

    scorer: Scorer
    known: dict[tuple[Passage, Passage], Array] = field(default_factory=dict)

    def score(self, a: Sequence[Passage], b: Sequence[Passage], pairs: Sequence[tuple[int, int]]) -> Array:
        """Return one row of log-odds for each pair."""
        new = [(i, j) for i, j in pairs if (a[i], b[j]) not in self.known]
        for (i, j), row in zip(new, self.scorer.score(a, b, new), strict=True):
            self.known[a[i], b[j]] = row
        return np.array([self.known[a[i], b[j]] for i, j in pairs], dtype=np.float32).reshape(-1, 4)


def row(fitted: Fitted, found: bool) -> str:
    """One line's figures: real pairs where there are any, else invented ones."""
    real = any(case.real for case in fitted.cases)
    chosen = [k for k, c in enumerate(fitted.cases) if c.real == real and c.found == found]
    got = scored(fitted, chosen, True, THRESHOLDS["undecided"])
    return f"{got['one_sided_f1']:.3f} | {got['false_omissions']:.3f} | {got['links_f1']:.3f}"


def without(kept: Sequence[str]) -> frozenset[str]:
    """All measurements but those kept."""
    return frozenset(FEATURES) - frozenset(kept)


def main() -> None:
    """Print the table that stands in the model card."""
    assert frozenset(PLAIN) == frozenset(name for group in GROUPS.values() for name in group) - {*CROSS}
    cases, unseen, cross, loose = measured()
    scorer = Remembering(cross)
    say("| | one-sided F1 | false omissions | links F1 | found points: one-sided F1 | false omissions | links F1 |")
    say("|---|---|---|---|---|---|---|")
    runs = [("everything", frozenset[str]()), ("the sentence encoder alone", without(ENCODER))]
    runs += [(f"without {name}", frozenset(group)) for name, group in GROUPS.items()]
    for name, dropped in runs:
        fitted = fit(cases, unseen, scorer, loose, THRESHOLDS, dropped)
        say(f"| {name} | {row(fitted, False)} | {row(fitted, True)} |")


if __name__ == "__main__":
    main()
