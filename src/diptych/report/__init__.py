"""Records to something a person or a program reads: terminal, html, markdown, json, csv (pure)."""

from __future__ import annotations

from diptych.errors import UsageError
from diptych.records import Comparison

FORMATS = ("html", "markdown", "json", "csv", "terminal")


def render(comparison: Comparison, format: str) -> str | bytes:
    """The comparison in one of :data:`FORMATS`; ``terminal`` is 80 columns wide without colours.

    Raises :class:`~diptych.errors.UsageError` for a format that is not one of them.
    """
    if format == "html":
        from diptych.report.html import comparison_html

        return comparison_html(comparison)
    if format in ("markdown", "csv"):
        from diptych.report import tables

        return tables.comparison_markdown(comparison) if format == "markdown" else tables.comparison_csv(comparison)
    if format == "json":
        from diptych.report.contract import comparison_json

        return comparison_json(comparison)
    if format == "terminal":
        from diptych.report.terminal import comparison_terminal

        return comparison_terminal(comparison)
    raise UsageError(f"There is no format {format!r}", f"Choose one of {', '.join(FORMATS)}")
