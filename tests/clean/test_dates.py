"""Days as pages write them; days in doubt are no days."""

from __future__ import annotations

import datetime as dt

import pytest

from diptych.clean.dates import date_line, find_dates, is_bare_dateline, parse_day

DAY = dt.date(2031, 1, 28)


@pytest.mark.parametrize(
    "text",
    [
        "Posted January. 28, 2031 07:26",
        "January 28, 2031 - 09:15",
        "Published : 2031-01-28 16:44",
        "Jan. 28, 2031, 10:02 a.m. EDT",
        "28 January 2031",
        "28th of January, 2031",
        "2031/01/28",
        "2031.01.28 17:13",
        "28.01.2031",
        "28-Jan-2031",
        "01/28/2031",
        "2031-01-28T07:26:00+09:00",
        "Thursday, January 28th, 2031",
        "2031년 1월 28일 (화)",
        "2031年1月28日",
        "28 января 2031 г.",
        "28 de enero de 2031",
        "Published On 28 Jan 203128 Jan 2031",
    ],
)
def test_whole_dates(text: str) -> None:
    line = date_line(text)
    assert line is not None
    assert line.published == DAY
    assert line.updated is None


@pytest.mark.parametrize(
    "text", ["03/04/2031", "SEOUL, Jan. 28 (Yonhap) --", "28 Jan, 09:15", "February 30, 2031", "in 2031", "1231-01-28"]
)
def test_no_date_is_guessed(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "published", "updated", "rest"),
    [
        ("Updated 2:15 PM GMT+9, January 28, 2031", None, DAY, ""),
        (
            "January 27, 2031 07:26 pm | Updated January 28, 2031 08:00 am IST - NEW DELHI",
            dt.date(2031, 1, 27),
            DAY,
            "NEW DELHI",
        ),
        ("January 28, 2031 - 09:15 By Yonhap", DAY, None, "By Yonhap"),
        ("MINISTRY OF FOREIGN AFFAIRS PULAUMAS 28 JANUARY 2031", DAY, None, "MINISTRY OF FOREIGN AFFAIRS PULAUMAS"),
    ],
)
def test_labels_and_what_is_left(text: str, published: dt.date | None, updated: dt.date | None, rest: str) -> None:
    line = date_line(text)
    assert line is not None
    assert (line.published, line.updated, line.rest) == (published, updated, rest)


def test_places_of_dates() -> None:
    text = "from 28 January 2031 until February 2, 2031."
    assert [text[hit.start : hit.end] for hit in find_dates(text)] == ["28 January 2031", "February 2, 2031"]


def test_datelines_without_a_year() -> None:
    assert is_bare_dateline("Port Lorrance, 21 February")
    assert not is_bare_dateline("The talks will be held in Port Lorrance on 21 February")
