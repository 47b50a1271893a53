"""Whose account each statement of an article belongs to. Texts and officials are invented, countries are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.accounts import split_accounts
from diptych.annotate.statements import find_statements
from diptych.records import Account, Actor, Contact, Document, Mention, Participant, Statement

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

TEXT = (
    "Norway's foreign ministry said on Monday that the two ministers agreed to share data on cod. "
    "They also agreed to meet in June. "
    'Iceland\'s foreign ministry said the ministers "exchanged views on fisheries". '
    "Officials in Brussels said they had not been told."
)
NORWAY = Actor(id="n", kind="institution", name="Ministry of Foreign Affairs, NOR", country="NOR")
ICELAND = Actor(id="i", kind="institution", name="Ministry of Foreign Affairs, ISL", country="ISL")
ONE = Actor(id="a", kind="person", name="Kari Holte", country="NOR", office="Minister of Foreign Affairs")
OTHER = Actor(id="b", kind="person", name="Jon Birkisson", country="ISL", office="Minister of Foreign Affairs")


def mention(words: str, *actors: str) -> Mention:
    start = TEXT.index(words)
    return Mention(start=start, end=start + len(words), quote=words, form="title", actors=actors, rule="given")


MENTIONS = (
    mention("Norway's foreign ministry", "n"),
    mention("the two ministers", "a", "b"),
    mention("They", "a", "b"),
    mention("Iceland's foreign ministry", "i"),
    mention("the ministers", "a", "b"),
)
CALL = Contact(
    id="c",
    kind="phone_call",
    status="held",
    date=None,
    precision="unknown",
    participants=(Participant(name="Kari Holte", country="NOR"), Participant(name="Jon Birkisson", country="ISL")),
    quote=TEXT[:10],
    start=0,
    end=10,
)


def split(
    nlp: Language, knowledge: Knowledge, contacts: tuple[Contact, ...], publisher: str | None = "Nordic Post"
) -> tuple[tuple[Account, ...], dict[str, Statement]]:
    document = Document(id="t", uri="https://nordic.example/1", text=TEXT, kind="news", publisher=publisher)
    doc = nlp(TEXT)
    actors = (NORWAY, ICELAND, ONE, OTHER)
    statements = find_statements(document, doc, actors, MENTIONS, knowledge)
    accounts = split_accounts(document, contacts, statements, actors, knowledge)
    return accounts, {statement.id: statement for statement in statements}


def test_two_sides_two_accounts(nlp: Language, knowledge: Knowledge) -> None:
    accounts, by_id = split(nlp, knowledge, (CALL,))
    assert [(a.side, a.via, a.contact) for a in accounts] == [("NOR", "Nordic Post", "c"), ("ISL", "Nordic Post", "c")]
    norway, iceland = ([by_id[i] for i in account.statements] for account in accounts)
    # what the writer tells of both together goes on with the telling before it
    assert [s.cue for s in norway] == ["said", "agreed", "agreed"]
    assert [s.cue for s in iceland] == ["said", "exchanged views on"]
    assert norway[0].holder == iceland[0].holder == ("Kari Holte", "Jon Birkisson")


def test_statement_of_nobodys_side_is_in_no_account(nlp: Language, knowledge: Knowledge) -> None:
    accounts, by_id = split(nlp, knowledge, (CALL,))
    told = {i for account in accounts for i in account.statements}
    assert [s.source for i, s in by_id.items() if i not in told and s.parent is None] == ["Officials in Brussels"]


def test_without_a_contact_the_two_sides_most_heard_are_taken(nlp: Language, knowledge: Knowledge) -> None:
    accounts, _ = split(nlp, knowledge, (), publisher=None)
    assert [(a.side, a.via, a.contact) for a in accounts] == [
        ("NOR", "nordic.example", None),
        ("ISL", "nordic.example", None),
    ]


def test_no_statements_no_accounts(knowledge: Knowledge) -> None:
    document = Document(id="t", uri="t", text="Nothing was said.", kind="news")
    assert split_accounts(document, (CALL,), (), (NORWAY,), knowledge) == ()
