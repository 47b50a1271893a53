"""Plain forms of a comparison: Markdown for a document, CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

from diptych.records import Comparison, Point
from diptych.report.rows import (
    Row,
    aspects,
    contact_facts,
    contact_title,
    explain,
    heading,
    person_line,
    rows,
    side_facts,
)

CSV_COLUMNS = (
    "kind",
    "aspects",
    "confidence",
    "a_points",
    "a_act",
    "a_holder",
    "a_quote",
    "b_points",
    "b_act",
    "b_holder",
    "b_quote",
    "nearest_quote",
    "nearest_similarity",
    "because",
)


def comparison_markdown(comparison: Comparison) -> str:
    """The comparison as GitHub-flavoured Markdown, readable as it stands."""
    lines = [f"# {contact_title(comparison.contact)}", ""]
    lines += [f"- **{name}**: {value}" for name, value in contact_facts(comparison.contact)]
    if comparison.contact:
        lines += [f"- {person_line(person)}" for person in comparison.contact.participants]
    lines += [
        f"- **A**: {comparison.a.label}: {side_facts(comparison.a)}",
        f"- **B**: {comparison.b.label}: {side_facts(comparison.b)}",
        "",
    ]
    lines += [f"> {warning}" for warning in comparison.warnings]
    if comparison.key_differences:
        lines += ["## Key differences", ""]
        lines += [f"{number}. {difference.say}" for number, difference in enumerate(comparison.key_differences, 1)]
        lines.append("")
    for kind, group in rows(comparison).items():
        if not group:
            continue
        lines += [f"## {heading(kind, comparison)} ({len(group)})", "", explain(kind, comparison), ""]
        lines += ["| A | B | |", "|---|---|---|"]
        lines += [f"| {_cell(row.a)} | {_cell(row.b)} | {_remark(row)} |" for row in group]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def comparison_csv(comparison: Comparison) -> str:
    """One line a row, columns as in :data:`CSV_COLUMNS`; line ends are CRLF as RFC 4180 wants."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for kind, group in rows(comparison).items():
        for row in group:
            writer.writerow(
                (
                    kind,
                    " ".join(words.aspect for words in row.relation.aspects) if row.relation else "",
                    f"{row.relation.confidence:.3f}" if row.relation else "",
                    *_columns(row.a),
                    *_columns(row.b),
                    no_formula(row.nearest.quote) if row.nearest else "",
                    f"{row.nearest.similarity:.3f}" if row.nearest else "",
                    row.relation.because if row.relation else "",
                )
            )
    return out.getvalue()


def _columns(points: tuple[Point, ...]) -> tuple[str, str, str, str]:
    return (
        " ".join(p.id for p in points),
        " ".join(p.act for p in points),
        " ".join(p.holder for p in points),
        no_formula(" […] ".join(p.quote for p in points)),
    )


def no_formula(text: str) -> str:
    """Spreadsheets run cells that begin like a formula; an apostrophe keeps a quote a quote."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _cell(points: tuple[Point, ...]) -> str:
    quotes = (re.sub(r"\s+", " ", p.quote).replace("|", "\\|") for p in points)
    return "<br>".join(f"{quote} ({p.id}, {p.act})" for quote, p in zip(quotes, points, strict=True)) or "—"


def _remark(row: Row) -> str:
    if row.relation:
        return aspects(row.relation).replace("|", "\\|")
    if row.nearest:
        quote = re.sub(r"\s+", " ", row.nearest.quote).replace("|", "\\|")
        return f"nearest ({row.nearest.similarity:.2f}): {quote}"
    return "no passage near it"
