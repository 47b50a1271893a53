"""Institutions by name, seat and pattern."""

from __future__ import annotations

import pytest

from diptych.knowledge import Knowledge


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Seoul's Foreign Ministry", None, "Ministry of Foreign Affairs, KOR"),
        ("the South Korean Ministry of Foreign Affairs", None, "Ministry of Foreign Affairs, KOR"),
        ("Ministry of Foreign Affairs of the Republic of Korea", None, "Ministry of Foreign Affairs, KOR"),
        ("MOFA", "KOR", "Ministry of Foreign Affairs, KOR"),
        ("the foreign ministry", "KEN", "Ministry of Foreign Affairs, KEN"),
        ("the State Department", None, "Department of State, USA"),
        ("U.S. Department of State", None, "Department of State, USA"),
        ("the Pentagon", None, "Department of Defense, USA"),
        ("Department of War", None, "Department of Defense, USA"),
        ("the White House", None, "White House, USA"),
        ("Global Affairs Canada", None, "Global Affairs Canada, CAN"),
        ("DFAT", None, "Department of Foreign Affairs and Trade, AUS"),
        ("MEA", None, "Ministry of External Affairs, IND"),
        ("Auswärtiges Amt", None, "Federal Foreign Office, DEU"),
        ("EEAS", None, "European External Action Service, EU"),
        ("FCDO", None, "Foreign, Commonwealth and Development Office, GBR"),
        ("10 Downing Street", None, "Prime Minister's Office, GBR"),
        ("Quai d’Orsay", None, "Ministry for Europe and Foreign Affairs, FRA"),
        ("the Kremlin", None, "Kremlin, RUS"),
        ("Kenyan Ministry of Defence", None, "Ministry of Defence, KEN"),
        ("Ukrainian Presidential Office", None, "Office of the President, UKR"),
        ("the armed forces of Norway", None, "Armed Forces, NOR"),
    ],
)
def test_institution_of(knowledge: Knowledge, text: str, country: str | None, name: str) -> None:
    institution = knowledge.institution_of(text, country)
    assert institution is not None
    assert institution.name == name


@pytest.mark.parametrize("text", ["the Ministry of Foreign Affairs", "Parliament", "PMO", "a department", "treasury"])
def test_what_many_states_have_names_none_of_them(knowledge: Knowledge, text: str) -> None:
    assert knowledge.institution_of(text) is None


def test_by_country_and_kind(knowledge: Knowledge) -> None:
    own = knowledge.institution("USA", "foreign_ministry")
    made = knowledge.institution("KEN", "foreign_ministry")
    assert own is not None
    assert made is not None
    assert (own.id, made.id) == ("usa-department-of-state", "ken-foreign-ministry")
    assert made.country == "KEN"
    assert knowledge.institution("XQX", "foreign_ministry") is None


def test_spans_take_in_the_country_words(knowledge: Knowledge) -> None:
    text = "On Monday Kenya's Foreign Ministry and the Ministry of Defence of the Republic of Poland wrote."
    spans = [(text[hit.start : hit.end], hit.institution.name) for hit in knowledge.institutions_in(text)]
    assert spans == [
        ("Kenya's Foreign Ministry", "Ministry of Foreign Affairs, KEN"),
        ("Ministry of Defence of the Republic of Poland", "Ministry of Defence, POL"),
    ]
