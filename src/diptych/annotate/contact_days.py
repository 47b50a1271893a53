"""Which expression of time belongs to a contact, and what day it means there."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec

from diptych.annotate.dates import DayContext, DayExpression, Tense, find_days, find_time, resolve_day
from diptych.annotate.lexicon import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diptych.annotate.contact_words import ContactCue
    from diptych.annotate.words import Words
    from diptych.records import Document, When

_TOLD = vocabulary("said announced told stated added reported noted released issued declared explained published")
#: What may stand between a verb of telling and its day: "said in a statement on Thursday".
_PAPER = vocabulary(
    "here on in a an the its his her statement press news release readout post communique communiqué late early"
)
#: "a day before", "four days after", "the day after": with a clause behind them they set one event against another.
_SET_AGAINST = re.compile(r"(?:before|after)$")
#: The place and day that a report opens with: "PORT LUNE, Nov. 3 (Meridian) --".
_BEFORE_DAY = re.compile(r"(?:^|\n)[^\S\n]*\(?[A-ZÀ-Þ][\w.'’/ -]{1,40},?\s*(?:[A-Z][\w.]+,\s*)?$")
_AFTER_DAY = re.compile(r"\s*(?:\([^()\n]{1,40}\)|/[^/\n]{2,30}/)?\s*(?:--|[-–—:])\s*\S|\s*/[^/\n]{2,30}/")
_OWN_DAY = frozenset(("readout", "joint_statement", "press_conference", "transcript", "fact_sheet"))


class Days:
    """The expressions of time of one text, chosen and resolved from left to right.

    It remembers the day told last ("the same day") and that of the contact told last ("four days after A met B").
    """

    def __init__(self, document: Document, words: Words) -> None:
        self.document, self.words = document, words
        self.found: list[DayExpression] = list(find_days(document.text))
        self.at = [words.at(day.start) for day in self.found]
        self.previous: dt.date | None = None
        self.told: dt.date | None = None
        self.past: dt.date | None = None

    def by_sentence(self) -> dict[int, list[int]]:
        """Return the indices of the expressions that stand in each sentence."""
        out: dict[int, list[int]] = {}
        for k, word in enumerate(self.at):
            if word < len(self.words):
                out.setdefault(self.words.sentence[word], []).append(k)
        return out

    def remember(self, when: When | None, *, contact: bool = False) -> None:
        """Note a day, and whether it is that of a contact that took place."""
        if when is not None and when.precision == "day" and when.date is not None:
            self.previous = dt.date.fromisoformat(when.date[:10])
            if self.document.published is None or self.previous <= self.document.published:
                self.past = self.previous
                self.told = self.previous if contact else self.told

    def resolve(self, k: int, tense: Tense, cues: Sequence[ContactCue] = ()) -> When:
        """Resolve expression ``k``; ``cues`` are the words of contact in its sentence."""
        day = self.found[k]
        context = DayContext(tense=tense, previous=self.previous)
        if self._clause(k, cues) is None:
            return resolve_day(day.words, self.document.published, context)
        # "The talks came a day after A met B", "A called B a day before they met": one day earlier either way
        words = _SET_AGAINST.sub("before", day.words)
        context = DayContext(tense=tense, previous=self.told or self.past)
        return msgspec.structs.replace(resolve_day(words, self.document.published, context), quote=day.words)

    def dates_a_contact(self, k: int) -> bool:
        """Whether "the same day" may point to expression ``k``: not the day on which somebody told of it."""
        return not self._of_telling(self.at[k]) and not self.is_dateline(k)

    def is_dateline(self, k: int) -> bool:
        """Whether the expression is that of the line a report opens with, which dates the report."""
        day, text = self.found[k], self.document.text
        begin = max(text.rfind("\n", 0, day.start), 0)
        return (
            day.start - begin < 60
            and _BEFORE_DAY.search(text[begin : day.start]) is not None
            and _AFTER_DAY.match(text, day.end) is not None
        )

    def time(self, start: int, end: int) -> tuple[str, str] | None:
        """Return the clock time in ``text[start:end]`` and its words."""
        return find_time(self.document.text, start, end)

    def choose(self, cue: ContactCue, cues: Sequence[ContactCue], days: Sequence[int]) -> int | None:
        """Choose the expression of time that belongs to ``cue``, None where none does."""
        lower = self.words.lower
        best: tuple[int, int] | None = None
        infinitive = cue.form == "verb" and cue.first > 0 and lower[cue.first - 1] == "to"
        if any(self._clause(k, cues) is cue and self.found[k].words.endswith("before") for k in days):
            # "A called B a day before they met" says nothing of when they met
            return None
        for k in days:
            at = self.at[k]
            if at >= len(lower) or (infinitive and at < cue.head) or not self._may_belong(k, cue, cues):
                continue
            distance = at - cue.head if at > cue.head else (cue.head - at) + 3
            if self.is_dateline(k):
                if self.document.kind not in _OWN_DAY:
                    continue
                distance += 40
            rivals = [c for c in cues if c is not cue and c.head != cue.head]
            if cue.kind == "press_conference" and any(cue.head < r.head < at for r in rivals):
                # "A told reporters that he had met B on Monday"
                continue
            between = [r for r in rivals if at < r.head < cue.head]
            if between and {"who", "which"} & set(lower[between[-1].head : cue.head]):
                # "On Monday A met B, who was in X to attend the Forum"
                continue
            if any(cue.head < r.head < at and abs(at - r.head) < 8 for r in rivals) or any(
                at < r.head < cue.head for r in rivals
            ):
                distance += 12
            if best is None or distance < best[0]:
                best = (distance, k)
        return best[1] if best is not None else None

    def _may_belong(self, k: int, cue: ContactCue, cues: Sequence[ContactCue]) -> bool:
        lower, at = self.words.lower, self.at[k]
        before = lower[at - 1] if at else ""
        before_that = lower[at - 2] if at > 1 else ""
        phrase = self.found[k].words.lower()
        if "since" in lower[max(at - 5, cue.head) : at] or before_that == "since":
            return False
        if before in ("since", "until", "through") or phrase.startswith("since"):
            return False
        if self._of_telling(at):
            return False
        end = self.words.at(self.found[k].end)
        after = lower[end] if end < len(lower) else ""
        if after in _TOLD and at > 0 and cue.head > at:
            return False
        if after in ("'s", "’s") and not cue.first - 3 <= end <= cue.head:
            return False
        clause = self._clause(k, cues)
        if clause is None:
            return True
        return cue is clause if phrase.endswith("after") else cue.head < at

    def _of_telling(self, at: int) -> bool:
        """Whether the day at word ``at`` is when somebody told of it: "said Thursday", "said in a statement on ..."."""
        lower = self.words.lower
        k = at - 1
        while k > 0 and at - k < 6 and lower[k] in _PAPER:
            k -= 1
        return k >= 0 and lower[k] in _TOLD

    def _clause(self, k: int, cues: Sequence[ContactCue]) -> ContactCue | None:
        """Return the word of contact in the clause that "a day after", "a day before" opens."""
        if not _SET_AGAINST.search(self.found[k].words):
            return None
        end = self.words.at(self.found[k].end)
        following = self.words.lower[end : end + 1]
        if following in ((",",), (".",), (";",), ()):
            return None
        return next((c for c in cues if c.head >= end), None)
