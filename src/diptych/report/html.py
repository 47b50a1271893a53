"""The HTML view: one self-contained file that needs no script, prints well and reads well aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from diptych.records import Comparison, Point
from diptych.report.rows import (
    ORDER,
    RowKind,
    aspects,
    contact_facts,
    contact_title,
    explain,
    heading,
    person_line,
    rows,
    side_facts,
)

LABELS: dict[RowKind, str] = {
    "conflict": "conflict",
    "differs": "told differently",
    "same": "told by both",
    "only_a": "only here",
    "only_b": "only here",
    "undecided": "undecided",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a side's text: inside a point, or between points (``point`` None)."""

    text: str
    point: Point | None
    kind: RowKind | None
    row: str | None


def comparison_html(comparison: Comparison) -> str:
    """The comparison as one HTML page with nothing outside it: no script, no font, no image to fetch."""
    groups = rows(comparison)
    anchors: dict[str, tuple[RowKind, str]] = {}
    for kind, group in groups.items():
        for number, row in enumerate(group, 1):
            for point in (*row.a, *row.b):
                anchors.setdefault(point.id, (kind, f"{kind}-{number}"))
    return _template().render(
        comparison=comparison,
        contact=comparison.contact,
        title=contact_title(comparison.contact),
        facts=contact_facts(comparison.contact),
        people=[person_line(p) for p in comparison.contact.participants] if comparison.contact else [],
        sides=(("A", comparison.a), ("B", comparison.b)),
        side_facts=side_facts,
        groups=[
            (kind, heading(kind, comparison), explain(kind, comparison), groups[kind]) for kind in ORDER if groups[kind]
        ],
        counts=[(kind, heading(kind, comparison), len(groups[kind])) for kind in ORDER],
        aspects=aspects,
        labels=LABELS,
        texts=(
            ("A", comparison.a, list(_pieces(comparison, "a", anchors))),
            ("B", comparison.b, list(_pieces(comparison, "b", anchors))),
        ),
        emphasis=sorted(comparison.emphasis, key=lambda e: -(e.a + e.b))[:10],
    )


def _pieces(comparison: Comparison, side: str, anchors: dict[str, tuple[RowKind, str]]) -> Iterator[Piece]:
    text = (comparison.a if side == "a" else comparison.b).document.text
    at = 0
    for point in sorted((p for p in comparison.points if p.side == side), key=lambda p: (p.start, -p.end)):
        if point.start < at:
            continue
        if text[at : point.start]:
            yield Piece(text[at : point.start], None, None, None)
        kind, row = anchors.get(point.id, (None, None))
        yield Piece(point.quote, point, kind, row)
        at = point.end
    if text[at:]:
        yield Piece(text[at:], None, None, None)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("diptych.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("comparison.html")
