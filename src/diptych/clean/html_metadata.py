"""What the markup of a web page says of the page: JSON-LD, meta elements, time elements."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from diptych.clean.dates import date_line, parse_day
from diptych.clean.metadata import Known

__all__ = ["page_metadata"]

_ARTICLE = frozenset(
    (
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "BlogPosting",
        "Report",
        "GovernmentService",
        "WebPage",
        "AnalysisNewsArticle",
    )
)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "title", "headline")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.issued",
    "dcterms.date", "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date",
    "sailthru.date", "article.published", "originalpublicationdate", "govuk:first-published-at",
    "govuk:public-updated-at", "citation_publication_date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified",
    "dc.date.modified",
    "govuk:updated-at", "article.updated",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl", "sailthru.author")
_SITES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
_SUFFIX = re.compile(r"\s+[|\-–—»:·]{1,2}\s+(?P<site>[^|–—»]{2,60})$")


def page_metadata(tree: Any, known: Known) -> Known:
    """Return ``known`` filled up with what the markup of the page says; a date that stands nowhere stays None."""
    meta = _meta(tree)
    linked = list(_json_ld(tree))
    site = _first(meta, _SITES) or _named(next((item["publisher"] for item in linked if item.get("publisher")), None))
    heading = _heading(tree)
    title = _field(linked, "headline") or _first(meta, _TITLES) or heading or _text(tree.find(".//title"))
    published = parse_day(_field(linked, "datePublished")) or parse_day(_first(meta, _PUBLISHED)) or _time(tree)
    updated = parse_day(_field(linked, "dateModified")) or parse_day(_first(meta, _UPDATED))
    shown_published, shown_updated = _shown_days(tree) if published is None else (None, None)
    language = (tree.get("lang") or tree.get("xml:lang") or "").split("-")[0].casefold()
    return Known(
        title=_clean_title(title, site, heading),
        # The table of publishers, asked by address, goes before what a page calls its site.
        publisher=known.publisher,
        country=known.country,
        byline=known.byline or _authors(linked, meta),
        published=published or shown_published,
        updated=updated or shown_updated,
        language=known.language if known.language or not language else None,
        host=known.host or _host(tree, meta),
        site=site,
    )


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().casefold(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            value = json.loads(element.text or "")
        except ValueError:
            continue
        yield from _articles(value)


def _articles(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _articles(item)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if _ARTICLE & set(kinds if isinstance(kinds, list) else [kinds]):
            yield value
        if "@graph" in value:
            yield from _articles(value["@graph"])


def _field(items: list[dict[str, Any]], name: str) -> str | None:
    return next((item[name].strip() for item in items if isinstance(item.get(name), str) and item[name].strip()), None)


def _named(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() or None if isinstance(value, str) else None


def _authors(items: list[dict[str, Any]], meta: dict[str, str]) -> tuple[str, ...]:
    for item in items:
        value = item.get("author")
        names = tuple(filter(None, map(_named, value if isinstance(value, list) else [value])))
        if names:
            return names
    author = _first(meta, _AUTHORS)
    if author is None or re.match(r"https?://|www\.", author):
        return ()
    author = re.sub(r"^by\s+", "", author, flags=re.IGNORECASE)
    return tuple(filter(None, (part.strip() for part in re.split(r"\s*(?:,|;|\band\b)\s*", author))))


def _text(element: Any) -> str | None:
    return (" ".join(element.text_content().split()) or None) if element is not None else None


def _heading(tree: Any) -> str | None:
    """Return the page's one main heading; None where there are several or none."""
    headings = list(dict.fromkeys(filter(None, map(_text, tree.iter("h1")))))
    return headings[0] if len(headings) == 1 else None


def _clean_title(title: str | None, site: str | None, heading: str | None) -> str | None:
    """Cut the name of the site off the end of a title."""
    if not title:
        return None
    title = " ".join(title.split())
    match = _SUFFIX.search(title)
    while match:
        head = title[: match.start()]
        known = (site and match["site"].casefold() in (site.casefold(), f"the {site}".casefold())) or head == heading
        if not known and not (heading and len(heading) >= 12 and heading in head):
            break
        title = head
        match = _SUFFIX.search(title)
    return title


def _time(tree: Any) -> dt.date | None:
    """Return the day of the page's only <time>, or of the one marked as the day of publication."""
    marked = [
        element
        for element in tree.iter("time")
        if element.get("pubdate") is not None or "publish" in str(element.attrib).casefold()
    ]
    days = {parse_day(element.get("datetime")) or parse_day(_text(element)) for element in marked or tree.iter("time")}
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _shown_days(tree: Any) -> tuple[dt.date | None, dt.date | None]:
    """Return the days that the page shows with a label such as "Published" or "Updated"."""
    published: dt.date | None = None
    updated: dt.date | None = None
    for element in tree.iter("p", "span", "div", "li", "td", "dd", "small", "em", "address"):
        if len(element) > 4:
            continue
        text = _text(element)
        if text is None or len(text) > 120:
            continue
        line = date_line(text)
        if line is not None and line.labelled:
            published = published or line.published
            updated = updated or line.updated
    return published, updated


def _host(tree: Any, meta: dict[str, str]) -> str | None:
    """Return the host that a saved page names as its own address."""
    address = meta.get("og:url") or next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").casefold() == "canonical"), None
    )
    try:
        return urlsplit(address).hostname if address else None
    except ValueError:
        return None
