"""Mentions: people at their titles and later, bodies, groups and pronouns; for states no table has."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from diptych.annotate.mentions import find_mentions
from diptych.records import Actor, Document, Mention

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

Read = tuple[tuple[Actor, ...], tuple[Mention, ...]]


class Reader:
    def __init__(self, nlp: Language, knowledge: Knowledge) -> None:
        self.nlp, self.knowledge = nlp, knowledge

    def __call__(self, text: str, country: str | None = None, published: dt.date | None = None) -> Read:
        document = Document(id="d", uri="d", text=text, country=country, published=published, kind="readout")
        return find_mentions(document, self.nlp(text), self.knowledge)


@pytest.fixture(scope="module")
def read(nlp: Language, knowledge: Knowledge) -> Reader:
    return Reader(nlp, knowledge)


def people(found: Read) -> dict[str, tuple[str | None, str | None]]:
    return {a.name: (a.office, a.country) for a in found[0] if a.kind == "person"}


def means(found: Read, quote: str, nth: int = 0) -> list[str]:
    """The names of the actors that the nth mention with these words means."""
    names = {a.id: a.name for a in found[0]}
    mention = [m for m in found[1] if m.quote == quote][nth]
    assert mention.rule
    return [names[a] for a in mention.actors]


def test_titles_and_names_of_invented_states(read: Reader) -> None:
    found = read(
        "Foreign Minister Ilda Maranz met with Velorian Minister of Energy Tomas Brekk and with President of "
        "Karnovia Petra Oldan in Lindau. Karnovia and Veloria signed nothing."
    )
    assert people(found) == {
        "Ilda Maranz": ("Minister of Foreign Affairs", None),
        "Tomas Brekk": ("Minister of Energy", "Veloria"),
        "Petra Oldan": ("President", "Karnovia"),
    }


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("She spoke with H.E. Mr. Levan DRAHAN, President of the Republic of Zhovtia.", "Levan Drahan", "Zhovtia"),
        ("Mr. KIRISHIMA Goro, Minister for Foreign Affairs of Akitsu, arrived.", "Kirishima Goro", "Akitsu"),
        ("The King received Prince Salim bin Nayef Al-Ghazal of Rumayl.", "Salim bin Nayef Al-Ghazal", "Rumayl"),
        ("They thanked President Ursel von der Hagen of Brandau.", "Ursel von der Hagen", "Brandau"),
        ("Seorak Foreign Minister Noh Jae-hwan spoke first.", "Noh Jae-hwan", "Seorak"),
        (
            "He met the Foreign Minister of Addulan, Dr. Ibrahim Shafeeu Rasheed, today.",
            "Ibrahim Shafeeu Rasheed",
            "Addulan",
        ),
        ("Omani Foreign Minister Sayyid Nasr al-Busayri listened.", "Nasr al-Busayri", "OMN"),
        ("Prime Minister Ines de la Fontaine of France called.", "Ines de la Fontaine", "FRA"),
    ],
)
def test_names_in_many_styles(read: Reader, text: str, name: str, country: str) -> None:
    found = people(read(text))
    shown = next((n for n in found if set(name.split()) - {"Nasr"} <= set(n.split()) | {"Nasr"}), None)
    assert shown is not None, found
    assert found[shown][1] == country


def test_a_president_is_named_in_full_with_initials_and_suffix(read: Reader) -> None:
    found = read("President Walter Q. Hasket, Jr. of Ardenmoor arrived. President Hasket spoke.")
    assert list(people(found)) == ["Walter Hasket"]
    assert means(found, "President Hasket") == ["Walter Hasket"]


def test_surnames_titles_and_pronouns_later(read: Reader) -> None:
    found = read(
        "Ms. Ilda Maranz, Foreign Minister of Veloria, met with Defense Minister Tomas "
        "Brekk of Karnovia. Maranz thanked "
        "the Defense Minister. She said that Brekk had listened. The two ministers agreed to meet again."
    )
    assert means(found, "Maranz") == ["Ilda Maranz"]
    assert means(found, "the Defense Minister") == ["Tomas Brekk"]
    assert means(found, "She") == ["Ilda Maranz"]
    assert means(found, "Brekk") == ["Tomas Brekk"]
    assert means(found, "The two ministers") == ["Ilda Maranz", "Tomas Brekk"]


def test_two_of_one_surname_are_told_apart_by_title(read: Reader) -> None:
    found = read(
        "President Kem Dorin of Veloria and his sister, Envoy Kem Salu, came. Envoy Kem spoke before President Kem did."
    )
    assert means(found, "Envoy Kem") == ["Kem Salu"]
    assert means(found, "President Kem") == ["Kem Dorin"]


def test_counterpart_takes_the_office(read: Reader) -> None:
    found = read(
        "Foreign Minister Ilda Maranz met her Karnovian counterpart, Tomas Brekk, in Karnovia.", country="Veloria"
    )
    assert people(found)["Tomas Brekk"] == ("Minister of Foreign Affairs", "Karnovia")


def test_institutions_their_papers_and_their_people(read: Reader) -> None:
    found = read(
        "The Japanese Ministry of Foreign Affairs said little. The ministry declined to "
        "comment. In a press release by "
        "the State Department there was no mention of it. Senior officials of the State "
        "Department were silent."
    )
    assert means(found, "The ministry") == ["Ministry of Foreign Affairs, JPN"]
    assert means(found, "a press release by the State Department") == ["Department of State, USA (press release)"]
    assert means(found, "the State Department") == ["Department of State, USA"]
    unnamed = next(m for m in found[1] if m.form == "unnamed")
    assert "Department of State, USA" in next(a.name for a in found[0] if a.id == unnamed.actors[0])


def test_capitals_act_or_are_places(read: Reader) -> None:
    found = read("Tokyo protested. The two met in Tokyo.")
    metonyms = [m.quote for m in found[1] if m.form == "metonym"]
    assert metonyms == ["Tokyo"]
    assert means(found, "Tokyo") == ["Government of JPN"]


def test_what_nobody_names_stays_open(read: Reader) -> None:
    found = read("The two sides agreed. He said so.")
    assert means(found, "The two sides") == []
    assert not any(m.quote == "He" for m in found[1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n \u00a0\n",
        "PRESIDENT MARANZ MET WITH MINISTER BREKK OF KARNOVIA AND SAID NOTHING AT ALL.",
        "Minister of of the the and President , ' ’s — ( ) Secretary",
        "President\u00a0Ilda\u00a0Maranz of\u00a0Veloria\nmet with\nForeign Minister Tomas Brekk.",
        "minister " * 500,
        "President A, President B, and " * 200,
    ],
)
def test_odd_texts_are_read_without_failure(read: Reader, text: str) -> None:
    for mention in read(text)[1]:
        assert text[mention.start : mention.end] == mention.quote


def test_line_breaks_and_no_break_spaces_change_nothing(read: Reader) -> None:
    plain = "President Ilda Maranz of Veloria met with Foreign Minister Tomas Brekk of Karnovia. Maranz thanked him."
    broken = plain.replace(" met with ", "\u00a0met\nwith ")
    assert people(read(broken)) == people(read(plain))


def test_mentions_nest_or_stand_apart(read: Reader, shared_texts: list[str]) -> None:
    for text in shared_texts:
        spans = [(m.start, m.end) for m in read(text)[1]]
        for (a, b), (c, d) in pairwise(spans):
            assert c >= b or d <= b or a == c, text[a:d]


@pytest.fixture(scope="module")
def shared_texts() -> list[str]:
    return [
        "In a press release by the State Department, President Ilda Maranz of Veloria "
        "thanked officials of the Foreign "
        "Ministry. The Secretary General of the Boreal Alliance, Mr. Jon Ask, and both "
        "leaders met the two countries’ top "
        "diplomats. A senior official in the department said the President of Karnovia would come."
    ]


def test_letters_in_brackets_mean_the_state_before_them(read: Reader) -> None:
    found = read("She met with Republic of Cyprus (ROC) Foreign Minister Nikos Ioannou. The ROC agreed.")
    assert people(found)["Nikos Ioannou"] == ("Minister of Foreign Affairs", "CYP")
    assert means(found, "The ROC") == ["Government of CYP"]


def test_people_in_the_title_are_known_to_the_text(nlp: Language, knowledge: Knowledge) -> None:
    text = "The two leaders discussed plans for cooperation."
    document = Document(
        id="d",
        uri="d",
        text=text,
        title="President Levan Oster spoke by telephone with President Petra Oldan of Karnovia",
        country="Veloria",
        kind="readout",
    )
    found = find_mentions(document, nlp(text), knowledge)
    assert means(found, "The two leaders") == ["Levan Oster", "Petra Oldan"]
    assert people(found)["Levan Oster"] == ("President", "Veloria")


def test_sides_are_of_different_states(read: Reader) -> None:
    found = read(
        "Veloria and Karnovia came away from the talks with different stories. President Ilda Maranz had assured "
        "Foreign Minister Tomas Brekk of it. Maranz's spokesman, Juri Aske, denied it. The Karnovian ministry said "
        "the sides had agreed on fish. The Government of Veloria and the Government of Karnovia were silent."
    )
    assert means(found, "the sides") == ["Government of Veloria", "Government of Karnovia"]


def test_two_leaders_of_three_people_are_the_leaders(read: Reader) -> None:
    found = read(
        "President Ilda Maranz of Veloria, Foreign Minister Tomas Brekk of Karnovia and President Juri Aske of "
        "Zhovtia met in Lindau. The two leaders agreed on fish."
    )
    assert means(found, "The two leaders") == ["Ilda Maranz", "Juri Aske"]


def test_counterpart_has_the_rank_and_not_the_title_of_the_host(read: Reader) -> None:
    found = read("U.S. Secretary of State Corvin Dale met his Japanese counterpart, Mira Osten, in Lindau.")
    assert people(found) == {
        "Corvin Dale": ("Secretary of State", "USA"),
        "Mira Osten": ("Minister for Foreign Affairs", "JPN"),
    }


def test_title_of_one_state_does_not_name_it_in_a_text_about_others(read: Reader) -> None:
    found = read("Secretary of State Corvin Dale met Foreign Minister Mira Osten of Veloria in Lindau.")
    assert people(found)["Corvin Dale"] == ("Secretary of State", None)
    found = read("Secretary of State Corvin Dale of the United States met Foreign Minister Mira Osten of Veloria.")
    assert people(found)["Corvin Dale"] == ("Secretary of State", "USA")


def test_names_end_with_their_line_and_column(read: Reader) -> None:
    found = read(
        "Foreign Minister Mira Osten of Veloria met President Joren Halk of Karnovia.\n\nMira Osten\nWorld News\n\n"
        "Key words: Joren Halk  Fishing Rights"
    )
    assert set(people(found)) == {"Mira Osten", "Joren Halk"}


def test_names_go_on_in_wrapped_prose(read: Reader) -> None:
    found = read(
        "In Lindau on Monday, President Joren\nHalk of Karnovia met with Foreign Minister Mira\nOsten of Veloria."
    )
    assert {"Joren Halk", "Mira Osten"} == set(people(found))


def test_name_at_a_title_is_the_one_shown(read: Reader) -> None:
    found = read("Foreign Minister Mira Osten spoke.\n\nMira Osten Lindau said more. Osten left.")
    assert set(people(found)) == {"Mira Osten"}


def test_who_took_the_picture_is_nobody(read: Reader) -> None:
    found = read("President Joren Halk of Karnovia greets the crowd. KURIER/Tomas Vell/File Photo\n\nHalk spoke.")
    assert set(people(found)) == {"Joren Halk"}


def test_bare_title_of_the_first_sentence_gives_the_state(read: Reader) -> None:
    found = read(
        "The Indonesian foreign minister said on Tuesday that her country is ready.\n\nMira Osten, the foreign "
        "minister, spoke after talks with Japanese Foreign Minister Joren Halk."
    )
    assert people(found)["Mira Osten"][1] == "IDN"
    assert means(found, "The Indonesian foreign minister") == ["Mira Osten"]


def test_address_makes_a_name(read: Reader) -> None:
    found = read("Mr Qelbano and Ms Ostrava-Lindt discussed fish.")
    assert set(people(found)) == {"Qelbano", "Ostrava-Lindt"}


def test_full_style_of_an_ambassador(read: Reader) -> None:
    found = read(
        "The President met with the Ambassador Extraordinary and Plenipotentiary of Japan to the Republic of Kenya "
        "Mira Osten."
    )
    assert people(found) == {"Mira Osten": ("Ambassador to Kenya", "JPN")}


@pytest.mark.parametrize("dateline", ["From Velm (Evening Horizon): ", "PORT ELLERY, March 4 (Harbour Wire) - "])
def test_who_sends_a_report_is_nobody_in_it(read: Reader, dateline: str) -> None:
    found = read(
        f"{dateline}On March 4, President Ilmar Tovek held a summit with Prime Minister Odell Harrow of Tolmara."
    )
    assert set(people(found)) == {"Ilmar Tovek", "Odell Harrow"}
