"""What an attribution is before it becomes a record, and the text it is read from."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.annotate.quotation import find_quotations, paragraphs
from diptych.annotate.turns import with_turns
from diptych.knowledge.cues import CueIndex
from diptych.knowledge.valency import AttributionKind, Valency, load_valency

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Doc, Token

    from diptych.knowledge.cues import Cue

Frame = Literal["clause", "quotation", "object", "infinitive", "preposition", "passive", "noun", "absence"]
Kind = AttributionKind | Literal["according", "noun", "feeling"]

_TRIM_LEFT = " \t\n\u00a0,;:.-–—"
_TRIM_RIGHT = " \t\n\u00a0;:-–—"


def listed(words: str) -> frozenset[str]:
    """Return the words of a blank-separated list."""
    return frozenset(words.split())


#: Content span in characters, last token of the cue, frame.
Complement = tuple[tuple[int, int], int, Frame]

#: Nouns that name the occasion or the text in which something was said.
OCCASIONS = listed(
    "call statement release interview briefing conference tweet post call phone meeting speech address remark letter "
    "report email message press talk note response reply testimony readout"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, a cue and a content, as offsets into the text.

    ``verb`` is the token that carries the cue, ``head`` the token that heads the source (None: no source).
    ``implicit``: the source is not named in the clause. ``quoted``: the content is a quotation as a whole.
    """

    verb: int
    lemma: str
    kind: Kind
    frame: Frame
    cue: tuple[int, int]
    source: tuple[int, int] | None
    head: int | None
    content: tuple[int, int]
    negated: bool = False
    absence: bool = False
    quoted: bool = False
    implicit: bool = False
    hedge: tuple[int, int] | None = None


class Source:
    """A parsed text with its quotations, made once and read by all rules."""

    def __init__(self, doc: Doc, cues: Iterable[Cue], text: str | None = None) -> None:
        self.doc = doc
        #: As published; the parse may have been made of the same text with other blanks.
        self.text: str = doc.text if text is None or len(text) != len(doc.text) else text
        self.paragraphs = paragraphs(self.text)
        self.quotations = with_turns(self.text, find_quotations(self.text), self.paragraphs)
        self.valency: Mapping[str, Valency] = load_valency()
        self.cues = CueIndex(cues)
        self._starts = [token.idx for token in doc]
        self.quote_of = self._quote_of()
        #: Verbs that the parser hung too deep, by token, and the verb each belongs to.
        self.lifted: Mapping[int, int] = self._lifted()

    def _lifted(self) -> dict[int, int]:
        from diptych.annotate.sources import governor

        found: dict[int, int] = {}
        for token in self.doc:
            if (
                token.pos_ == "VERB"
                and token.dep_ in ("conj", "advcl")
                and (
                    self.verb_of(token) is not None or token.lower_ == "made"  # no mention of something
                )
            ):
                above = governor(token)
                if above is not None:
                    found[token.i] = above.i
        return found

    def _quote_of(self) -> list[int]:
        """For each token the number of the quotation it stands in, or -1."""
        inside = [-1] * len(self.doc)
        for number, quotation in enumerate(self.quotations):
            first = self.token_at(quotation.start)
            for at in range(first, len(self.doc)):
                if self._starts[at] >= quotation.end:
                    break
                inside[at] = number
        return inside

    def token_at(self, offset: int) -> int:
        """Index of the token that covers ``offset``, or the next one."""
        at = bisect.bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self._starts[at] + len(self.doc[at].text):
            return at
        return at + 1

    def paragraph_end(self, offset: int) -> int:
        """Where the paragraph around ``offset`` ends."""
        at = bisect.bisect_right([start for start, _ in self.paragraphs], offset) - 1
        return self.paragraphs[at][1] if at >= 0 else len(self.text)

    def verb_of(self, token: Token) -> Valency | None:
        """The valency of ``token`` as a verb; None where it is none."""
        lemma = _LEMMAS.get(token.lower_, token.lemma_.lower())
        for child in token.rights:
            if child.dep_ in ("prt", "advmod") and child.i <= token.i + 2:
                phrasal = self.valency.get(f"{lemma} {child.lower_}")
                if phrasal is not None:
                    return phrasal
        return self.valency.get(lemma)

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Character span of the tokens ``first`` up to, not including, ``last``."""
        return self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1].text)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Strip blanks and commas off a content, take in marks that close inside of it, drop a lone mark."""
        text = self.text
        while start < end and text[start] in _TRIM_LEFT and text[start : start + 2] not in ("--",):
            start += 1
        while end > start and text[end - 1] in _TRIM_RIGHT + ",.":
            if text[end - 1] == "." and _abbreviation(text, start, end):
                break
            end -= 1
        return self._balance(start, end)

    def _balance(self, start: int, end: int) -> tuple[int, int]:
        """Let no quotation be cut in two: take in its other mark where only punctuation stands between."""
        text = self.text
        for number in range(max(0, self._before(start) - 1), len(self.quotations)):
            quotation = self.quotations[number]
            if quotation.start >= end + 3:
                break
            if quotation.end <= start:
                continue
            if quotation.start < start <= quotation.inner_start:
                start = quotation.start
            if start <= quotation.start < end <= quotation.end and not text[end : quotation.inner_end].strip(" ,.!?;"):
                end = quotation.end
        # A lone mark at either end belongs to a quotation outside.
        while end > start and text[end - 1] in '"“”' and not self._whole(start, end, end - 1):
            end -= 1
            while end > start and text[end - 1] in " ,":
                end -= 1
        while start < end and text[start] in '"“”' and not self._whole(start, end, start):
            start += 1
        return start, end

    def _before(self, offset: int) -> int:
        return bisect.bisect_left([quotation.start for quotation in self.quotations], offset)

    def _whole(self, start: int, end: int, mark: int) -> bool:
        """Whether the mark belongs to a quotation that lies in the span as a whole, or to none that is known."""
        for number in range(max(0, self._before(mark) - 1), len(self.quotations)):
            quotation = self.quotations[number]
            if quotation.start > mark:
                break
            if mark in (quotation.start, quotation.end - 1):
                return quotation.start >= start and quotation.end <= end
        return True


#: Forms that the small model's lemmatizer gets wrong.
_LEMMAS = {"hoped": "hope", "hoping": "hope", "noting": "note", "urging": "urge", "briefed": "brief", "found": "find"}


def _abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the full stop before ``end`` belongs to the word: "the U.S."."""
    word = text[start:end].rsplit(None, 1)[-1] if text[start:end].strip() else ""
    return word.count(".") > 1 or word.lower() in (
        "mr.",
        "dr.",
        "gen.",
        "sen.",
        "jr.",
        "inc.",
        "corp.",
        "co.",
        "p.m.",
        "a.m.",
    )
