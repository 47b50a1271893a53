"""Web pages: the article, its markup, its metadata; pages without an article are refused."""

from __future__ import annotations

import datetime as dt

import pytest

from diptych.clean import to_document
from diptych.errors import NoText

from .conftest import RawMaker

HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Halvern and Kareva hold talks on grain | The Courier</title>
<meta property="og:site_name" content="The Courier">{meta}</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Halvern and Kareva hold talks on grain</h1>
"""
BODY = """<figure><img src="a.jpg" alt="x"><figcaption>
Foreign Minister Corin Vale shakes hands with an envoy. (Reuters)</figcaption></figure>
<p>Foreign Minister Corin Vale met on Monday with Prime Minister Danylo Vernyhora of
Kareva,&nbsp;both governments said, but their accounts of the talks differ.</p>
<p>Halvern’s ministry said that the two had <b>agreed</b> to reopen the
<a href="/corridor">grain corridor</a> by the end of the month.</p>
<h2>A narrower account</h2>
<p>Kareva’s readout says only that the two discussed the corridor. It names no date and no ports.</p>
<ul><li>The corridor was closed in May.</li><li>Talks on it began in June.</li></ul>
<p>Both sides said that a further round of talks would be held in the autumn, in a third country.</p>
</article><aside><h3>Most read</h3><ul><li><a href="/1">Rain lashes the coast</a></li></ul></aside></main>
<footer>Copyright The Courier. All rights reserved.</footer></body></html>"""


def _page(meta: str = "", body: str = BODY) -> str:
    return HEAD.format(meta=meta) + body


def test_the_article_is_taken_and_the_rest_left(raw: RawMaker) -> None:
    document = to_document(raw(_page(), "text/html"))
    lines = document.text.split("\n")
    assert document.title == "Halvern and Kareva hold talks on grain"
    assert lines[0].startswith("Foreign Minister Corin Vale met on Monday")
    assert "Kareva,\u00a0both governments" in lines[0]
    assert "agreed to reopen the grain corridor by" in lines[1]
    assert lines[2] == "A narrower account"
    assert lines[-1].startswith("Both sides said")
    for gone in ("Home", "shakes hands", "Rain lashes", "Copyright"):
        assert gone not in document.text
    kinds = {document.text[block.start : block.end]: block.kind for block in document.blocks}
    assert kinds["A narrower account"] == "heading"
    assert kinds["- The corridor was closed in May."] == "list_item"
    assert all(block.where and block.where.startswith("paragraph ") for block in document.blocks)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="article:published_time" content="2031-01-28T23:10:00+09:00">'
        '<meta property="article:modified_time" content="2031-01-29T08:00:00+09:00">'
        '<meta name="author" content="By Mila Horvat and Jon Aubert">',
        '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",'
        '"headline":"Halvern and Kareva hold talks on grain","datePublished":"2031-01-28","dateModified":"2031-01-29",'
        '"author":[{"@type":"Person","name":"Mila Horvat"},{"@type":"Person","name":"Jon Aubert"}]}]}</script>',
    ],
)
def test_metadata_of_the_page(meta: str, raw: RawMaker) -> None:
    document = to_document(raw(_page(meta), "text/html"))
    assert document.published == dt.date(2031, 1, 28)
    assert document.updated == dt.date(2031, 1, 29)
    assert document.byline == ("Mila Horvat", "Jon Aubert")
    assert document.publisher == "The Courier"
    assert document.country is None


def test_a_day_that_only_the_page_shows(raw: RawMaker) -> None:
    shown = BODY.replace("<figure>", "<p class='meta'>Published: 28 January 2031</p><figure>")
    assert to_document(raw(_page(body=shown), "text/html")).published == dt.date(2031, 1, 28)


def test_no_day_is_guessed(raw: RawMaker) -> None:
    document = to_document(raw(_page(), "text/html"))
    assert document.published is None
    assert document.updated is None


def test_an_official_address_gives_publisher_and_country(raw: RawMaker) -> None:
    document = to_document(raw(_page(), "text/html", uri="https://www.state.gov/halvern-kareva/"))
    assert (document.publisher, document.country) == ("U.S. Department of State", "USA")


@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><html><body><nav><a href=/a>Home</a> <a href=/b>World</a></nav><p>Sign in</p></body></html>",
        "<html><head><title>Index</title></head><body><ul><li>One</li><li>Two</li></ul></body></html>",
        "<html></html>",
    ],
)
def test_a_page_without_an_article_is_refused(body: str, raw: RawMaker) -> None:
    with pytest.raises(NoText, match=r"No article was found.* Give the address"):
        to_document(raw(body, "text/html"))


def test_text_in_bare_divisions_is_found(raw: RawMaker) -> None:
    body = (
        "<html><body><div>Press Releases</div><div>Readout of the Call with Prime Minister Vernyhora</div>"
        "<div>President Averill spoke today with Prime Minister Vernyhora of Kareva about the grain corridor.<br><br>"
        "They agreed to remain in close contact about this and other matters of common interest.</div></body></html>"
    )
    document = to_document(raw(body, "text/html"))
    assert "They agreed to remain in close contact" in document.text
    assert "Press Releases" not in document.text
