from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.gather import gather
from diptych.knowledge import Knowledge
from diptych.records import Correction, GatheredContact, Telling
from tests.gather.builders import telling

SOLVANG, HARROW, BREM = "Mira Solvang (Valdoria)", "Odell Harrow (Tolmara)", "Ilse Brem (Karsk)"
MINISTERS = ("Jonas Velt (Valdoria)", "Ada Finn (Tolmara)")


def documents(contacts: Iterable[GatheredContact]) -> set[frozenset[str]]:
    return {frozenset(account.document for account in contact.accounts) for contact in contacts}


def gathered(knowledge: Knowledge, tellings: Sequence[Telling], **options: object) -> list[GatheredContact]:
    return list(gather(tellings, knowledge, **options))  # type: ignore[arg-type]


def test_two_sides_of_one_call_are_one_contact_that_says_why(knowledge: Knowledge) -> None:
    found = gathered(
        knowledge,
        [
            telling("v", "Valdoria", "2031-05-02", SOLVANG, HARROW, date="2031-05-02"),
            telling("t", "Tolmara", "2031-05-03", "Harrow (Tolmara)", "Solvang (Valdoria)"),
        ],
    )
    assert documents(found) == {frozenset({"v", "t"})}
    (contact,) = found
    assert (contact.kind, contact.status, contact.date, contact.precision) == (
        "phone_call",
        "held",
        "2031-05-02",
        "day",
    )
    assert [participant.name for participant in contact.participants] == ["Mira Solvang", "Odell Harrow"]
    assert contact.silent == ()
    assert len(contact.because) == 1
    assert "both tell of a phone call" in contact.because[0]
    assert "2031-05-02" in contact.because[0]


def test_a_side_that_published_nothing_is_silent(knowledge: Knowledge) -> None:
    (contact,) = gathered(knowledge, [telling("v", "Valdoria", "2031-05-02", SOLVANG, HARROW)])
    assert contact.silent == ("Tolmara",)
    assert contact.because == ("No text gives the day; the first day of publication stands in for it.",)


def test_what_one_side_reports_of_the_other_is_no_account_of_that_side(knowledge: Knowledge) -> None:
    own = telling("v", "Valdoria", "2031-05-02", SOLVANG, HARROW)
    told = telling("v", "Tolmara", "2031-05-02", SOLVANG, HARROW, via="Office of Valdoria")
    (contact,) = gathered(knowledge, [own, told])
    assert [(account.side, account.via) for account in contact.accounts] == [
        ("Valdoria", None),
        ("Tolmara", "Office of Valdoria"),
    ]
    assert contact.silent == ("Tolmara",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, date="2031-05-02"),
            telling("b", "Tolmara", "2031-05-05", SOLVANG, HARROW, date="2031-05-05"),
            id="another day",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW),
            telling("b", "Tolmara", "2031-05-02", *MINISTERS),
            id="leaders and ministers",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="meeting"),
            telling("b", "Tolmara", "2031-05-02", SOLVANG, HARROW, BREM, kind="trilateral"),
            id="two of three",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="visit"),
            telling("b", "Tolmara", "2031-05-02", SOLVANG, HARROW, kind="phone_call"),
            id="a call and a visit",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, quote="They spoke this morning."),
            telling("b", "Valdoria", "2031-05-02", SOLVANG, HARROW, quote="They spoke again in the evening."),
            id="morning and evening",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, quote="They had a telephone conversation."),
            telling("b", "Valdoria", "2031-05-02", SOLVANG, HARROW, quote="They had another telephone conversation."),
            id="another call",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, title="Call on grain"),
            telling("b", "Valdoria", "2031-05-02", SOLVANG, HARROW, title="Call on gas"),
            id="two readouts of one side of calls",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="meeting", place="Paris"),
            telling("b", "Tolmara", "2031-05-02", SOLVANG, HARROW, kind="meeting", place="Tokyo"),
            id="another country",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, "(Tolmara)", kind="meeting"),
            telling("b", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="meeting"),
            id="only the publisher's own",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, number=0),
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, number=1, kind="phone_call"),
            id="two contacts of one document",
        ),
    ],
)
def test_two_contacts_stay_two(knowledge: Knowledge, one: Telling, other: Telling) -> None:
    assert len(gathered(knowledge, [one, other])) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, date="2031-05-02"),
            telling("b", "Tolmara", "2031-05-03", SOLVANG, HARROW, date="2031-05-03"),
            id="across the date line",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="video_call"),
            telling("b", "Tolmara", "2031-05-02", SOLVANG, HARROW, kind="meeting"),
            id="a meeting by video",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="visit", date="2031-05-01/2031-05-04"),
            telling("b", "Tolmara", "2031-05-03", SOLVANG, HARROW, kind="meeting", date="2031-05-03"),
            id="a meeting within a visit",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-04-28", SOLVANG, HARROW, date="2031-05-02", status="planned"),
            telling("b", "Tolmara", "2031-05-02", SOLVANG, HARROW),
            id="announced and held",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="meeting"),
            telling("b", "Valdoria", "2031-05-02", SOLVANG, HARROW, kind="meeting", paper="transcript"),
            id="two documents of one side",
        ),
        pytest.param(
            telling("a", "Valdoria", "2031-05-02", SOLVANG, HARROW),
            telling("b", "Tolmara", "2031-05-02", HARROW, "(Valdoria)"),
            id="a state for a person",
        ),
    ],
)
def test_two_documents_are_one_contact(knowledge: Knowledge, one: Telling, other: Telling) -> None:
    assert len(gathered(knowledge, [one, other])) == 1


def test_nothing_merges_by_chain(knowledge: Knowledge) -> None:
    """A document on a leader and a minister resembles both calls of the day; the two calls stay two."""
    found = gathered(
        knowledge,
        [
            telling("leaders", "Valdoria", "2031-05-02", SOLVANG, HARROW, date="2031-05-02"),
            telling("both", "Tolmara", "2031-05-02", SOLVANG, HARROW, MINISTERS[0], MINISTERS[1], date="2031-05-02"),
            telling("ministers", "Valdoria", "2031-05-02", *MINISTERS, date="2031-05-02"),
        ],
    )
    assert len(found) == 2
    assert not any({"leaders", "ministers"} <= group for group in documents(found))


def test_a_weak_likeness_with_two_rivals_decides_nothing(knowledge: Knowledge) -> None:
    found = gathered(
        knowledge,
        [
            telling("call", "Valdoria", "2031-05-02", SOLVANG, HARROW),
            telling("second", "Valdoria", "2031-05-02", SOLVANG, "Piet Orr (Tolmara)"),
            telling("vague", "Tolmara", "2031-05-02", "(Tolmara)", SOLVANG),
        ],
    )
    assert documents(found) == {frozenset({"call"}), frozenset({"second"}), frozenset({"vague"})}


def test_a_passing_mention_is_no_account_and_founds_no_contact(knowledge: Knowledge) -> None:
    own = telling("v", "Valdoria", "2031-05-02", SOLVANG, HARROW, date="2031-05-02")
    mention = telling("m", "Tolmara", "2031-05-09", SOLVANG, HARROW, date="2031-05-02", lead=False)
    other = telling("o", "Tolmara", "2031-05-09", SOLVANG, BREM, date="2031-05-06", lead=False)
    assert documents(gathered(knowledge, [own, mention, other])) == {frozenset({"v"})}


def test_a_planned_contact_that_was_held_was_held(knowledge: Knowledge) -> None:
    planned = telling("a", "Valdoria", "2031-04-28", SOLVANG, HARROW, date="2031-05-02", status="planned")
    held = telling("b", "Tolmara", "2031-05-02", SOLVANG, HARROW)
    (contact,) = gathered(knowledge, [planned, held])
    assert contact.status == "held"
    assert contact.accounts[0].document == "b"


def test_a_readout_published_twice_is_of_one_call(knowledge: Knowledge) -> None:
    twice = [telling(name, "Valdoria", "2031-05-02", SOLVANG, HARROW) for name in ("a", "b")]
    assert len(gathered(knowledge, twice)) == 2
    assert len(gathered(knowledge, twice, copies=[{"a", "b"}])) == 1
    later = [twice[0], telling("b", "Valdoria", "2031-05-20", SOLVANG, HARROW)]
    (contact,) = gathered(knowledge, later, copies=[{"a", "b"}])
    assert contact.date == "2031-05-02"


def test_near_copies_are_joined_where_only_states_are_named(knowledge: Knowledge) -> None:
    one = telling("a", "Valdoria", "2031-05-02", "(Valdoria)", "(Tolmara)", "(Karsk)", kind="other", lead=False)
    other = telling("b", "Tolmara", "2031-05-02", "(Valdoria)", "(Tolmara)", "(Karsk)", kind="other")
    assert len(gathered(knowledge, [one, other])) == 1
    (contact,) = gathered(knowledge, [one, other], copies=[{"a", "b"}])
    assert "near-copy" in " ".join(contact.because)


MANY = [
    telling(
        f"d{number}",
        ("Valdoria", "Tolmara", "Karsk")[number % 3],
        f"2031-05-{2 + number % 5:02d}",
        *((SOLVANG, HARROW), (SOLVANG, "(Tolmara)"), (SOLVANG, HARROW, BREM), MINISTERS)[number % 4],
        kind=("phone_call", "meeting", "video_call", "other")[number // 3 % 4],
        date=f"2031-05-{2 + number % 6:02d}" if number % 2 else None,
        lead=number % 7 != 0,
    )
    for number in range(40)
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(MANY))
def test_the_order_of_arrival_does_not_matter(knowledge: Knowledge, shuffled: list[Telling]) -> None:
    assert gathered(knowledge, shuffled) == gathered(knowledge, MANY)


def test_every_telling_stands_in_one_contact_and_ids_are_unique(knowledge: Knowledge) -> None:
    found = gathered(knowledge, MANY)
    placed = [account.telling for contact in found for account in contact.accounts]
    assert len(placed) == len(set(placed))
    assert len({contact.id for contact in found}) == len(found)


def correction(
    kind: str, *tellings: Telling, at: int = 1, field: str | None = None, value: str | None = None
) -> Correction:
    return Correction(
        id=f"c{at}",
        kind=kind,  # type: ignore[arg-type]
        tellings=tuple(one.id for one in tellings),
        field=field,
        value=value,
        made_at=dt.datetime(2031, 6, 1, at, tzinfo=dt.UTC),
    )


CALL = telling("v", "Valdoria", "2031-05-02", SOLVANG, HARROW, date="2031-05-02")
SAME = telling("t", "Tolmara", "2031-05-02", SOLVANG, HARROW)
APART = telling("k", "Tolmara", "2031-06-20", *MINISTERS)


def test_a_person_joins_what_the_rules_keep_apart(knowledge: Knowledge) -> None:
    found = gathered(knowledge, [CALL, SAME, APART], corrections=[correction("join", CALL, APART)])
    assert documents(found) == {frozenset({"v", "t", "k"})}
    assert any("A person joined" in sentence for sentence in found[0].because)


def test_a_person_splits_what_the_rules_join(knowledge: Knowledge) -> None:
    found = gathered(knowledge, [CALL, SAME], corrections=[correction("split", SAME, CALL)])
    assert documents(found) == {frozenset({"v"}), frozenset({"t"})}


def test_the_last_decision_holds_and_it_holds_at_every_run(knowledge: Knowledge) -> None:
    decisions = [correction("split", SAME, CALL, at=1), correction("join", SAME, CALL, at=2)]
    for _ in range(2):
        assert documents(gathered(knowledge, [CALL, SAME], corrections=decisions)) == {frozenset({"v", "t"})}
        assert documents(gathered(knowledge, [SAME, CALL], corrections=decisions[::-1])) == {frozenset({"v", "t"})}


def test_a_person_sets_a_field(knowledge: Knowledge) -> None:
    decisions = [
        correction("set", SAME, at=1, field="date", value="2031-05"),
        correction("set", SAME, at=2, field="kind", value="meeting"),
        correction("set", APART, at=3, field="place", value="Velm"),
    ]
    (contact,) = gathered(knowledge, [CALL, SAME], corrections=decisions)
    assert (contact.kind, contact.date, contact.precision, contact.place) == ("meeting", "2031-05", "month", None)
    assert "A person set kind to meeting." in contact.because


def test_fifteen_thousand_tellings_take_seconds(knowledge: Knowledge) -> None:
    maker = random.Random(1)
    states = [f"Land{number}" for number in range(40)]
    tellings = []
    for number in range(7500):
        day = dt.date(2020, 1, 1) + dt.timedelta(maker.randrange(3000))
        one, other = maker.sample(states, 2)
        who = (f"Head of{one} (Land)".replace("(Land)", f"({one})"), f"Chief of{other} ({other})")
        for side in (one, other):
            tellings.append(telling(f"{side}-{number}", side, day.isoformat(), *who, date=day.isoformat()))
    began = time.perf_counter()
    found = gathered(knowledge, tellings)
    assert time.perf_counter() - began < 20
    assert sum(len(contact.accounts) == 2 for contact in found) > 7000
