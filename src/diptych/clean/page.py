"""A page under work: its lines, what each is seen to be, and why it is left out."""

from __future__ import annotations

import re

from diptych.clean.captions import ends_with_credit
from diptych.clean.forms import (
    is_prose,
    line_key,
)
from diptych.clean.lines import Line
from diptych.clean.recognise import Seen, recognise
from diptych.knowledge.furniture import Furniture
from diptych.knowledge.publishers import Publishers

__all__ = ["Page"]


class Page:
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
        """Tell whether line ``index`` is part of the text so far."""
        return self.why[index] is None

    def prose_range(self) -> tuple[int, int]:
        """Return the first and the last line of running text; (n, -1) when there is none."""
        at = [i for i in range(len(self.lines)) if self.open(i) and self.prose[i]]
        return (at[0], at[-1]) if at else (len(self.lines), -1)

    def one_sentence(self, index: int) -> bool:
        """Tell whether a line is one sentence on a page that has other running text."""
        text = self.lines[index].text
        credit = ends_with_credit(text, self.kb)
        inner = (credit[0] if credit else text).strip()[:-1]
        others = sum(self.prose) - self.keys.count(self.keys[index])
        return others >= 1 and not re.search(r"[a-z)”\"]{3}[.!?][”\"]? +[A-Z“\"]", inner)

    def tells(self, index: int) -> bool:
        """Tell whether a line left out shows that this is a page, and not a mark in a text ("* * *", "5:03 p.m.")."""
        if self.open(index) or self.why[index] in ("title", "attribution", "caption", "end"):
            return False
        text = self.lines[index].text
        return self.why[index] != "furniture" or sum(map(str.isalpha, text)) > 0.6 * len(text.replace(" ", ""))

    def dates(self, index: int) -> bool:
        """Tell whether a line gives the day of the page."""
        seen = self.seen[index]
        return seen is not None and seen.role == "date" and not self.lines[index].text.startswith(("-", "–", "—"))
