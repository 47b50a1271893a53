"""Lines that name institutions, of any state: publisher and state by their form."""

from __future__ import annotations

import pytest

from diptych.clean.issuers import is_issuer, place_state, read_issuer
from diptych.knowledge.publishers import load_publishers


@pytest.mark.parametrize(
    ("line", "name", "country"),
    [
        ("Ministry of Foreign Affairs of the Republic of Sarvenia", None, "Sarvenia"),
        ("MINISTRY OF TRADE, REPUBLIC OF SARVENIA", "Ministry of Trade, Republic of Sarvenia", "Sarvenia"),
        ("Office of the President of Tolmara", None, "Tolmara"),
        ("Embassy of Tolmara in Sarvenia", None, "Tolmara"),
        ("Permanent Mission of Tolmara to the United Nations", None, "Tolmara"),
        ("Ministry of Health of Tolmara", None, "Tolmara"),
        ("Ministry of Health", None, None),
        ("Ministry of Trade, Industry and Energy", None, None),
        ("Norwegian Ministry of Foreign Affairs", None, "NOR"),
        ("Cabinet Office of Tolmara", None, "Tolmara"),
        ("Harbour House, Port Ellery", None, None),
        ("State House, Republic of Tolmara", None, "Tolmara"),
    ],
)  # fmt: skip
def test_an_institution_and_its_state(line: str, name: str | None, country: str | None) -> None:
    issuer = read_issuer(line, load_publishers())
    assert issuer is not None
    assert (issuer.name, issuer.country, issuer.official) == (name or line, country, True)


@pytest.mark.parametrize(
    "line",
    [
        "Ministry of Foreign Affairs Summons Ambassador of Zahran",
        "President of Tolmara Visits Port Lorrance",
        "Foreign Minister Emin Karavelli Received by President Helena Aldersund of Tolmara",
        "The Government of Tolmara has agreed to reopen the ferry line.",
        "Meeting at the Ministry of Foreign Affairs",
        "The Harbour Courier",
    ],
)
def test_a_title_is_no_institution(line: str) -> None:
    assert not is_issuer(line)


@pytest.mark.parametrize(
    ("below", "country"),
    [
        ("Government of Tolmara", "Tolmara"),
        ("STATE OF TOLMARA", "Tolmara"),
        ("Republic of Singapore", "SGP"),
        ("Media Centre", None),
    ],
)
def test_the_line_below_says_whose_ministry_it_is(below: str, country: str | None) -> None:
    issuer = read_issuer("Ministry of Foreign Affairs", load_publishers())
    assert issuer is not None
    assert place_state(issuer, below).country == country
