"""Which lines of a page are its title, which its body, and which are furniture.

A line goes only on evidence: it is furniture by itself (:mod:`diptych.clean.recognise`), it repeats another line, it
describes a picture, or it stands outside the body (before the first or after the last running text) on a page that
carries furniture there. A plain text without furniture loses nothing but its title.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from diptych.clean.captions import CAPTION_LABEL, ends_with_credit, looks_like_caption
from diptych.clean.forms import (
    BULLET,
    HOLDER,
    LONG_WORDS,
    PLACE,
    SPEAKER,
    SPOT,
    TITLE_WORDS,
    block_kind,
    cut_end,
    framed,
    is_dated_title,
    is_heading,
    is_prose,
    line_key,
    same_title,
)
from diptych.clean.issuers import place_state, read_issuer
from diptych.clean.lines import Line, is_sentence, word_count
from diptych.clean.menus import is_tag_row
from diptych.clean.recognise import Seen, is_institution, recognise
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


class _Page:
    """Works on one page: ``why[i]`` says why line i is left out, None while it is part of the text."""

    def __init__(self, lines: tuple[Line, ...], title: str | None, kb: Furniture, publishers: Publishers) -> None:
        self.lines = lines
        self.kb = kb
        self.publishers = publishers
        self.seen: list[Seen | None] = [recognise(line.text, kb, publishers) for line in lines]
        self.why: list[str | None] = [seen.role if seen else None for seen in self.seen]
        self.keys = [line_key(line.text) for line in lines]
        self.title = title
        self.title_key = line_key(title) if title else None
        self.prose = [is_prose(line.text) for line in lines]

    def open(self, index: int) -> bool:
        return self.why[index] is None

    def prose_range(self) -> tuple[int, int]:
        """Return the first and the last line of running text; (n, -1) when there is none."""
        at = [i for i in range(len(self.lines)) if self.open(i) and self.prose[i]]
        return (at[0], at[-1]) if at else (len(self.lines), -1)

    # each step below is one kind of evidence, in the order of lay_out

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
        for i, seen in enumerate(self.seen):
            if seen is None or seen.role not in ("date", "signoff") or self.why[i] is None:
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
            if adjacent and words >= 7 and is_sentence(self.lines[i].text) and self._one_sentence(i):
                self.why[before] = self.why[i] = "caption"
            elif (
                (adjacent and words >= 4)
                or (words >= 15 and self.prose[i])
                or (before < first and words >= 4 and is_heading(self.lines[i]))
            ):
                self.why[i] = "repeated"

    def _one_sentence(self, index: int) -> bool:
        text = self.lines[index].text
        credit = ends_with_credit(text, self.kb)
        inner = (credit[0] if credit else text).strip()[:-1]
        others = sum(self.prose) - self.keys.count(self.keys[index])
        return others >= 1 and not re.search(r"[a-z)”\"]{3}[.!?][”\"]? +[A-Z“\"]", inner)

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
            credited = credit is not None and i < last and self._one_sentence(i)
            if credited and credit and (is_sentence(credit[0]) or word_count(line.text) < 30):
                self.why[i] = "caption"
                continue
            if looks_like_caption(line.text, self.kb):
                self.why[i] = "caption"

    def take_issuer(self) -> None:
        """An institution's name among the first lines says whose page it is; what stands below it is the title."""
        first, last = self.prose_range()
        for i in range(min(first, 8) if last >= 0 else 0):
            seen = self.seen[i]
            if not self.open(i) and (seen is None or seen.role not in ("label", "publisher", "furniture")):
                continue
            issuer = read_issuer(self.lines[i].text, self.publishers) if self.lines[i].kind != "list_item" else None
            below = any(self.open(j) and is_heading(self.lines[j]) for j in range(i + 1, first))
            if issuer is not None and (below or self.title_key or issuer.known or issuer.country):
                self.why[i], self.seen[i] = "issuer", Seen("issuer", publisher=issuer)
                return
            if self.open(i) and word_count(self.lines[i].text) >= 5:
                return

    def take_title(self) -> None:
        """Find the title above the running text; a title that is known goes wherever it stands alone."""
        first, last = self.prose_range()
        if self.title_key:
            for i, key in enumerate(self.keys):
                if self.open(i) and same_title(key, self.title_key) and (i < max(first, 3) or i > last):
                    self.why[i] = "title"
            return
        if first >= len(self.lines) or last < 0:
            return
        counted = Counter(self.keys)
        marked = [i for i, line in enumerate(self.lines[:first]) if line.kind == "heading" and self.open(i)]
        able = marked or [i for i in range(first) if self.open(i) and self._can_be_title(i, counted)]
        able = able or [i for i in range(first) if is_dated_title(self.lines[i].text, self.seen[i])]
        if not able:
            return
        able = self._below_menu(able, first)
        repeated = [i for i in able if counted[self.keys[i]] > 1]
        long = [i for i in able if word_count(self.lines[i].text) >= 5]
        best = (repeated or long or [max(able, key=lambda i: (word_count(self.lines[i].text), -i))])[0]
        # "Ministers hold talks | The Courier", then "Ministers hold talks": the shorter is the title.
        inner = [i for i in able if len(self.keys[i]) >= 20 and self.keys[i] != self.keys[best]]
        best = next(
            (i for i in inner if self.keys[i] in self.keys[best] and framed(self.keys[i], self.keys[best])), best
        )
        if not marked and word_count(self.lines[best].text) < 3:
            return
        self.title = " ".join(self.lines[best].text.split())
        self.title_key = self.keys[best]
        for i in range(len(self.lines)):
            if i == best or (self.open(i) and same_title(self.keys[i], self.title_key) and not first <= i <= last):
                self.why[i] = "title"

    def _below_menu(self, able: list[int], first: int) -> list[int]:
        """Leave out slogans above a menu where a title stands between the menu and the byline or day."""
        menus = [i for i in range(first) if (seen := self.seen[i]) and seen.role == "menu"]
        dated = [i for i in range(first) if (seen := self.seen[i]) and seen.role in ("date", "byline")]
        below = [
            i for i in able if menus and dated and menus[0] < i < dated[-1] and word_count(self.lines[i].text) >= 4
        ]
        return below or able

    def _can_be_title(self, index: int, counted: Counter[str]) -> bool:
        line = self.lines[index]
        if is_heading(line):
            return not PLACE.fullmatch(line.text)
        asks = line.text[-1:] in "?!’”'\"" and word_count(line.text) <= TITLE_WORDS
        return asks and counted[self.keys[index]] > 1

    def drop_speakers(self) -> None:
        """Above the text: "Name, Department Spokesperson" says whose words follow."""
        first, _ = self.prose_range()
        for i in range(min(first, len(self.lines))):
            match = HOLDER.fullmatch(self.lines[i].text) if self.open(i) else None
            if match:
                self.why[i] = "attribution"
                self.seen[i] = Seen("attribution", byline=(match["who"],))

    def drop_summary(self) -> None:
        """A list under a heading such as "Summary" or "Key points" above the text repeats it."""
        for i in range(len(self.lines)):
            if self.keys[i] not in self.kb.summaries:
                continue
            end = next((j for j in range(i + 1, len(self.lines)) if not BULLET.match(self.lines[j].text)), i)
            below = sum(self.prose[j] and self.open(j) for j in range(end, len(self.lines)))
            if end > i + 1 and below >= 2 and not any(self.prose[j] and self.open(j) for j in range(i)):
                for j in range(i, end):
                    self.why[j] = "summary"

    def drop_head_captions(self) -> None:
        """Between title and text: a line with a credit in brackets after its full stop, or the one without a stop."""
        first, last = self.prose_range()
        prose = [i for i in range(first, last + 1) if self.open(i) and self.prose[i]]
        if len(prose) < 3 or not any(self._tells(i) for i in range(len(self.lines))):
            return
        text = self.lines[first].text
        bracket = re.search(r"[.”\"]\s\((?:[A-Z][\w.&-]*\s?){1,3}\)$", text)
        if bracket and word_count(text) <= 45 and self._one_sentence(first):
            self.why[first] = "caption"
        stopped = all(is_sentence(self.lines[i].text) for i in prose)
        titled = next((i for i in range(first) if self.why[i] == "title"), first)
        for i in range(titled + 1, first) if stopped else ():
            text = self.lines[i].text
            if self.open(i) and is_heading(self.lines[i]) and not SPEAKER.match(text) and word_count(text) <= 35:
                self.why[i] = "caption"

    def _dates(self, index: int) -> bool:
        seen = self.seen[index]
        return seen is not None and seen.role == "date" and not self.lines[index].text.startswith(("-", "–", "—"))

    def drop_standfirst(self) -> None:
        """A sentence between the title and "Published …" sums the text up; above a day without a label it is text."""
        first, last = self.prose_range()
        if self.title is None or not 0 < first < last or any(self._dates(i) for i in range(first)):
            return
        dated = next((i for i in range(first + 1, min(first + 7, last)) if self._dates(i)), None)
        if dated is None or self.open(dated) or any(map(self.open, range(first + 1, dated))):
            return
        labelled = any(seen is not None and seen.labelled for seen in self.seen[first : dated + 1])
        labelled = labelled or any(self.keys[i] in self.kb.lines for i in range(first + 1, dated))
        if labelled and sum(self.prose[i] and self.open(i) for i in range(dated, last + 1)) >= 2:
            self.why[first] = "standfirst"

    def drop_head(self) -> None:
        """Above the text: on a page with furniture, what is neither title nor sentence goes."""
        first, _ = self.prose_range()
        evidence = [i for i in range(first) if self._tells(i) or self.why[i] == "caption"]
        titled = next((i for i in range(first) if self.why[i] == "title"), -1)
        if first >= len(self.lines):
            return
        for i in range(titled):
            if self.open(i) and not is_sentence(self.lines[i].text):
                self.why[i] = "head"
        listed = False
        for i in range(first) if evidence else ():
            if not self.open(i):
                continue
            text = self.lines[i].text
            speaks = (is_sentence(text) or text[-1:] in ",:—–") and word_count(text) >= 3
            speaks = speaks or bool(SPEAKER.match(text))
            listed = text[-1:] == ":" or (listed and bool(BULLET.match(text)))
            if i > evidence[-1] and (listed or word_count(text) >= LONG_WORDS):
                continue
            if not speaks or i < evidence[-1]:
                self.why[i] = "head"

    def _tells(self, index: int) -> bool:
        """Tell whether a line left out shows that this is a page, and not a mark in a text ("* * *", "5:03 p.m.")."""
        if self.open(index) or self.why[index] in ("title", "attribution", "caption", "end"):
            return False
        text = self.lines[index].text
        return self.why[index] != "furniture" or sum(map(str.isalpha, text)) > 0.6 * len(text.replace(" ", ""))

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
            elif seen is not None and self._tells(i):
                only_furniture = seen.role == "furniture" and (only_furniture or not ended)
                ended = True


def lay_out(lines: tuple[Line, ...], kb: Furniture, publishers: Publishers, title: str | None = None) -> Layout:
    """Take a page apart. ``title`` is the title when it is known from elsewhere (metadata, a table)."""
    page = _Page(lines, title, kb, publishers)
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
