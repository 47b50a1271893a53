"""Single lines: days between other parts, menus, captions, notices; and sentences that only resemble them."""

from __future__ import annotations

import pytest

from diptych.clean.document import lay_out_lines
from diptych.clean.metadata import day_with_year_elsewhere
from diptych.clean.plain import plain_lines
from diptych.clean.recognise import Seen, recognise
from diptych.knowledge.furniture import load_furniture
from diptych.knowledge.publishers import load_publishers


def _seen(line: str) -> Seen | None:
    return recognise(line, load_furniture(), load_publishers())


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Source: Norpress| 2031-03-19 18:05:22|Editor: huali", "2031-03-19", None),
        ("Ada Corran | NPD | Updated: Mar 19, 2031, 18:05 IST", None, "2031-03-19"),
        ("Updated / Wednesday, 19 Mar 2031 18:05", None, "2031-03-19"),
        ("Ada Corran |19.03.2031 - Update : 20.03.2031", "2031-03-19", "2031-03-20"),
        ("By Ada Corran, Port Ellery | 19 March 2031 | 6:05 pm", "2031-03-19", None),
        ("NORPRESS - Mar 19, 2031 - 10:42 | Politics, World, All", "2031-03-19", None),
        ("19 March 2031 18:05 | World | Reading time: 3 min", "2031-03-19", None),
        ("MARCH 19, 2031 • STATEMENTS AND RELEASES", "2031-03-19", None),
        ("Wed 19 Mar 2031 16.05 BST", "2031-03-19", None),
        ("19 MAR 2031 - 18:05 GMT+3", "2031-03-19", None),
        ("19.03.2031 / 18:05", "2031-03-19", None),
    ],
)
def test_a_line_dates_the_page(line: str, published: str | None, updated: str | None) -> None:
    seen = _seen(line)
    assert seen is not None
    assert seen.role == "date"
    assert (str(seen.published) if seen.published else None, str(seen.updated) if seen.updated else None) == (
        published,
        updated,
    )


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Top  Politics  Economy  Society  日本語", "menu"),
        ("HOME | GULF | WORLD | BUSINESS | عربي", "menu"),
        ("More on  Emin Karavelli  Tolmara  Port Ellery", "menu"),
        ("Key words: talks; ferry; Karavelli", "furniture"),
        ("ADVERTISEMENT - SCROLL TO CONTINUE", "furniture"),
        ("Story continues below this ad", "furniture"),
        ("Item 2 of 3", "furniture"),
        ("[1/3] The ministers in Port Ellery, March 18, 2031. NORPRESS/Ines Rocat/File Photo", "caption"),
        ("The ministers meet at Harbour House. NPA/Ines Rocat Purchase Licensing Rights", "caption"),
    ],
)
def test_a_line_is_furniture(line: str, role: str) -> None:
    seen = _seen(line)
    assert seen is not None
    assert seen.role == role


@pytest.mark.parametrize(
    "line",
    [
        "The talks, held on 19 March 2031 in Port Ellery, lasted for two hours.",
        "The Ministers met in Vashtan on 19 March 2031 – their first meeting this year – and agreed to meet again.",
        "They discussed trade, energy and transport.",
        "Karavelli said that more on the ferry would follow in the autumn.",
        "The rise was 3/4 of what Norpress/Ines had forecast, the minister said.",
    ],
)
def test_a_sentence_is_text(line: str) -> None:
    assert _seen(line) is None


def test_a_dateline_takes_its_year_from_a_day_nearby() -> None:
    opening = "PORT ELLERY, March 19 (NPA) - The ministers met on Tuesday."
    day = day_with_year_elsewhere(opening, ("The ministers in Port Ellery, March 18, 2031.",))
    assert str(day) == "2031-03-19"
    new_year = day_with_year_elsewhere("PORT ELLERY, Jan. 2 (NPA) - The ministers met.", ("Taken December 30, 2030.",))
    assert str(new_year) == "2031-01-02"
    assert day_with_year_elsewhere(opening, ("The treaty of June 4, 1998.",)) is None
    assert day_with_year_elsewhere("The ministers met on March 19.", ("March 18, 2031",)) is None


def test_a_link_that_stands_twice_is_no_title() -> None:
    text = (
        "Ministry of Foreign Affairs of Tolmara\nTolmaran\nPress Releases\n\n"
        "Tolmara-Sarvenia Foreign Ministers' Telephone Talk\n\nMay 14, 2031\nTolmaran\n\n"
        "On May 14, Mr. Emin Karavelli, Minister for Foreign Affairs of Tolmara, held a telephone talk with "
        "Ms. Ada Brenn, Minister of Foreign Affairs of Sarvenia.\nThe two ministers exchanged views on trade.\n"
    )
    assert lay_out_lines(plain_lines(text)).title == "Tolmara-Sarvenia Foreign Ministers' Telephone Talk"
