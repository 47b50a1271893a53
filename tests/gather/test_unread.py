"""Contacts in titles of a language that is not read."""

from __future__ import annotations

import datetime as dt

import pytest

from diptych.gather import gather, tellings_of
from diptych.knowledge import Knowledge
from diptych.records import Document, Reading, Telling
from tests.gather.builders import telling


def told(knowledge: Knowledge, title: str, text: str, published: str = "2022-06-03") -> tuple[Telling, ...]:
    document = Document(
        id="zh",
        uri="https://news.example/1",
        text=text,
        title=title,
        country="CHN",
        publisher="State Television",
        published=dt.date.fromisoformat(published),
        language="zh",
        kind="news" if "评论" in title else "readout",
    )
    return tellings_of(Reading(document=document), knowledge)


def test_form_people_and_day(knowledge: Knowledge) -> None:
    (found,) = told(knowledge, "李克强同法国总统通电话", "6月2日晚，两国领导人通电话，就双边关系交换意见。")
    assert (found.contact.kind, found.contact.date, found.lead) == ("phone_call", "2022-06-02", True)
    assert [(one.name, one.country) for one in found.contact.participants] == [
        ("Li Keqiang", "CHN"),
        ("Emmanuel Macron", "FRA"),
    ]


def test_a_day_late_in_december_is_of_the_year_before(knowledge: Knowledge) -> None:
    (found,) = told(knowledge, "李克强会见法国总统", "12月31日，双方会见。", "2022-01-01")
    assert found.contact.date == "2021-12-31"


@pytest.mark.parametrize(
    "title",
    [
        "李克强会见法国企业代表团",  # a company's delegation
        "李克强会见法国总统特别顾问",  # the president's adviser
        "李克强会见法国前总统",  # a former president
        "法国总统会见企业代表",  # nobody of the publisher's side
        "法国葡萄丰收",  # no contact
    ],
)
def test_who_holds_no_office_is_no_side(knowledge: Knowledge, title: str) -> None:
    assert told(knowledge, title, "6月2日，会见举行。") == ()


def test_an_announced_contact_is_planned(knowledge: Knowledge) -> None:
    (found,) = told(knowledge, "李克强将会见法国总统", "外交部6月3日宣布。")
    assert found.contact.status == "planned"


def test_the_two_languages_meet_in_one_contact(knowledge: Knowledge) -> None:
    (chinese,) = told(knowledge, "李克强同法国总统通电话", "6月2日晚，两国领导人通电话。")
    french = telling(
        "fr", "FRA", "2022-06-02", "Emmanuel Macron, President (FRA)", "Li Keqiang (CHN)", date="2022-06-02"
    )
    (contact,) = gather([chinese, french], knowledge)
    assert {account.language for account in contact.accounts} == {"zh", "en"}
    assert contact.silent == ()
