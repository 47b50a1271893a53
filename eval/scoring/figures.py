"""Tokens, overlaps, precision and recall, as all scorers count them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

TOKEN = re.compile(r"\w+(?:[’'.\-]\w+)*")


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 over counts, rounded to three places."""

    right: int
    system: int
    gold: int

    @property
    def p(self) -> float:
        return round(self.right / self.system, 3) if self.system else 0.0

    @property
    def r(self) -> float:
        return round(self.right / self.gold, 3) if self.gold else 0.0

    @property
    def f1(self) -> float:
        p = self.right / self.system if self.system else 0.0
        r = self.right / self.gold if self.gold else 0.0
        return round(2 * p * r / (p + r), 3) if p + r else 0.0


def share(right: int, all_of_them: int) -> float | None:
    """A share rounded to three places; None where there is nothing to share."""
    return round(right / all_of_them, 3) if all_of_them else None


def words(text: str | None) -> list[str]:
    """Lower-cased tokens of the NFKC form."""
    return [token.lower() for token in TOKEN.findall(unicodedata.normalize("NFKC", text or ""))]


def overlap(one: str | None, other: str | None) -> float:
    """Size of the intersection over size of the union, of token bags."""
    a, b = Counter(words(one)), Counter(words(other))
    union = sum((a | b).values())
    return sum((a & b).values()) / union if union else 0.0


def best_matches(
    gold: Sequence[Record], system: Sequence[Record], score: Callable[[Record, Record], float], floor: float = 0.0
) -> list[tuple[Record, Record]]:
    """Match one to one, best score first, only above ``floor``."""
    order = sorted(((score(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(system)), reverse=True)
    used_gold: set[int] = set()
    used_system: set[int] = set()
    matched = []
    for value, i, j in order:
        if value > floor and i not in used_gold and j not in used_system:
            used_gold.add(i)
            used_system.add(j)
            matched.append((gold[i], system[j]))
    return matched
