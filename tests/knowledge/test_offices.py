"""Offices: what a title names, whose office it is, and what it is called."""

from __future__ import annotations

import pytest

from diptych.knowledge import Knowledge


@pytest.mark.parametrize(
    ("text", "country", "office_id", "title"),
    [
        ("Foreign Minister", "KOR", "kor-minister-of-foreign-affairs", "Minister of Foreign Affairs"),
        ("South Korean Foreign Minister", None, "kor-minister-of-foreign-affairs", "Minister of Foreign Affairs"),
        ("Foreign Minister", None, "*-minister-of-foreign-affairs", "Minister of Foreign Affairs"),
        ("FM", "IDN", "idn-minister-of-foreign-affairs", "Minister for Foreign Affairs"),
        (
            "Minister of Foreign Affairs of Ukraine",
            None,
            "ukr-minister-of-foreign-affairs",
            "Minister of Foreign Affairs",
        ),
        ("External Affairs Minister", "IND", "ind-minister-of-foreign-affairs", "Minister of External Affairs"),
        ("US Secretary of State", None, "usa-secretary-of-state", "Secretary of State"),
        ("Foreign Minister", "USA", "usa-secretary-of-state", "Secretary of State"),
        ("Secretary of State", None, "usa-secretary-of-state", "Secretary of State"),
        ("Foreign Secretary", "GBR", "gbr-foreign-secretary", "Foreign Secretary"),
        ("Defense Minister", "KOR", "kor-minister-of-defence", "Minister of National Defense"),
        ("U.S. Defense Secretary", None, "usa-secretary-of-defense", "Secretary of Defense"),
        ("Secretary of War", "USA", "usa-secretary-of-defense", "Secretary of Defense"),
        (
            "South Korean First Vice Foreign Minister",
            None,
            "kor-first-vice-minister-of-foreign-affairs",
            "First Vice Minister of Foreign Affairs",
        ),
        (
            "Serbian Deputy Foreign Minister",
            None,
            "srb-deputy-minister-of-foreign-affairs",
            "Deputy Minister of Foreign Affairs",
        ),
        ("President of the Russian Federation", None, "rus-president", "President"),
        ("Italian Prime Minister", None, "ita-prime-minister", "Prime Minister"),
        ("German Chancellor", None, "deu-chancellor", "Federal Chancellor"),
        ("Chief Cabinet Secretary", "JPN", "jpn-chief-cabinet-secretary", "Chief Cabinet Secretary"),
        ("State Councilor", "CHN", "chn-state-councillor", "State Councillor"),
        ("NATO Secretary-General", None, "nato-secretary-general", "Secretary General of NATO"),
        ("UN chief", None, "un-secretary-general", "Secretary-General of the United Nations"),
        (
            "EU High Representative",
            None,
            "eu-high-representative",
            "High Representative for Foreign Affairs and Security Policy",
        ),
        ("Ambassador of France to Japan", None, "fra-ambassador-to-jpn", "Ambassador to Japan"),
        ("Kenyan Trade and Industry Minister", None, "ken-minister-of-trade", "Minister of Trade and Industry"),
        ("Tourism Minister of Indonesia", None, "idn-minister-of-tourism", "Minister of Tourism"),
        (
            "Minister of Tourism and Creative Economy",
            None,
            "*-minister-of-tourism-and-creative-economy",
            "Minister of Tourism and Creative Economy",
        ),
        ("Valdorian Foreign Minister", None, "*-minister-of-foreign-affairs", "Minister of Foreign Affairs"),
        ("Kremlin spokesman", None, "rus-presidential-press-secretary", "Presidential Press Secretary"),
        ("NATO chief", None, "nato-secretary-general", "Secretary General of NATO"),
        (
            "State Department spokesperson",
            None,
            "usa-state-department-spokesperson",
            "Spokesperson of the Department of State",
        ),
        ("Defense Secretary", None, "usa-secretary-of-defense", "Secretary of Defense"),
        ("Vice Minister", "CHN", "chn-vice-minister-of-foreign-affairs", "Vice Minister of Foreign Affairs"),
        ("Vice Minister", None, "*-vice-minister", "Vice Minister"),
        ("Commissioner for Trade", None, "*-commissioner-for-trade", "Commissioner for Trade"),
        ("Coordinating Minister", None, "*-coordinating-minister", "Coordinating Minister"),
        ("Sen.", "USA", "usa-senator", "Senator"),
        ("Special Envoy", "KOR", "kor-special-envoy", "Special Envoy"),
        ("King", "JOR", "jor-king", "King"),
    ],
)
def test_find_office(knowledge: Knowledge, text: str, country: str | None, office_id: str, title: str) -> None:
    office = knowledge.find_office(text, country)
    assert office is not None
    assert (office.id, office.title) == (office_id, title)


@pytest.mark.parametrize(
    ("text", "title", "standing"),
    [
        ("former US Defense Secretary", "Former Secretary of Defense", "former"),
        ("ex-President", "Former President", "former"),
        ("acting foreign minister", "Acting Minister of Foreign Affairs", "acting"),
        ("President-elect", "President-Elect", "elect"),
        ("then-Prime Minister", "Prime Minister", None),
        ("Prime Minister", "Prime Minister", None),
    ],
)
def test_modifiers_change_title_and_standing(knowledge: Knowledge, text: str, title: str, standing: str | None) -> None:
    (hit,) = knowledge.offices_in(text)
    assert (hit.office.title, hit.standing) == (title, standing)
    assert (hit.start, hit.end) == (0, len(text))


def test_titles_in_running_text(knowledge: Knowledge) -> None:
    text = (
        "Qatari Deputy Prime Minister and Foreign Minister Idris Noor met Minister for National Development Anna Bell "
        "and the special envoy for the Northern Lakes Per Holm; the leader of the delegation and a minister listened."
    )
    hits = knowledge.offices_in(text)
    assert [(text[hit.start : hit.end], hit.office.id) for hit in hits] == [
        ("Qatari Deputy Prime Minister", "qat-deputy-prime-minister"),
        ("Foreign Minister", "qat-minister-of-foreign-affairs"),
        ("Minister for National Development", "*-minister-of-national-development"),
        ("special envoy for the Northern Lakes", "*-special-envoy-for-the-northern-lakes"),
    ]


def test_ids_by_pattern_and_by_replacement(knowledge: Knowledge) -> None:
    office = knowledge.office("fra-prime-minister")
    assert office is not None
    assert (office.title, office.country, office.rank) == ("Prime Minister", "FRA", "head_of_government")
    replaced = knowledge.office("usa-minister-of-foreign-affairs")
    assert replaced is not None
    assert replaced.id == "usa-secretary-of-state"
    ambassador = knowledge.office("fra-ambassador-to-usa")
    assert ambassador is not None
    assert ambassador.title == "Ambassador to the United States"
    assert knowledge.office("fra-lawman") is None
    assert knowledge.office("xqx-president") is None


def test_the_main_patterns_hold_for_every_state(knowledge: Knowledge) -> None:
    slugs = ("president", "prime-minister", "minister-of-foreign-affairs", "minister-of-defence", "monarch")
    slugs += ("national-security-adviser",)
    missing = [
        f"{state.iso3.lower()}-{slug}"
        for state in knowledge.states
        for slug in slugs
        if knowledge.office(f"{state.iso3.lower()}-{slug}") is None
    ]
    assert missing == []


def test_every_title_finds_its_own_office(knowledge: Knowledge) -> None:
    """The standard title of a country's office, read for that country, names an office of the same title."""
    wrong = [
        (office.id, found and found.title)
        for office in knowledge.offices
        if office.country
        and (found := knowledge.find_office(office.title, office.country)) != office
        and (found is None or found.title != office.title)
    ]
    assert len(wrong) <= 12, wrong
