"""Words quoted: marks of any kind, cues on either side, speakers who go on, transcripts.

All texts are written for these tests; Ostmark, Veloria, Karsk and everybody in them are invented.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.annotate.quotation import find_quotations
from diptych.records import Statement

Read = Callable[[str], tuple[Statement, ...]]


def rows(found: tuple[Statement, ...]) -> list[tuple[str | None, str, str]]:
    return [(s.source, s.cue, s.content.quote) for s in found]


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


def test_words_quoted_by_others_keep_their_speaker(read: Read) -> None:
    found = read('"We will talk again," Sorel was quoted as saying by the state agency.')
    assert rows(found) == [("Sorel", "saying", '"We will talk again,"')]


TRANSCRIPT = """Below are excerpts of what Mr Reko told the press.

Q: Minister, did President Sorel promise two ships?

Reko: I was in the room. There was no such promise. The President said that Veloria will help.

Q: So nobody will come?

Reko: I do not want to comment on that.

Mr Reko also expressed regret over the shooting.
"""


def test_turns_of_a_transcript_are_their_speakers(read: Read) -> None:
    found = [s for s in read(TRANSCRIPT) if s.parent is None]
    assert [(s.source, s.cue, s.act) for s in found] == [
        ("Reko", ":", "deny"),
        ("Reko", ":", "deny"),
        ("Mr Reko", "expressed regret", "express"),
    ]
    assert any(s.source == "The President" and s.parent == found[0].id for s in read(TRANSCRIPT))


def test_colon_brings_in_the_paragraph_after_it(read: Read) -> None:
    text = (
        'The envoy answered on Friday. He said:\n\n"We have a plan. It will hold."\n\n'
        "The minister then added:\n\nThe river is ours. It always was.\n\nThe talks go on."
    )
    assert [(s.source, s.content.quote) for s in read(text)] == [
        ("He", '"We have a plan. It will hold."'),
        ("The minister", "The river is ours. It always was."),
    ]


def test_quotation_at_the_end_of_a_clause_is_told_with_it(read: Read) -> None:
    (only,) = read('The plan to move the post "is a mistake," the mayor said.')
    assert only.content.quote == 'The plan to move the post "is a mistake,"'
    assert only.direct == "mixed"
