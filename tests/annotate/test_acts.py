"""What act a statement tells, and whether it denies.

All texts are written for these tests; Ostmark, Veloria, Karsk and everybody in them are invented.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.records import Statement

Read = Callable[[str], tuple[Statement, ...]]


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


def test_denied_gerund_in_the_perfect_is_a_denial(read: Read) -> None:
    outer = next(s for s in read("Veloria denied having promised a loan.") if s.parent is None)
    assert (outer.source, outer.cue, outer.content.quote) == ("Veloria", "denied", "having promised a loan")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The aid was not raised at the meeting, the ministry said.", "deny"),
        ('"The loan did not come up," the envoy said.', "deny"),
        ('"She promised nothing of the kind," the aide said.', "deny"),
        ("A source at the ministry cast doubt on the report.", "deny"),
        ("Reko would neither confirm nor deny the figure.", "deny"),
        ("Reko would say only that the river was high.", "state"),
        ('"We do not know how many were hurt," Reko said.', "state"),
        ('"It is not easy," Reko said.', "state"),
        ("Sorel said no decision would be taken without parliament.", "state"),
        ("The ministry condemned what it called an act of piracy.", "affirm"),
        ("The spokesman said any deal would have to include the prisoners.", "affirm"),
        ("The ministry announced that the crossing would reopen in May.", "commit"),
        ("The spokesman said President Sorel is expected to visit Lindau in May.", "setting"),
        ("The talks lasted two hours, an official said.", "setting"),
        ("The aide said Sorel wanted the ships gone.", "request"),
        ("Reko suggested that Veloria should build the bridge.", "request"),
        ("Both sides pledged to keep the border open.", "agree"),
    ],
)
def test_act_by_cue_and_content(read: Read, text: str, act: str) -> None:
    outer = next(s for s in read(text) if s.parent is None)
    assert (outer.act, outer.negated) == (act, act == "deny")
