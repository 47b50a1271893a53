"""Days: read by form, resolved from the day of publication, open where the text leaves them open."""

import datetime as dt

import pytest

from diptych.annotate.dates import DayContext, find_days, find_time, resolve_day

THURSDAY = dt.date(2031, 3, 13)
FUTURE = DayContext(tense="future")


def only(text: str) -> str:
    found = list(find_days(text))
    assert len(found) == 1, found
    assert text[found[0].start : found[0].end] == found[0].words
    return found[0].words


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("They met on Wednesday.", "2031-03-12", "2031-03-19"),
        ("They met on Thursday.", "2031-03-13", "2031-03-13"),
        ("They met last Thursday.", "2031-03-06", "2031-03-06"),
        ("They meet next Monday.", "2031-03-17", "2031-03-17"),
        ("They spoke today.", "2031-03-13", "2031-03-13"),
        ("They spoke yesterday.", "2031-03-12", "2031-03-12"),
        ("They meet tomorrow.", "2031-03-14", "2031-03-14"),
        ("They met on 28 February.", "2031-02-28", "2031-02-28"),
        ("They met on December 19.", "2030-12-19", "2031-12-19"),
        ("The forum runs from April 18–20.", "2031-04-18/2031-04-20", "2031-04-18/2031-04-20"),
        ("The forum runs from 18 to 20 April 2032.", "2032-04-18/2032-04-20", "2032-04-18/2032-04-20"),
        ("They will meet on 18 and 20 April 2032.", "2032-04-18", "2032-04-18"),
        ("They will speak later this week.", None, None),
        ("They had not met since October 2026.", "2026-10", "2026-10"),
        ("The envoy left next month.", "2031-04", "2031-04"),
        ("They agreed on it last year.", "2030", "2030"),
        ("They met on Tuesday (11/3).", "2031-03-11", "2031-03-11"),
        ("They met two days ago.", "2031-03-11", "2031-03-11"),
        ("The meeting of 2031-03-10 was short.", "2031-03-10", "2031-03-10"),
    ],
)
def test_resolved_from_the_day_of_publication(text: str, past: str, future: str) -> None:
    words = only(text)
    assert resolve_day(words, THURSDAY).date == past
    assert resolve_day(words, THURSDAY, FUTURE).date == future


def test_precision_says_how_much_is_known() -> None:
    assert resolve_day("today", THURSDAY).precision == "day"
    assert resolve_day("October 2026", THURSDAY).precision == "month"
    assert resolve_day("last year", THURSDAY).precision == "year"


@pytest.mark.parametrize("text", ["on Wednesday", "today", "next month", "December 19", "later in the day"])
def test_open_without_a_day_of_publication(text: str) -> None:
    when = resolve_day(only(text), None)
    assert when.date is None
    assert when.precision == "unknown"
    assert when.quote is not None


def test_a_full_date_needs_no_publication() -> None:
    assert resolve_day(only("On 3 May 2031 they met."), None).date == "2031-05-03"


@pytest.mark.parametrize("text", ["30 February 2031", "31 April", "February 29, 2031"])
def test_a_day_that_does_not_exist_has_no_date(text: str) -> None:
    assert resolve_day(only(text), THURSDAY).date is None


def test_same_and_following_day_point_back() -> None:
    monday = DayContext(previous=dt.date(2031, 3, 10))
    assert resolve_day("the same day", THURSDAY, monday).date == "2031-03-10"
    assert resolve_day("Later in the day", THURSDAY, monday).date == "2031-03-10"
    assert resolve_day("the following day", THURSDAY, monday).date == "2031-03-11"
    assert resolve_day("the following day", THURSDAY).date is None
    assert resolve_day("four days before", THURSDAY, monday).date == "2031-03-06"
    assert resolve_day("a day later", THURSDAY, monday).date == "2031-03-11"
    assert resolve_day("a week after", THURSDAY, monday).date == "2031-03"
    assert resolve_day("two days after", THURSDAY).date is None


@pytest.mark.parametrize(
    "text",
    [
        "They may agree on 12 points.",
        "The package is worth 420 million.",
        "Eleven of the 14 members agreed.",
        "It will march on.",
        "Section 4.12 of the treaty",
    ],
)
def test_numbers_and_words_are_no_dates(text: str) -> None:
    assert list(find_days(text)) == []


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("at 6:30 p.m.", "18:30"),
        ("began at 8:30 p.m. Wednesday, Camden time", "20:30"),
        ("met (18:05 local time) on the same day", "18:05"),
        ("won by 12:10", None),
        ("commencing at 8:15 a.m. for 25 minutes", "08:15"),
        ("at 12 a.m.", "00:00"),
        ("at 99:10", None),
        ("at 12 sites", None),
    ],
)
def test_clock_times(text: str, time: str | None) -> None:
    found = find_time(text, 0, len(text))
    assert (found[0] if found is not None else None) == time
    assert found is None or found[1] in text
