"""Who said what: quotations, reporting verbs, absences, and the tree of who says that who says.

All texts are written for these tests; Ostmark, Veloria, Karsk and everybody in them are invented.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diptych.annotate.quotation import find_quotations
from diptych.annotate.statements import find_statements
from diptych.records import Document, Statement

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

Read = Callable[[str], tuple[Statement, ...]]


@pytest.fixture(scope="module")
def read(nlp: Language, knowledge: Knowledge) -> Read:
    def read_text(text: str) -> tuple[Statement, ...]:
        return find_statements(Document(id="t", uri="t", text=text), nlp(text), (), (), knowledge)

    return read_text


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


def test_quotation_before_after_and_interrupted(read: Read) -> None:
    text = (
        '"We have found a path," the Ostmark minister told reporters in Lindau. "It will not be easy."\n\n'
        'Her guest replied: "Good. We start on Monday."'
    )
    found = [s for s in read(text) if s.direct == "direct"]
    assert [(s.source, s.content.quote) for s in found] == [
        ("the Ostmark minister", '"We have found a path,"'),
        ("the Ostmark minister", '"It will not be easy."'),
        ("Her guest", '"Good. We start on Monday."'),
    ]


def test_quotation_over_several_sentences_is_one_statement(read: Read) -> None:
    found = read('"The river is ours. It has always been ours. We will share it," Reko said.')
    assert rows(found)[0] == ("Reko", "said", '"The river is ours. It has always been ours. We will share it,"')


def test_speaker_goes_on_in_the_next_paragraph(read: Read) -> None:
    text = "“We will not wait,” said Prime Minister Ana Sorel.\n\n“There is no time left,”\n\nThe session was closed."
    found = read(text)
    assert [s.source for s in found] == ["Prime Minister Ana Sorel", "Prime Minister Ana Sorel"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("”We are one,” Reko said.", ["”We are one,”"]),
        ('“I am grateful," said Sorel. "It was time.”', ['“I am grateful,"', '"It was time.”']),
        ("«We agree», said Reko.", ["«We agree»"]),
        ("''We never left,'' Lind said.", ["''We never left,''"]),
        ("'We are ready to talk,' Lind said.", ["'We are ready to talk,'"]),
        ("The allies' plan and the minister's office are not quoted.", []),
        ("“We will sign, Reko said.", ["“We will sign, Reko said."]),
    ],
)
def test_quotation_marks_of_any_kind(text: str, quotes: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == quotes


def test_missing_closing_mark_is_said(read: Read) -> None:
    (only,) = find_quotations("“We will sign.")
    assert not only.closed
    first, second = find_quotations("“We will sign.\n\n“We will not wait,” he said.")
    assert first.continues
    assert second.closed


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


def test_agreed_to_binds_and_agreed_that_is_an_opinion(read: Read) -> None:
    binding, opinion = read("Both sides agreed to meet in May. Both sides agreed that the situation was grave.")
    assert binding.act == "agree"
    assert opinion.act == "concur"


@pytest.mark.parametrize(
    ("text", "act", "negated"),
    [
        ('"I am grateful to Ostmark for its help," Reko said.', "express", False),
        ("Reko said Veloria will lift the tariffs in May.", "commit", False),
        ('"This does not mean that we disagree," Reko said.', "deny", True),
        ('"I am not going to comment on that," Reko said.', "deny", True),
        ("Reko said the flights were unacceptable.", "affirm", False),
        ("Reko declined to comment on the arrests.", "deny", True),
        ("The embassy did not respond to a request for comment.", "deny", True),
        ("Veloria denied that its soldiers had crossed the river.", "deny", True),
        ("Reko did not deny that the talks had failed.", "state", False),
    ],
)
def test_act_and_negation(read: Read, text: str, act: str, negated: bool) -> None:
    found = read(text)[0]
    assert (found.act, found.negated) == (act, negated)
    assert not found.absence


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "In a press release by the Velorian ministry, there was no mention of the border post.",
            "a press release by the Velorian ministry",
            "the border post",
        ),
        (
            "The prisoners were not mentioned in Ostmark's readout either.",
            "Ostmark's readout",
            "The prisoners",
        ),
        ("The communiqué was silent on the fate of the activists.", "The communiqué", "the fate of the activists"),
        ("Veloria's foreign ministry made no reference to the strait.", "Veloria's foreign ministry", "the strait"),
        (
            "The part about the airfield was omitted in the statement by Ostmark.",
            "the statement by Ostmark",
            "The part about the airfield",
        ),
        ("The Velorian text did not use the word alliance.", "The Velorian text", "the word alliance"),
        ("Reko did not say whether the committee had met.", "Reko", "whether the committee had met"),
        ("Neither readout mentioned human rights.", "Neither readout", "human rights"),
        (
            "Both sides stressed the need for a truce but stopped short of mentioning the blockade.",
            "Both sides",
            "the blockade",
        ),
    ],
)
def test_reported_absence(read: Read, text: str, source: str, content: str) -> None:
    absent = [s for s in read(text) if s.absence]
    assert [(s.source, s.content.quote, s.negated, s.act) for s in absent] == [(source, content, True, "deny")]


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


VARIED = (
    'Ostmark\'s ministry said on Monday that both ministers had agreed to reopen the post. "We have found a path," '
    'Brandt told reporters. "It will not be easy." The Velorian statement made no mention of the post.'
)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace(" ", "  "),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace('"We', "“We").replace('path,"', "path,”").replace('"It', "“It").replace('easy."', "easy.”"),
        lambda t: t.replace("on Monday", "on\nMonday").replace("found a", "found\na"),
        lambda t: t.replace("'", "’"),
    ],
    ids=["double spaces", "no-break spaces", "curly quotes", "other line breaks", "curly apostrophe"],
)
def test_same_text_in_other_type_reads_the_same(read: Read, change: Callable[[str], str]) -> None:
    def plain(found: tuple[Statement, ...]) -> list[tuple[str, ...]]:
        table = str.maketrans({"“": '"', "”": '"', "’": "'"})
        return [
            (
                *(" ".join(part.split()).translate(table) for part in (s.source or "", s.cue, s.content.quote)),
                s.act,
                str(s.negated),
                str(s.absence),
                str(s.parent is None),
            )
            for s in found
        ]

    assert plain(read(change(VARIED))) == plain(read(VARIED))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "said said said said",
        "“““““ said ”””",
        "THE MINISTER SAID THE TALKS WERE FRANK. NO DATE WAS SET.",
        "the minister and said that of which not the",
        "According to",
        "\n\n\n",
        '" " " "',
    ],
)
def test_bad_input_fails_nowhere(read: Read, text: str) -> None:
    for s in read(text):
        assert text[s.content.start : s.content.end] == s.content.quote


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ('"There is no agreement on the islands," a Veloria foreign ministry spokeswoman said.', "deny"),
        ('"Nobody agreed to share the radar data," the Karsk minister said.', "deny"),
        ("Ostmark did not propose a truce at the talks, the Ostmark foreign ministry said.", "deny"),
        ("The Ostmark ministry said no promise was made.", "deny"),
        ('The ministry called the report "a fabrication".', "deny"),
        ("Reko said the report was untrue.", "deny"),
        ('"I have nothing to add on that," the minister said.', "deny"),
        ("The minister dodged a question on the loan.", "deny"),
        ("Reko would not be drawn on the date of the visit.", "deny"),
        ('"There is no doubt that the alliance is strong," Reko said.', "state"),
        ("Reko said nobody had been hurt.", "state"),
        ("Sorel said there was no time to lose.", "state"),
        ("Veloria did not take part in the drills, Karsk said.", "state"),
        ("The two sides should keep talking, the minister said.", "request"),
        ("Reko told Sorel that Veloria should stop the patrols.", "request"),
        ('"The border is ours. Withdraw your patrols at once," the minister said.', "request"),
        ('"We hope they will not send ships again," Reko said.', "request"),
        ("The ministry said Ostmark's position had not changed.", "affirm"),
        ("The spokesman said the drills were held in full accordance with international law.", "affirm"),
        ("The ministry said Veloria had no right to speak on the matter.", "affirm"),
        ("Ostmark will send a team to the site, the Ostmark minister said.", "commit"),
        ("The ministry conveyed a protest to the Velorian embassy.", "express"),
    ],
)
def test_act_lies_in_what_was_said(read: Read, text: str, act: str) -> None:
    outer = next(s for s in read(text) if s.parent is None)
    assert (outer.act, outer.negated) == (act, act == "deny")


@pytest.mark.parametrize(
    "text",
    [
        "Reko called on President Sorel on Tuesday.",
        "A video released by the ministry showed the drill.",
    ],
)
def test_visit_and_release_are_no_statements(read: Read, text: str) -> None:
    assert read(text) == ()


def test_words_quoted_by_others_keep_their_speaker(read: Read) -> None:
    found = read('"We will talk again," Sorel was quoted as saying by the state agency.')
    assert rows(found) == [("Sorel", "saying", '"We will talk again,"')]


def test_denied_gerund_in_the_perfect_is_a_denial(read: Read) -> None:
    outer = next(s for s in read("Veloria denied having promised a loan.") if s.parent is None)
    assert (outer.source, outer.cue, outer.content.quote) == ("Veloria", "denied", "having promised a loan")


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


def test_absence_is_told_once(read: Read) -> None:
    found = read("The Ostmark note did not contain any mention of the islands.")
    assert [s.content.quote for s in found if s.absence] == ["the islands"]


def test_transcript_of_an_hour_takes_linear_time(nlp: Language, knowledge: Knowledge) -> None:
    turn = (
        'QUESTION: Did the minister raise the strait?\n\nMR. HOLUB: We said that we will work with all sides. "The '
        'accord stands," the minister told them, and he reiterated that no date has been set.\n\n'
    )

    def seconds(times: int) -> float:
        text = turn * times
        doc = nlp(text)
        began = time.perf_counter()
        found = find_statements(Document(id="t", uri="t", text=text), doc, (), (), knowledge)
        assert len(found) >= 2 * times
        return time.perf_counter() - began

    seconds(2)
    short, long = seconds(10), seconds(80)
    assert long < 8 * short * 3


def test_ids_are_stable_and_parents_exist(read: Read) -> None:
    first, second = read(VARIED), read(VARIED)
    assert first == second
    ids = {s.id for s in first}
    assert len(ids) == len(first)
    assert all(s.parent is None or s.parent in ids for s in first)


def test_every_quote_is_an_exact_substring(shared: Path, nlp: Language, knowledge: Knowledge) -> None:
    for name in ("state-department", "white-house", "kremlin", "ukraine-president", "singapore-mfa"):
        with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"][:4000] for _, line in zip(range(6), lines, strict=False)]
        for text in texts:
            for s in find_statements(Document(id="t", uri="t", text=text), nlp(text), (), (), knowledge):
                assert text[s.content.start : s.content.end] == s.content.quote
                assert text[s.cue_span[0] : s.cue_span[1]] == s.cue
                assert s.content.quote.strip() == s.content.quote != ""
                if s.source_span is not None:
                    assert text[s.source_span[0] : s.source_span[1]] == s.source
