"""Which account stands for a side, and what is told where a side has none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from diptych.archive.laid import choose, compare_contact, sides_of
from diptych.errors import ComparisonError, UnreadLanguage, UsageError
from diptych.pipeline import Engine
from diptych.records import Document, GatheredContact, HeldAccount, Participant
from diptych.store import Entry, Location, Store


def account(side: str | None, document: str, **more: object) -> HeldAccount:
    given = {
        "publisher": f"Ministry of {side}",
        "uri": f"https://{document}.example/",
        "published": dt.date(2031, 1, 6),
        "telling": f"telling-{document}",
        "language": "en",
    }
    return HeldAccount(side=side, document=document, **(given | more))  # type: ignore[arg-type]


def contact(*accounts: HeldAccount, sides: tuple[str, ...] = ("Sarvenia", "Tolmara")) -> GatheredContact:
    return GatheredContact(
        id="gathered-1",
        kind="meeting",
        status="held",
        date="2031-01-06",
        precision="day",
        place=None,
        participants=tuple(Participant(name=None, country=side, side=side) for side in sides),
        accounts=accounts,
    )


def test_each_side_s_own_account_is_taken() -> None:
    a, b = choose(
        contact(
            account("Tolmara", "reported", via="Daily Courier"),
            account("Tolmara", "own"),
            account("Sarvenia", "ours"),
        )
    )
    assert (a.side, a.account.document) == ("Sarvenia", "ours")
    assert (b.side, b.account.document) == ("Tolmara", "own")


def test_what_is_about_the_contact_goes_before_what_mentions_it_and_early_before_late() -> None:
    a, _ = choose(
        contact(
            account("Sarvenia", "in-passing", lead=False, published=dt.date(2031, 1, 5)),
            account("Sarvenia", "late", published=dt.date(2031, 1, 9)),
            account("Sarvenia", "early", published=dt.date(2031, 1, 7)),
            account("Sarvenia", "korean", language="ko", published=dt.date(2031, 1, 6)),
            account("Tolmara", "own"),
        )
    )
    assert a.account.document == "early"


def test_an_account_that_others_report_stands_in_and_is_marked() -> None:
    _, b = choose(contact(account("Sarvenia", "ours"), account("Tolmara", "article", via="Daily Courier")))
    assert b.account.via == "Daily Courier"


def test_the_other_side_s_own_text_is_no_account_of_this_side() -> None:
    one_sided = contact(
        account("Sarvenia", "ours"),
        account("Tolmara", "ours", via="Ministry of Sarvenia"),
    )
    with pytest.raises(ComparisonError) as told:
        choose(one_sided)
    assert "Tolmara: none published that we know of" in told.value.happened
    assert "Sarvenia: own account, Ministry of Sarvenia, 2031-01-06" in told.value.happened
    assert "Tolmara is known from what Ministry of Sarvenia tells of it only" in told.value.happened
    assert told.value.exit_code == 5


def test_sides_can_be_named_and_must_have_taken_part() -> None:
    three = contact(
        account("Sarvenia", "s"), account("Veldara", "v"), account("Lakemark", "l"),
        sides=("Sarvenia", "Veldara", "Lakemark"),
    )  # fmt: skip
    a, b = choose(three, ("Lakemark", "Sarvenia"))
    assert (a.account.document, b.account.document) == ("l", "s")
    with pytest.raises(UsageError, match="Its sides are Sarvenia, Veldara, Lakemark"):
        choose(three, ("Lakemark", "Tolmara"))
    with pytest.raises(ComparisonError, match="two different sides"):
        choose(three, ("Lakemark", "Lakemark"))


def test_of_many_sides_those_with_accounts_of_their_own_come_first() -> None:
    many = contact(
        account("Veldara", "v"),
        account("Sarvenia", "article", via="Daily Courier"),
        account("Lakemark", "l"),
        sides=("Sarvenia", "Veldara", "Lakemark"),
    )
    assert sides_of(many) == ("Veldara", "Lakemark", "Sarvenia")
    a, b = choose(many)
    assert (a.side, b.side) == ("Veldara", "Lakemark")


def test_a_missing_account_says_which_other_sides_have_one() -> None:
    with pytest.raises(ComparisonError) as told:
        choose(contact(account("Veldara", "v"), account("Lakemark", "l")), ("Sarvenia", "Veldara"))
    assert "Lakemark (--sides)" in told.value.remedy


def test_a_text_that_cannot_be_read_is_never_said_not_to_mention_anything(tmp_path: Path) -> None:
    texts = {"en": "The ministers agreed to open the Karsk crossing.", "zh": "两国外长同意开放卡尔斯克口岸。"}
    documents = [
        Document(id=f"doc-{code}", uri=f"{code}.txt", text=text, language=code) for code, text in texts.items()
    ]
    fetched = dt.datetime(2031, 1, 7, tzinfo=dt.UTC)

    def start() -> Engine:
        raise AssertionError("nothing is to be compared")

    with Store.open(tmp_path / "a.db") as store:
        store.put(
            [
                Entry(
                    document=one,
                    location=Location(uri=one.uri, document=one.id, fetched_at=fetched),
                    reading=None,
                    tellings=(),
                    signature=b"",
                )
                for one in documents
            ]
        )
        both = contact(account("Sarvenia", "doc-en"), account("Tolmara", "doc-zh", language="zh"))
        with pytest.raises(UnreadLanguage, match="Chinese"):
            compare_contact(store, both, start, "hash")
