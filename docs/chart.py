"""Draw docs/precision-coverage.svg from the table that `python -m training.report` prints (kept as a CSV beside it).

usage: python -m docs.chart
"""

from __future__ import annotations

import csv
from pathlib import Path

DOCS = Path(__file__).parent
WIDTH, HEIGHT, LEFT, BOTTOM = 560, 320, 60, 50
LOW = 0.6


def chart(rows: list[dict[str, str]]) -> str:
    """The curve as SVG: share of points decided against precision of one-sided calls, a dot for each setting."""
    dots = [(1 - float(row["undecided"]), float(row["precision"]), row["sure"]) for row in rows]
    places = [(_x(coverage), _y(precision), sure) for coverage, precision, sure in dots]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12">',
        "<title>Precision of one-sided calls against the share of points decided</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for tick in (0.6, 0.7, 0.8, 0.9, 1.0):
        x, y = _x(tick), _y(tick)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:.1f}</text>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{tick:.1f}</text>')
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1557a0" stroke-width="2"/>')
    for x, y, sure in places:
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1557a0"/>')
        parts.append(f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{sure}</text>')
    parts.append(
        f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 12}" text-anchor="middle">share of points decided</text>'
    )
    middle = (HEIGHT - BOTTOM + 20) / 2
    parts.append(
        f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">precision of one-sided calls</text>'
    )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(coverage: float) -> float:
    return LEFT + (coverage - LOW) / (1 - LOW) * (WIDTH - 20 - LEFT)


def _y(precision: float) -> float:
    return 20 + (1 - precision) / (1 - LOW) * (HEIGHT - BOTTOM - 20)


def main() -> None:
    """Read the table, write the picture."""
    with (DOCS / "precision-coverage.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    (DOCS / "precision-coverage.svg").write_text(chart(rows), "utf-8")
    print("docs/precision-coverage.svg")


if __name__ == "__main__":
    main()
