"""Every publisher that is followed has an invented page in its real layout; title, day and body are found on it."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import msgspec
import pytest
import yaml

from diptych.clean import to_document
from diptych.errors import KnowledgeError
from diptych.knowledge.sources import load_sources, parse_source
from diptych.records import Document, RawDocument

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"), key=lambda path: path.stem)


class Expected(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    uri: str
    title: str
    day: dt.date
    first: str
    last: str
    absent: list[str]
    language: str = "en"


def _page(path: Path) -> tuple[Expected, Document]:
    text = path.read_text("utf-8")
    note = text[len("<!--") : text.index("-->")]
    expected = msgspec.convert(yaml.safe_load(note), Expected)
    body = text[text.index("-->") + 3 :].strip().encode()
    raw = RawDocument(
        uri=expected.uri,
        media_type="text/html",
        fetched_at=dt.datetime(2031, 3, 5, tzinfo=dt.UTC),
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
    )
    return expected, to_document(raw)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_title_day_and_body_are_found(path: Path) -> None:
    source = next(s for s in load_sources().all if s.id == path.stem)
    expected, document = _page(path)
    assert document.title == expected.title
    assert document.published == expected.day
    assert document.publisher == source.publisher
    assert document.country == source.country
    assert document.language == expected.language
    assert document.text.startswith(expected.first)
    assert document.text.rstrip("# \n").endswith(expected.last)
    assert [words for words in expected.absent if words in document.text] == []


def test_every_source_has_a_page() -> None:
    assert {source.id for source in load_sources().all} == {path.stem for path in PAGES}


def test_a_page_in_another_layout_is_read_as_any_page() -> None:
    path = next(path for path in PAGES if path.stem == "usa-white-house")
    redesigned = path.read_text("utf-8").replace("body-content", "new-body").replace("page-title", "new-title")
    body = redesigned[redesigned.index("-->") + 3 :].strip().encode()
    document = to_document(
        RawDocument(
            uri="https://www.whitehouse.gov/briefings-statements/2031/03/readout-call-tolmara/",
            media_type="text/html",
            fetched_at=dt.datetime(2031, 3, 5, tzinfo=dt.UTC),
            sha256=hashlib.sha256(body).hexdigest(),
            body=body,
        )
    )
    assert "open crossings" in document.text
    assert document.title == "Readout of the President’s Call with Prime Minister Odell Harrow of Tolmara"


GOOD = """id: x
publisher: Office of Velm
country: SRV
institution: Office
domains: [velm.example]
languages: [en]
normal: {words: [1, 2], week: [0, 9]}
source: https://velm.example
checked: "2031-03-04"
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: x", "id: y", "must be the name of the file"),
        ("country: SRV", "country: sarvenia", "alpha-3"),
        ("[velm.example]", "[]", "host names"),
        ("[en]", "[english]", "two-letter"),
        ("words: [1, 2]", "words: [3, 2]", "least must not be over"),
        ("source: https://velm.example", "source: velm", "address"),
        ("institution: Office", "institution: Office\nfeed: x", "unknown field"),
        ("normal:", "page: {body: ['div[']}\nnormal:", "no CSS selector"),
        ("normal:", "feeds: [velm.example/rss]\nnormal:", "http"),
        ("id: x", "id: [", "not YAML"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(old: str, new: str, told: str) -> None:
    assert parse_source(GOOD, "sources/x.yaml").domains == ("velm.example",)
    with pytest.raises(KnowledgeError, match=r"x\.yaml") as raised:
        parse_source(GOOD.replace(old, new), "sources/x.yaml")
    assert told in str(raised.value)


def test_a_count_outside_what_is_normal_is_told() -> None:
    source = parse_source(GOOD, "sources/x.yaml")
    assert source.unusual_words(2) is None
    assert source.unusual_words(0) == "0 words in a text of Office of Velm, normally 1 to 2"
    assert source.unusual_week(10) == "10 documents in a week of Office of Velm, normally 0 to 9"


def test_the_states_and_organisations_that_count_are_followed() -> None:
    sources = load_sources().all
    assert len(sources) >= 48
    g20 = set("ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF".split())  # noqa: SIM905
    assert g20 | {"PRK", "UKR", "ISR", "IRN", "SGP"} <= {source.country for source in sources}
    organisations = {source.publisher for source in sources if source.country is None}
    assert {"European External Action Service", "European Commission", "African Union", "NATO", "United Nations"} <= (
        organisations
    )


def test_a_portal_is_told_apart_by_its_path() -> None:
    sources = load_sources()
    ministry = sources.of_address("https://www.gov.br/mre/en/contact-us/press-area")
    assert ministry is not None
    assert ministry.id == "bra-mre"
    assert sources.of_address("https://www.gov.br/saude/pt-br") is None
    assert sources.of_address("https://velm.example/mre") is None


def test_a_day_in_figures_is_read_in_the_order_of_its_publisher() -> None:
    path = next(path for path in PAGES if path.stem == "sau-mfa")
    _, document = _page(path)
    assert document.published == dt.date(2031, 3, 4)
    from lxml import html

    from diptych.clean.metadata import Known
    from diptych.clean.publisher_pages import apply_rules
    from diptych.knowledge.sources import PageRules

    tree = html.document_fromstring("<p class='day'>04/03/2031</p>")
    for first, day in ((True, dt.date(2031, 3, 4)), (False, dt.date(2031, 4, 3)), (None, None)):
        rules = PageRules(day=("p.day",), day_first=first)
        assert apply_rules(tree, rules, Known()).published == day
