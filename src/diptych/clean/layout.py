"""Which lines of a page are its title, which its body, and which are furniture.

A line goes only on evidence: it is furniture by itself (:mod:`diptych.clean.recognise`), it repeats another line, it
describes a picture, or it stands outside the body (before the first or after the last running text) on a page that
carries furniture there. A plain text without furniture loses nothing but its title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from diptych.clean.captions import CAPTION_LABEL, ends_with_credit, looks_like_caption
from diptych.clean.forms import (
    BULLET,
    SPEAKER,
    SPOT,
    block_kind,
    cut_end,
    is_heading,
)
from diptych.clean.heads import HeadSteps
from diptych.clean.issuers import place_state, read_issuer
from diptych.clean.lines import Line, is_sentence, word_count
from diptych.clean.menus import is_tag_row
from diptych.clean.recognise import Seen, is_institution
from diptych.knowledge.furniture import Furniture
from diptych.knowledge.publishers import Publishers

__all__ = ["Dropped", "Layout", "lay_out"]


@dataclass(frozen=True)
class Dropped:
    """A line that was left out, and why."""

    line: Line
    why: str


@dataclass(frozen=True)
class Layout:
    """A page taken apart: title, body blocks, what the furniture told, and all that was left out."""

    title: str | None
    body: tuple[Line, ...]
    seen: tuple[Seen, ...]
    dropped: tuple[Dropped, ...]


class _Steps(HeadSteps):
    """Each step is one kind of evidence, in the order of :func:`lay_out`."""

    def keep_dates_of_the_story(self) -> None:
        """A day or an outlet alone on a line inside the text is a heading of the text, a sign-off is not."""
        first, last = self.prose_range()
        for i in range(first + 1, last):
            seen = self.seen[i]
            if seen is None or seen.labelled or seen.byline:
                continue
            above = sum(self.prose[j] and self.open(j) for j in range(i))
            if seen.role in ("date", "publisher", "label") and above > 1 and not self._closes_a_paper(i):
                self.why[i] = None

    def _closes_a_paper(self, index: int) -> bool:
        return self.seen[index] is not None and any(
            is_institution(self.lines[j].text) for j in range(max(0, index - 2), index) if not self.prose[j]
        )

    def drop_signoffs(self) -> None:
        """MINISTRY OF … / CAPITAL / 5 JULY 2022: up to three short lines that end in a day."""
        head = self.prose_range()[0] if self.title_key is None else 0
        for i, seen in enumerate(self.seen):
            # Above the text a title may stand between the institution and the day.
            if seen is None or seen.role not in ("date", "signoff") or self.why[i] is None or i < head:
                continue
            above = [
                j
                for j in range(max(0, i - 3), i)
                if word_count(self.lines[j].text) <= 9 and not is_sentence(self.lines[j].text)
            ]
            names = [j for j in above if is_institution(self.lines[j].text)]
            _, last = self.prose_range()
            if i > last >= 0 and not names and i - 1 > last and SPOT.fullmatch(self.lines[i - 1].text):
                self.why[i - 1] = self.why[i - 1] or "signoff"
            if names and above[-1] == i - 1:
                for j in range(names[0], i):
                    self.why[j] = self.why[j] or "signoff"
                issuer = read_issuer(self.lines[names[0]].text, self.publishers)
                if i > last >= 0 and issuer is not None:
                    issuer = place_state(issuer, self.lines[names[0] + 1].text)
                    self.seen[names[0]] = Seen("issuer", publisher=issuer)

    def drop_repeated(self) -> None:
        """Captions stand twice in a row, titles come again, long paragraphs repeat on pages that repeat."""
        first, _ = self.prose_range()
        at: dict[str, int] = {}
        for i, key in enumerate(self.keys):
            before = at.get(key)
            at[key] = i
            if before is None or not self.open(i):
                continue
            words = word_count(self.lines[i].text)
            adjacent = before == i - 1
            if adjacent and words >= 7 and is_sentence(self.lines[i].text) and self.one_sentence(i):
                self.why[before] = self.why[i] = "caption"
            elif (
                (adjacent and words >= 4)
                or (words >= 15 and self.prose[i])
                or (before < first and words >= 4 and is_heading(self.lines[i]))
            ):
                self.why[i] = "repeated"

    def drop_captions(self) -> None:
        """A line that describes a picture; the agency's name that closes the last paragraph is no credit."""
        _, last = self.prose_range()
        for i, line in enumerate(self.lines):
            if not self.open(i):
                continue
            if i == last and i > 0:
                # An agency's name closes the last paragraph; only what shows a picture is a caption here.
                if sum(self.prose) > 2 and looks_like_caption(line.text, self.kb, sure=True):
                    self.why[i] = "caption"
                continue
            if i and not line.gap and CAPTION_LABEL.fullmatch(self.lines[i - 1].text) and word_count(line.text) <= 45:
                self.why[i] = "caption"
                continue
            credit = ends_with_credit(line.text, self.kb)
            credited = credit is not None and i < last and self.one_sentence(i)
            if credited and credit and (is_sentence(credit[0]) or word_count(line.text) < 30):
                self.why[i] = "caption"
                continue
            if looks_like_caption(line.text, self.kb):
                self.why[i] = "caption"

    def drop_boxes(self) -> None:
        """Headline-like lines under the heading of a box, and all after the end of the text."""
        first, last = self.prose_range()
        in_box = False
        for i in range(len(self.lines)):
            seen = self.seen[i]
            if seen is not None and seen.role == "opener":
                in_box = True
            elif in_box and self.open(i):
                asks = self.lines[i].text.endswith("?") and not self.prose[i]
                if asks or is_heading(self.lines[i]) or (i > last and not is_sentence(self.lines[i].text)):
                    self.why[i] = "box"
                else:
                    in_box = False
        words = sum(word_count(line.text) for i, line in enumerate(self.lines) if self.open(i))
        for i in range(first + 1, len(self.lines)):
            seen = self.seen[i]
            if seen is None or seen.role != "closer":
                continue
            after = [j for j in range(i + 1, len(self.lines)) if self.open(j)]
            if sum(word_count(self.lines[j].text) for j in after if self.prose[j]) <= 0.25 * words:
                for j in after:
                    self.why[j] = "closer"
                break

    def drop_crossheads(self) -> None:
        """One or two words alone between paragraphs part an article of a site with menus or writers, no more."""
        first, last = self.prose_range()
        above = [seen for seen in self.seen[:first] if seen is not None]
        if not any(seen.role in ("menu", "byline") for seen in above) or any(seen.role == "issuer" for seen in above):
            return
        short = [
            i
            for i in range(first + 1, last)
            if self.open(i)
            and is_heading(self.lines[i])
            and re.fullmatch(r"[A-Z][\w'’-]+(?: [\w'’-]+)?", self.lines[i].text)
        ]
        for i in short if len(short) <= 5 else ():
            self.why[i] = "crosshead"

    def drop_tail(self) -> None:
        """Below the text: from the first furniture on, and above a copyright line, what is no running text goes."""
        _, last = self.prose_range()
        if last < 0:
            return
        closers = [i for i in range(last + 1, len(self.lines)) if self.why[i] == "closer"]
        for i in range(last + 1, closers[0] if closers else 0):
            if self.open(i) and is_heading(self.lines[i]):
                self.why[i] = "tail"
        for i in range(last + 1, len(self.lines)):
            wide = "  " in self.lines[i].text or SPEAKER.match(self.lines[i].text) is not None
            tagged = i > 0 and self.keys[i - 1] in self.kb.lines and not self.open(i - 1)
            if self.open(i) and (wide or tagged) and is_tag_row(self.lines[i].text):
                self.why[i] = "tags"
        ended = only_furniture = False
        for i in range(last + 1, len(self.lines)):
            seen = self.seen[i]
            text = self.lines[i].text
            if self.open(i):
                # A list that is announced belongs to the text, whatever stands above it.
                ended = ended and not (only_furniture and (text[-1:] == ":" or BULLET.match(text)))
                self.why[i] = "tail" if ended else None
            elif seen is not None and seen.role in ("label", "publisher") and not ended:
                # Names of states and institutions stand in lists of those who sign.
                self.why[i] = None if i > last + 1 and self.open(i - 1) else self.why[i]
            elif seen is not None and self.tells(i):
                only_furniture = seen.role == "furniture" and (only_furniture or not ended)
                ended = True


def lay_out(lines: tuple[Line, ...], kb: Furniture, publishers: Publishers, title: str | None = None) -> Layout:
    """Take a page apart. ``title`` is the title when it is known from elsewhere (metadata, a table)."""
    # what a line is does not hang on which blanks it has
    judged = tuple(replace(line, text=line.text.replace("\u00a0", " ")) for line in lines)
    page = _Steps(judged, title, kb, publishers)
    page.keep_dates_of_the_story()
    page.drop_signoffs()
    page.drop_captions()
    page.drop_speakers()
    page.take_issuer()
    page.take_title()
    page.drop_standfirst()
    page.drop_summary()
    page.drop_head_captions()
    page.drop_repeated()
    page.drop_head()
    page.drop_boxes()
    page.drop_crossheads()
    page.drop_tail()
    body = [replace(line, kind=block_kind(line)) for i, line in enumerate(lines) if page.open(i)]
    # What stands below the title tells of the text, what stands above it often of the day it is read on.
    titled = next((i for i, why in enumerate(page.why) if why == "title"), 0)
    seen = [seen for seen in (*page.seen[titled:], *page.seen[:titled]) if seen is not None]
    if body:
        text, agency = cut_end(body[-1].text, kb)
        if text:
            body[-1] = replace(body[-1], text=text)
        if agency:
            seen.append(Seen("byline", byline=(agency,)))
    dropped = tuple(Dropped(line, why) for line, why in zip(lines, page.why, strict=True) if why is not None)
    return Layout(page.title, tuple(body), tuple(seen), dropped)
