"""Who said what: sources, cues, contents, and the tree of who says that who says.

All texts are written for these tests; Ostmark, Veloria, Karsk and everybody in them are invented.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.records import Statement

Read = Callable[[str], tuple[Statement, ...]]


def rows(found: tuple[Statement, ...]) -> list[tuple[str | None, str, str]]:
    return [(s.source, s.cue, s.content.quote) for s in found]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The Ostmark foreign ministry said on Monday that the border post would reopen before winter.",
            "The Ostmark foreign ministry",
            "said",
            "that the border post would reopen before winter",
        ),
        ("The talks went well, the ministry said.", "the ministry", "said", "The talks went well"),
        (
            'Ostmark "categorically rejects" the accusation, its foreign ministry said in a statement.',
            "its foreign ministry",
            "said",
            'Ostmark "categorically rejects" the accusation',
        ),
        (
            "The latest test, Veloria said, was its biggest yet.",
            "Veloria",
            "said",
            "The latest test, Veloria said, was its biggest yet",
        ),
        (
            "Lindau-based Meridian Institute said in a report published Tuesday that exports had fallen by a third.",
            "Lindau-based Meridian Institute",
            "said",
            "that exports had fallen by a third",
        ),
        (
            "According to people close to the talks, the offer was withdrawn on Friday.",
            "people close to the talks",
            "According to",
            "the offer was withdrawn on Friday",
        ),
        (
            "At the same time, according to the President, much depends on the people now.",
            "the President",
            "according to",
            "much depends on the people now",
        ),
        (
            "The spokesman pointed out that no date had been set.",
            "The spokesman",
            "pointed out",
            "that no date had been set",
        ),
        (
            "The envoy called on all parties to show restraint.",
            "The envoy",
            "called on",
            "all parties to show restraint",
        ),
        (
            "The minister expressed concern about the detention of two engineers.",
            "The minister",
            "expressed concern",
            "about the detention of two engineers",
        ),
        (
            "It said only that the ministers had agreed to stay in touch.",
            "It",
            "said only",
            "that the ministers had agreed to stay in touch",
        ),
    ],
)
def test_source_cue_and_content(read: Read, text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in rows(read(text))


def test_nested_attribution_is_a_tree(read: Read) -> None:
    found = read(
        "The department said the two sides affirmed that the pact is the base of peace and "
        "stressed the importance of further drills."
    )
    outer, affirmed, stressed = found
    assert outer.parent is None
    assert affirmed.parent == stressed.parent == outer.id
    assert affirmed.content.quote == "that the pact is the base of peace"
    assert stressed.source == "the two sides"
    # the act and the holder of the outer statement are those of what it reports
    assert outer.act == affirmed.act == stressed.act == "concur"
    assert outer.holder == ("the two sides",)


def test_several_acts_under_one_subject(read: Read) -> None:
    found = read(
        "Sorel thanked Veloria for its hospitality, reiterated her support for the accord and urged both parties to "
        "return to the table, noting the suffering of civilians."
    )
    assert [(s.source, s.act) for s in found] == [
        ("Sorel", "express"),
        ("Sorel", "affirm"),
        ("Sorel", "request"),
        ("Sorel", "state"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It appears that Veloria's reluctance has fed the tensions.",
        "This could mean that Ostmark did not want to stress the accord.",
        "The two sides are expected to explore ways to deepen cooperation.",
        "Sorel could use the talks to stress the need for reform.",
        "The visit underscores the growing rift.",
        "Reko is due to meet Sorel on May 3 and is expected to press her on tariffs.",
        "As Ostmark seeks to firm up its alliances, the port has become a symbol.",
    ],
)
def test_writers_own_judgement_is_nobodys_statement(read: Read, text: str) -> None:
    assert read(text) == ()


def test_impersonal_cue_has_no_source(read: Read) -> None:
    (only,) = read("It is said that the embassy knew of the letter.")
    assert only.source is None
    assert only.source_entity is None
    assert only.hedge == "It is said"


def test_participle_after_while_is_the_speakers(read: Read) -> None:
    found = read("Reko said that the review involves many options, while reiterating the need for joint efforts.")
    assert rows(found) == [
        ("Reko", "said", "that the review involves many options"),
        ("Reko", "reiterating", "the need for joint efforts"),
    ]


def test_two_accounts_in_one_sentence_are_kept_apart(read: Read) -> None:
    found = read("While Ostmark said the leaders had agreed on a truce, Veloria said they had merely met.")
    assert {(s.source, s.content.quote) for s in found if s.cue == "said"} == {
        ("Ostmark", "the leaders had agreed on a truce"),
        ("Veloria", "they had merely met"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Reko called on President Sorel on Tuesday.",
        "A video released by the ministry showed the drill.",
    ],
)
def test_visit_and_release_are_no_statements(read: Read, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            'The Karsk ministry said the minister had discussed "issues of concern" with Sorel and made no reference '
            "to the crew.",
            "made no reference to",
            "the crew",
        ),
        (
            "The Karsk ministry said Sorel would visit in May and urged Veloria to lift the ban.",
            "urged",
            "Veloria to lift the ban",
        ),
    ],
)
def test_second_verb_in_another_tense_belongs_to_the_cue(read: Read, text: str, cue: str, content: str) -> None:
    assert ("The Karsk ministry", cue, content) in rows(read(text))


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("The envoy affirmed that Karsk does not seek war and rejected the charge.", "The envoy", "rejected"),
        ("Sorel claimed that nobody kept notes and accused Veloria of bad faith.", "Sorel", "accused"),
        ("The two ministers agreed to meet in May and discussed the dam.", "The two ministers", "discussed"),
        ("Reko made no mention of the dam but hailed what he called a new start.", "Reko", "hailed"),
    ],
)
def test_further_act_belongs_to_the_speaker(read: Read, text: str, source: str, cue: str) -> None:
    assert (source, cue) in [(s.source, s.cue) for s in read(text) if s.parent is None]


def test_question_tells_nothing(read: Read) -> None:
    assert read("Did the President promise two ships?") == ()


def test_a_verb_of_going_on_and_the_one_it_leads_to_make_one_statement(read: Read) -> None:
    found = read(
        "He said that the bridge was shut. He went on to say that we certainly do not plan a meeting with Karsk."
    )
    assert len({s.id for s in found}) == len(found)
    assert len([s for s in found if "plan a meeting" in s.content.quote]) == 1
