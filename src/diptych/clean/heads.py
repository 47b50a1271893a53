"""The head of a page: who issues it, its title, and what stands between the title and the text."""

from __future__ import annotations

import re
from collections import Counter

from diptych.clean.forms import (
    BULLET,
    HOLDER,
    LONG_WORDS,
    PLACE,
    SPEAKER,
    TITLE_WORDS,
    framed,
    is_dated_title,
    is_heading,
    same_title,
)
from diptych.clean.issuers import place_state, read_issuer
from diptych.clean.lines import is_sentence, word_count
from diptych.clean.page import Page
from diptych.clean.recognise import Seen

__all__ = ["HeadSteps"]


class HeadSteps(Page):
    """Steps that work on the lines above the running text."""

    def take_issuer(self) -> None:
        """An institution's name among the first lines says whose page it is; what stands below it is the title.

        Below a title that is known from elsewhere such a name may be the place ("Harbour House").
        """
        first, last = self.prose_range()
        for i in range(min(first, 8) if last >= 0 else 0):
            seen = self.seen[i]
            if not self.open(i) and (seen is None or seen.role not in ("label", "publisher", "furniture")):
                continue
            issuer = read_issuer(self.lines[i].text, self.publishers) if self.lines[i].kind != "list_item" else None
            below = any(self.open(j) and is_heading(self.lines[j]) for j in range(i + 1, first))
            if issuer is not None and i + 1 < len(self.lines) and not self.prose[i + 1]:
                issuer = place_state(issuer, self.lines[i + 1].text)
            if issuer is not None and (issuer.known or (not self.title_key and (below or issuer.country))):
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
        repeated = [i for i in able if counted[self.keys[i]] > 1 and word_count(self.lines[i].text) >= 3]
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

    def drop_standfirst(self) -> None:
        """A sentence between the title and "Published …" sums the text up; above a day without a label it is text."""
        first, last = self.prose_range()
        if self.title is None or not 0 < first < last or any(self.dates(i) for i in range(first)):
            return
        dated = next((i for i in range(first + 1, min(first + 7, last)) if self.dates(i)), None)
        if dated is None or self.open(dated) or any(map(self.open, range(first + 1, dated))):
            return
        labelled = any(seen is not None and seen.labelled for seen in self.seen[first : dated + 1])
        labelled = labelled or any(self.keys[i] in self.kb.lines for i in range(first + 1, dated))
        if labelled and sum(self.prose[i] and self.open(i) for i in range(dated, last + 1)) >= 2:
            self.why[first] = "standfirst"

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
        if len(prose) < 3 or not any(self.tells(i) for i in range(len(self.lines))):
            return
        text = self.lines[first].text
        bracket = re.search(r"[.”\"]\s\((?:[A-Z][\w.&-]*\s?){1,3}\)$", text)
        if bracket and word_count(text) <= 45 and self.one_sentence(first):
            self.why[first] = "caption"
        stopped = all(is_sentence(self.lines[i].text) for i in prose)
        titled = next((i for i in range(first) if self.why[i] == "title"), first)
        for i in range(titled + 1, first) if stopped else ():
            text = self.lines[i].text
            if self.open(i) and is_heading(self.lines[i]) and not SPEAKER.match(text) and word_count(text) <= 35:
                self.why[i] = "caption"

    def drop_head(self) -> None:
        """Above the text: on a page with furniture, what is neither title nor sentence goes."""
        first, _ = self.prose_range()
        evidence = [i for i in range(first) if self.tells(i) or self.why[i] == "caption"]
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
