"""Pages of publishers whose layout is known: their own rules say where title, day and body stand."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from diptych.clean.dates import parse_day
from diptych.clean.metadata import Known

if TYPE_CHECKING:
    from diptych.knowledge.sources import PageRules

__all__ = ["apply_rules", "bodies"]

_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


def apply_rules(tree: Any, rules: PageRules, known: Known) -> Known:
    """Return ``known`` with the title and the day that the publisher's page shows in their places."""
    title = next(filter(None, (_text(element) for element in _select(tree, rules.title))), None)
    shown = (
        parse_day(element.get("datetime")) or parse_day(_text(element)) or _in_figures(_text(element), rules.day_first)
        for element in _select(tree, rules.day)
    )
    day = next(filter(None, shown), None)
    return replace(known, title=title or known.title, published=day or known.published)


def bodies(tree: Any, rules: PageRules) -> tuple[Any, ...]:
    """Return the elements that hold the text, without what is no text of it; empty where the rules find none.

    The elements are taken out of ``tree``, which is changed by it.
    """
    found = _select(tree, rules.body)
    outermost = [e for e in found if not any(parent in found for parent in e.iterancestors())]
    for element in outermost:
        for selector in rules.drop:
            for unwanted in element.cssselect(selector):
                if unwanted is not element and unwanted.getparent() is not None:
                    unwanted.drop_tree()
    return tuple(outermost)


def _select(tree: Any, selectors: tuple[str, ...]) -> list[Any]:
    """Return what the first selector that finds anything finds, in the order of the page."""
    for selector in selectors:
        found: list[Any] = tree.cssselect(selector)
        if found:
            return found
    return []


def _in_figures(text: str | None, day_first: bool | None) -> dt.date | None:
    """Read a day written in figures alone, in the order that the publisher uses."""
    match = _FIGURES.search(text or "")
    if match is None or day_first is None:
        return None
    first, second, year = (int(figure) for figure in match.groups())
    try:
        return dt.date(year, second, first) if day_first else dt.date(year, first, second)
    except ValueError:
        return None


def _text(element: Any) -> str | None:
    return " ".join(element.text_content().split()) or None
