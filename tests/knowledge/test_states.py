"""States, blocs and seats by any of their names."""

from __future__ import annotations

import pycountry
import pytest

from diptych.knowledge import Knowledge


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("ROK", "KOR"),
        ("R.O.K.", "KOR"),
        ("S. Korea", "KOR"),
        ("South Korean", "KOR"),
        ("Korean", "KOR"),
        ("Seoul's", "KOR"),
        ("DPRK", "PRK"),
        ("N. Korea", "PRK"),
        ("Democratic People’s Republic of Korea", "PRK"),
        ("the U.S.", "USA"),
        ("US", "USA"),
        ("Washington", "USA"),
        ("the White House", "USA"),
        ("Foggy Bottom", "USA"),
        ("the Kremlin", "RUS"),
        ("the Russian Federation", "RUS"),
        ("Kiev", "UKR"),
        ("Kyiv", "UKR"),
        ("Bankova", "UKR"),
        ("Zhongnanhai", "CHN"),
        ("PRC", "CHN"),
        ("Whitehall", "GBR"),
        ("10 Downing Street", "GBR"),
        ("the Élysée", "FRA"),
        ("Quai d'Orsay", "FRA"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Emirati", "ARE"),
        ("U.A.E.", "ARE"),
        ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Guinea-Bissau", "GNB"),
        ("Guinea Bissau", "GNB"),
        ("Kosovo", "XKX"),
        ("Holy See", "VAT"),
        ("Nagatachō", "JPN"),
        ("SOUTH KOREA", "KOR"),
        ("The Hague", "NLD"),
        ("the Gambia", "GMB"),
        ("Sino", "CHN"),
    ],
)
def test_a_state_is_found_by_any_of_its_names(knowledge: Knowledge, text: str, iso3: str) -> None:
    assert knowledge.find_state(text) == iso3


@pytest.mark.parametrize(
    "text",
    [
        "us",
        "turkey",
        "polish",
        "Korean Peninsula",
        "the EU",
        "Valdoria",
        "",
        "South China Sea",
        "the South",
        "Hague",
        "Member States",
    ],
)
def test_what_names_no_state_is_not_found(knowledge: Knowledge, text: str) -> None:
    assert knowledge.find_state(text) is None


def test_words_that_need_a_context(knowledge: Knowledge) -> None:
    assert knowledge.find_state("the South", in_context=True) == "KOR"
    assert knowledge.find_state("the North", in_context=True) == "PRK"
    assert knowledge.find_state("the Kingdom", in_context=True) is None
    assert {"SAU", "JOR", "MAR"} <= set(knowledge.states_in_context("the Kingdom"))


def test_blocs_are_no_states(knowledge: Knowledge) -> None:
    assert knowledge.find_bloc("the European Union") == knowledge.find_bloc("EU") == "EU"
    assert knowledge.find_bloc("North Atlantic Treaty Organization") == "NATO"
    assert knowledge.find_bloc("Norway") is None
    bloc = knowledge.bloc("ASEAN")
    assert bloc is not None
    assert bloc.name == "ASEAN"


def test_states_in_a_running_text(knowledge: Knowledge) -> None:
    text = "The U.S. and South Korean ministers spoke of the Korean Peninsula; give us the S. Korea-Japan plan in Kyiv."
    hits = knowledge.states_in(text)
    assert [(text[hit.start : hit.end], hit.country, hit.form) for hit in hits] == [
        ("U.S.", "USA", "alias"),
        ("South Korean", "KOR", "demonym"),
        ("S. Korea", "KOR", "alias"),
        ("Japan", "JPN", "name"),
        ("Kyiv", "UKR", "capital"),
    ]


def test_seats_say_which_institution_they_stand_for(knowledge: Knowledge) -> None:
    assert knowledge.seat("the Kremlin") == ("RUS", "presidency")
    assert knowledge.seat("Foggy Bottom") == ("USA", "foreign_ministry")
    assert knowledge.seat("the Moon") is None


def test_codes_are_those_of_iso_3166(knowledge: Knowledge) -> None:
    outside = [state.iso3 for state in knowledge.states if pycountry.countries.get(alpha_3=state.iso3) is None]
    assert outside == ["XKX"]  # Kosovo: a user-assigned code
    listed = {country.name: country.alpha_3 for country in pycountry.countries}
    wrong = {
        name: (state.iso3, listed[name])
        for state in knowledge.states
        for name in (state.name, state.official, *state.aliases)
        if name in listed and listed[name] != state.iso3
    }
    assert wrong == {}
    members = {state.iso3 for state in knowledge.states}
    assert {"USA", "KOR", "PRK", "UKR", "RUS", "CHN", "SGP"} <= members


def test_every_state_has_an_adjective(knowledge: Knowledge) -> None:
    assert [state.iso3 for state in knowledge.states if not state.demonyms] == []
