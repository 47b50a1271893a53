"""Every view shows every point with its exact words, and nothing that would break its format."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from html.parser import HTMLParser

import msgspec
import pytest

from diptych.errors import UsageError
from diptych.records import Comparison
from diptych.report import FORMATS, render
from diptych.report.html import comparison_html
from diptych.report.rows import rows
from diptych.report.terminal import comparison_terminal
from tests.report.comparison import annotated

PAIRS = ("inv-1-04", "inv-7-05", "inv-9-06")


@pytest.fixture(scope="module", params=PAIRS)
def comparison(request) -> Comparison:
    return annotated(request.param)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_point_stands_in_exactly_the_rows_it_belongs_to(comparison: Comparison) -> None:
    groups = rows(comparison)
    shown = [p.id for group in groups.values() for row in group for p in (*row.a, *row.b)]
    expected = [i for r in comparison.relations for i in (*r.a, *r.b)]
    expected += [*comparison.only_a, *comparison.only_b, *comparison.undecided]
    assert sorted(shown) == sorted(expected)


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_the_terminal_view_keeps_to_its_width_and_shows_all_words(comparison: Comparison, width: int) -> None:
    view = comparison_terminal(comparison, width)
    assert max(map(len, view.splitlines())) <= width
    if width == 80:
        squeezed = re.sub(r"\s", "", view)
        for point in comparison.points:
            assert re.sub(r"\s", "", point.quote) in squeezed


def test_colours_only_where_asked(comparison: Comparison) -> None:
    assert "\x1b[" not in comparison_terminal(comparison, 80)
    assert "\x1b[" in comparison_terminal(comparison, 80, color=True)


class Page(HTMLParser):
    """Collects what a reader of the page needs: ids, links, marks, and anything fetched from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if tag in ("script", "link", "img", "iframe") or "src" in values:
            self.outside.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_self_contained_and_well_formed(comparison: Comparison) -> None:
    text = comparison_html(comparison)
    page = Page()
    page.feed(text)
    assert page.open == []
    assert page.outside == []
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    for point in comparison.points:
        assert f'id="p-{point.id}"' in text
        assert text.count(html.escape(point.quote, quote=False).replace('"', "&#34;").replace("'", "&#39;")) >= 2


def test_the_page_holds_both_texts_whole(comparison: Comparison) -> None:
    text = comparison_html(comparison)
    bodies = re.findall(r'<div class="body">(.*?)</div>', text, flags=re.S)
    for body, side in zip(bodies, (comparison.a, comparison.b), strict=True):
        unmarked = re.sub(r"<a href=.*?</a>", "", body, flags=re.S)
        assert html.unescape(re.sub(r"<[^>]+>", "", unmarked)) == side.document.text


def test_hostile_text_stays_text() -> None:
    comparison = annotated("inv-1-04")
    side = comparison.a
    document = msgspec.structs.replace(side.document, title="<script>alert(1)</script>", uri="https://x.example/?a=<b>")
    hostile = msgspec.structs.replace(comparison, a=msgspec.structs.replace(side, document=document))
    page = comparison_html(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_link_that_is_not_of_the_web_is_not_made_a_link() -> None:
    comparison = annotated("inv-1-04")
    document = msgspec.structs.replace(comparison.a.document, uri="javascript:alert(1)")
    hostile = msgspec.structs.replace(comparison, a=msgspec.structs.replace(comparison.a, document=document))
    assert "javascript:" not in comparison_html(hostile)


def test_csv_rows_are_the_rows_and_no_formula_runs(comparison: Comparison) -> None:
    table = list(csv.DictReader(io.StringIO(str(render(comparison, "csv")))))
    assert len(table) == sum(len(group) for group in rows(comparison).values())
    assert not any(cell.startswith(("=", "+", "@")) for line in table for cell in line.values())


def test_markdown_tables_keep_their_columns(comparison: Comparison) -> None:
    view = str(render(comparison, "markdown"))
    lines = [line for line in view.splitlines() if line.startswith("|")]
    assert lines
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {4}


def test_json_is_the_contract(comparison: Comparison) -> None:
    value = json.loads(render(comparison, "json"))
    assert value["schema"] == "diptych.comparison/1"
    assert list(value)[:8] == [
        "schema",
        "contact",
        "sides",
        "points",
        "relations",
        "only_a",
        "only_b",
        "undecided",
    ]
    for point in value["points"]:
        text = value["sides"][point["side"]]["document"]["text"]
        assert text[point["start"] : point["end"]] == point["quote"]
    assert value["sides"]["a"]["document"]["published"] == comparison.a.document.published.isoformat()


def test_every_format_renders_and_an_unknown_one_is_told() -> None:
    comparison = annotated("inv-1-04")
    assert all(render(comparison, name) for name in FORMATS)
    with pytest.raises(UsageError, match="Choose one of"):
        render(comparison, "pdf")
