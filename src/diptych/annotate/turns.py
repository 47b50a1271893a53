"""Speech without quotation marks: the turns of a transcript, and what a paragraph that ends in a colon brings in."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from diptych.annotate.quotation import Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A speaker's name before a turn: up to six capitalised words and a colon.
_LABEL = re.compile(
    r"(?:[A-Z][\w.'’\-]*|\([A-Z][^)\n]{0,40}\))"
    r"(?:[ \u00a0](?:[A-Z][\w.'’\-]*|of|the|\([^)\n]{0,40}\))){0,6}:[ \t\u00a0]+(?=\S)"
)
_ASKING = frozenset(("Q", "QUESTION", "Question", "REPORTER", "Reporter", "JOURNALIST", "Journalist"))
#: The end of a paragraph that brings in somebody's words.
_BRINGING = re.compile(
    r"\b(?:said|says|added|adds|wrote|writes|stated|states|tweeted|posted|continued|replied|responded|reads?|told \w+)"
    r"(?: [\w’']+){0,8}:$"
)
#: From how many labelled paragraphs on a text has turns, and how often one label must stand.
_TURNS, _AGAIN = 3, 2


def is_asker(label: str) -> bool:
    """Whether a label names nobody: "Q", "QUESTION"."""
    return label.strip(" :.") in _ASKING


def _brought_in(
    text: str, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]
) -> Sequence[Quotation]:
    """Take the unquoted paragraph after one that ends in "X added:" for X's own words."""
    added = []
    for (start, end), (low, high) in itertools.pairwise(paragraphs):
        brings = text[start:end].endswith(":") and _BRINGING.search(text, start, end) is not None
        if brings and text[low].isupper() and not any(q.start < high and low < q.end for q in quotations):
            added.append(Quotation(low, high, low, high, True))
    return sorted((*quotations, *added), key=lambda q: q.start) if added else quotations


def _label(match: re.Match[str]) -> str:
    return match.group().replace("\u00a0", " ").strip(" :")


def with_turns(
    text: str, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]
) -> tuple[Quotation, ...]:
    """Add the turns of a transcript to the quotations of a text; what is quoted inside a turn is part of it.

    A text has turns where several paragraphs open with a speaker's name and one speaker comes again.
    """
    quotations = _brought_in(text, quotations, paragraphs)
    found = [(match, start, end) for start, end in paragraphs if (match := _LABEL.match(text, start, end)) is not None]
    labels = Counter(_label(match) for match, _, _ in found)
    if len(found) < _TURNS or max(labels.values()) < _AGAIN:
        return tuple(quotations)
    turns = [
        Quotation(match.end(), end, match.end(), end, True)
        for match, start, end in found
        if labels[_label(match)] >= _AGAIN or is_asker(match.group())
    ]
    within = [(turn.start, turn.end) for turn in turns]
    kept = [q for q in quotations if not any(start <= q.start < end for start, end in within)]
    return tuple(sorted((*kept, *turns), key=lambda q: q.start))
