"""Contacts as gathered: replaced whole, found by filters; corrections, comparisons, refusals and feeds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import msgspec
import pytest

from diptych.errors import UnknownId
from diptych.records import Correction, GatheredContact, Participant
from diptych.store import Feed, Refusal, Store
from tests.store.readings import NOON, entry, gathered


def _filled(store: Store, count: int = 12) -> list[GatheredContact]:
    entries = [entry(number) for number in range(count)]
    store.put(entries)
    contacts = [gathered(*one.tellings) for one in entries]
    store.replace_contacts(contacts, store.tellings_state())
    return contacts


def _dated(contact: GatheredContact, date: str | None, precision: str) -> GatheredContact:
    return msgspec.structs.replace(contact, date=date, precision=precision)


def test_contacts_come_back_whole_by_date_and_id(store: Store) -> None:
    contacts = _filled(store)
    assert list(store.contacts()) == sorted(contacts, key=lambda one: (one.date or "", one.id))
    assert store.contact(contacts[3].id) == contacts[3]
    assert store.counts().accounts == 12
    (of_one,) = store.contacts_of(contacts[3].accounts[0].document)
    assert of_one == contacts[3]


def test_gathering_again_replaces_all_of_them(store: Store) -> None:
    contacts = _filled(store)
    store.replace_contacts(contacts[:2], store.tellings_state())
    assert {one.id for one in store.contacts()} == {one.id for one in contacts[:2]}
    assert store.counts().accounts == 2


def test_new_tellings_and_corrections_need_gathering(store: Store) -> None:
    assert store.needs_gathering()
    _filled(store)
    assert not store.needs_gathering()
    before = store.tellings_state()
    store.put([entry(100)])
    assert store.needs_gathering()
    assert store.tellings_state() != before
    store.replace_contacts([], before)
    assert store.needs_gathering(), "what came in between reading and replacing must not be taken for gathered"
    store.replace_contacts([], store.tellings_state())
    store.add_correction(Correction(id="c1", kind="join", tellings=("a", "b"), made_at=NOON))
    assert store.needs_gathering()


def test_a_telling_that_says_something_else_needs_gathering(store: Store) -> None:
    first = entry(0)
    store.put([first])
    store.replace_contacts([], store.tellings_state())
    store.put([first], again=True)
    assert not store.needs_gathering(), "the same tellings put in again say nothing new"
    changed = tuple(msgspec.structs.replace(telling, lead=not telling.lead) for telling in first.tellings)
    store.put([dataclasses.replace(first, tellings=changed)], again=True)
    assert store.needs_gathering()


def test_filters_of_contacts(store: Store) -> None:
    contacts = _filled(store, 40)

    def ids(**asked: object) -> set[str]:
        return {one.id for one in store.contacts(**asked)}  # type: ignore[arg-type]

    def sides(contact: GatheredContact) -> set[str | None]:
        return {one.side for one in contact.participants}

    assert ids(between=["Veskia", "Tolmara"]) == {c.id for c in contacts if sides(c) >= {"Veskia", "Tolmara"}}
    assert ids(between=["Veskia"]) == {c.id for c in contacts if "Veskia" in sides(c)}
    assert ids(between=["Nowhere"]) == set()
    assert ids(with_name="brandao") == {c.id for c in contacts if "Veskia" in sides(c)}
    assert ids(with_name="dovanu mira") == {c.id for c in contacts if "Sarvenia" in sides(c)} != set()
    assert ids(with_name="ova") == ids(with_name="%") == set()
    assert ids(kind="phone_call") == {c.id for c in contacts}
    assert ids(kind="summit") == ids(status="planned") == ids(two_sided=True) == set()
    day = "2020-01-20"
    assert ids(since=day) == {c.id for c in contacts if c.date and c.date >= day}
    assert ids(until=day) == {c.id for c in contacts if c.date and c.date <= day}
    assert (
        ids(since=dt.date(2020, 2, 1)) == ids(since="2020-02") == {c.id for c in contacts if str(c.date) >= "2020-02"}
    )
    assert len(list(store.contacts(limit=5))) == 5


def test_a_contact_of_which_the_month_alone_is_known_fits_its_days(store: Store) -> None:
    _check_months(store)


def test_months_are_told_from_days_however_a_database_sorts(postgresql_of_a_language: str) -> None:
    with Store.open(postgresql_of_a_language) as store:
        _check_months(store)


def _check_months(store: Store) -> None:
    base = _filled(store, 1)[0]
    some = {"2022-01-15": "day", "2022-01": "month", "2022": "year", "2021-12": "month", "2023": "year"}
    contacts = [
        msgspec.structs.replace(_dated(base, date, precision), id=f"c-{date}") for date, precision in some.items()
    ]
    contacts.append(msgspec.structs.replace(_dated(base, None, "unknown"), id="c-none"))
    store.replace_contacts(contacts, "")

    def dates(**asked: object) -> set[str | None]:
        return {one.date for one in store.contacts(**asked)}  # type: ignore[arg-type]

    stay = msgspec.structs.replace(_dated(base, "2021-12-30/2022-01-02", "day"), id="c-stay")
    store.replace_contacts([*contacts, stay], "")
    assert "2021-12-30/2022-01-02" in dates(since="2022-01-02") & dates(until="2021-12-30")
    assert "2021-12-30/2022-01-02" not in dates(since="2022-01-03") | dates(until="2021-12-29")
    store.replace_contacts(contacts, "")
    assert dates(since="2022-01-20") == {"2022-01", "2022", "2023"}
    assert dates(since="2022-01", until="2022-01-14") == {"2022-01", "2022"}
    assert dates(until="2021-12-05") == {"2021-12"}
    assert dates(since="2022", until="2022") == {"2022-01-15", "2022-01", "2022"}
    assert dates(until="2022-12-31") == {"2022-01-15", "2022-01", "2022", "2021-12"}
    assert [one.date for one in store.contacts()][-1] is None


def test_two_sided_counts_sides_with_an_account_of_their_own(store: Store) -> None:
    base = _filled(store, 2)[0]
    (own,) = base.accounts
    other = msgspec.structs.replace(own, side="Tolmara" if own.side != "Tolmara" else "Veskia", telling="t2")
    reported = msgspec.structs.replace(other, via="A paper")
    both = msgspec.structs.replace(base, id="c-both", accounts=(own, other))
    one = msgspec.structs.replace(base, id="c-one", accounts=(own, reported))
    store.replace_contacts([both, one], "")
    assert [contact.id for contact in store.contacts(two_sided=True)] == ["c-both"]
    assert store.counts().two_sided == 1


def test_a_contact_is_named_by_the_beginning_of_its_id(store: Store) -> None:
    contacts = _filled(store)
    id = contacts[0].id
    assert store.contact(id[:-4]).id == id
    with pytest.raises(UnknownId, match="Several"):
        store.contact("gathered-")
    with pytest.raises(UnknownId, match="no contact"):
        store.contact("gathered-zz")


def test_participants_are_kept_as_they_are(store: Store) -> None:
    base = _filled(store, 1)[0]
    people = (Participant(name=None, office="Foreign Minister", country=None, side="Ondria"), Participant(name="X"))
    store.replace_contacts([msgspec.structs.replace(base, participants=people)], "")
    (found,) = store.contacts(with_name="foreign minister")
    assert found.participants == people


def test_corrections_are_kept_until_they_are_taken_back(store: Store) -> None:
    later = Correction(id="c2", kind="set", tellings=("t",), field="date", value="2020-01-01", note="É", made_at=NOON)
    early = Correction(id="c1", kind="split", tellings=("t", "u"), made_at=NOON - dt.timedelta(days=1))
    for one in (later, early, later):
        store.add_correction(one)
    assert store.corrections() == [early, later]
    store.remove_correction("c1")
    assert store.corrections() == [later]
    with pytest.raises(UnknownId):
        store.remove_correction("c1")


def test_a_comparison_is_kept_for_the_version_that_made_it(store: Store) -> None:
    a, b = (entry(number).document.id for number in (1, 2))
    store.put([entry(1), entry(2)])
    point = {"id": "A1", "side": "a", "start": 0, "end": 3, "quote": "Min", "act": "state", "holder": "a", "x": 1}
    json_ = json.dumps({"schema": "diptych.comparison/1", "points": [point]})
    store.save_comparison("c", a, b, json_, "1")
    store.save_comparison("c", a, b, json_, "2")
    assert store.comparison("c", a, b, "2") == json_.encode()
    assert store.comparison("c", a, b, "1") is None
    assert store.comparison("c", b, a, "2") is None
    assert store.counts().comparisons == 1


def test_refusals_count_their_tries_until_admitted(store: Store) -> None:
    first = Refusal(uri="u", source="s.jsonl", reason="no text", remedy="give some", tried_at=NOON)
    store.refuse([first, Refusal(uri="v", source="s.jsonl", reason="x", remedy="y", tried_at=NOON)])
    later = NOON + dt.timedelta(days=1)
    store.refuse([Refusal(uri="u", source="s.jsonl", reason="still none", remedy="give some", tried_at=later)])
    store.refuse([])
    again, other = store.refused()
    assert (again.reason, again.tries, again.first_tried_at, again.tried_at) == ("still none", 2, NOON, later)
    assert (other.uri, other.tries) == ("v", 1)
    store.admit(["u", "unknown"])
    assert [one.uri for one in store.refused()] == ["v"]


def test_feeds_remember_where_they_stand(store: Store) -> None:
    assert store.feed("f") is None
    feed = Feed(uri="f", etag='"x"', last_polled=NOON, next_due=NOON + dt.timedelta(hours=1), failures=2, message="503")
    store.put_feed(Feed(uri="f"))
    store.put_feed(feed)
    assert store.feed("f") == feed
    assert store.feeds() == [feed]
    store.forget_feed("f")
    assert store.feeds() == []


def test_another_diptych_gathers_anew(store: Store) -> None:
    store.replace_contacts([], store.tellings_state("0.1.0+aa"))
    assert not store.needs_gathering("0.1.0+aa")
    assert store.needs_gathering("0.1.0+bb")
    assert store.needs_gathering("0.2.0+aa")
