"""Text as lines that know where they stood, and the documented normalisation.

Normalisation, all that is done to the words of a text:

- Unicode NFC; CR LF, CR, U+0085, U+2028, U+2029 and form feeds become LF
- zero-width spaces and joiners at the edge of words, soft hyphens, byte order marks and control characters go
- a paragraph that the source broke into lines is joined again: each break becomes one space
- white space at both ends of a paragraph goes, several blanks between sentences of the body become one
- no-break spaces, curly quotes and dashes inside stay as they are
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from diptych.records import BlockKind

__all__ = ["Line", "is_sentence", "normalise", "split_lines", "unwrap", "word_count"]

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[\ufeff\u00ad\u200b\u2060\u200e\u200f\u202a-\u202e\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
#: A sentence is over: a full stop or its like, and whatever closes around it.
_TERMINAL = re.compile(
    r"[.!?…。！？؟।][\"'”’»)\]）」』*]*(?:\s*[(\[（][^()\[\]（）]{1,60}[)\]）])?\s*$|[.!?…][”\"’']?\d{0,2}$"
)
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|vs|No|D\.C|U\.S|U\.K|a\.m|p\.m))\.$")
_OPEN = re.compile(
    r"(?:[,;(\[–—-]|\b(?:the|a|an|of|and|or|to|in|on|at|for|with|by|from|as|that|its|their|his|her))$", re.I
)
#: What texts tell in the past, titles tell in nouns or in the present.
_TOLD = re.compile(
    r"\b(?:had|has|have|was|were|held|met|spoke|said|told|took|gave|made|sent|will|would|\w{3,}ed)\b(?! by\b)|[.,;]\s"
)
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|[-–—•*·●▪◦‣])\s+\S|^[(（][a-z\d]{1,3}[)）]\s*\S")


@dataclass(frozen=True)
class Line:
    """A line or paragraph of the source without white space around it.

    ``where`` says where it stood ("line 13", "page 2", "paragraph 4"), ``kind`` what the markup says it is (None:
    there is no markup), ``gap`` whether an empty line stands before it.
    """

    text: str
    where: str
    kind: BlockKind | None = None
    gap: bool = True


def normalise(text: str) -> str:
    """Return ``text`` in Unicode NFC with LF for every line break and without invisible characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _DROPPED.sub("", _BREAKS.sub("\n", text))


def split_lines(text: str) -> tuple[Line, ...]:
    """Split normalised ``text`` into its non-empty lines; ``where`` counts all lines from 1."""
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if stripped:
            lines.append(Line(stripped, f"line {number}", None, gap))
        gap = not stripped
    return tuple(lines)


def word_count(text: str) -> int:
    """Count words, marks alone not among them; in Chinese and Japanese two characters count as one word."""
    count = sum(1 for word in text.split() if len(word) > 1 or word.isalnum())
    if not text.isascii():
        characters = len(_CJK.findall(text))
        if characters:
            return max(count, characters // 2)
    return count


def is_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does (an abbreviation at the end of a short line does not count)."""
    return bool(_TERMINAL.search(text)) and not (len(text) < 120 and _ABBREVIATED.search(text))


def unwrap(lines: tuple[Line, ...], alone: Callable[[str], bool], title: str | None = None) -> tuple[Line, ...]:
    """Join paragraphs that the source broke into several lines; each break becomes one space.

    Text set in columns (nearly all lines of a block between 45 and 100 characters) is joined block by block.
    Elsewhere a line is joined to the one before it when the break falls inside a sentence: the line before is
    unfinished and this one starts in lower case, or the line before cannot end there. ``alone`` tells whether a
    line is page furniture, which neither continues nor is continued unless the break plainly falls inside it.
    """
    width = _column(lines)
    apart = [alone(line.text) for line in lines]
    broken = sum(
        _continues(before.text, line.text)
        for (before, after_one), (line, this_one) in itertools.pairwise(zip(lines, apart, strict=True))
        if not (line.gap or after_one or this_one)
    )
    longest = max((len(before.text) for before, line in itertools.pairwise(lines) if not line.gap), default=0)
    loose = broken >= 3 or (broken >= 1 and len(lines) <= 12)
    out: list[Line] = []
    last = ""  # the source line that the paragraph in hand ended with
    last_apart = False
    for line, is_apart in zip(lines, apart, strict=True):
        joins = bool(out) and not line.gap and _joins(out[-1].text, last, line.text, width, loose, title)
        if joins and title is None and out[-1].text == last and len(out) == 1 and _ends_title(last, line.text, longest):
            joins = False
        if joins and (is_apart or last_apart):
            # In running text a break may leave a word or a number on a line that looks like furniture.
            running = (loose or width > 0) and not (is_apart and last_apart)
            inside = running and (line.text[0].islower() or not last[-1:].isalpha() or len(last) >= 40)
            joins = (
                inside
                and not last.isupper()
                and not line.text.isupper()
                and word_count(line.text) + word_count(last) > 2
            )
            joins = joins and (len(last) >= 40 or not last_apart or line.text[0].islower())
        if joins:
            out[-1] = replace(out[-1], text=f"{out[-1].text} {line.text}")
        else:
            out.append(line)
        last, last_apart = line.text, is_apart
    return tuple(out)


def _ends_title(first: str, line: str, longest: int) -> bool:
    """Tell whether the break below the first line is meant: the next word, a capital's, had room on it."""
    room = len(first) + 1 + len(line.split(" ", 1)[0]) <= longest
    return (
        room and line[:1].isupper() and not _OPEN.search(first) and not _TOLD.search(first) and word_count(first) >= 3
    )


def _column(lines: tuple[Line, ...]) -> int:
    """Return the width of the column that the text is set in, 0 when it is not set in one."""
    inner = [len(before.text) for before, line in itertools.pairwise(lines) if not line.gap]
    if len(inner) < 4 or len(inner) < 0.5 * len(lines):
        return 0
    inner.sort()
    width = inner[-1]
    typical = inner[len(inner) // 3]
    return width if 45 <= width <= 100 and typical >= 0.75 * width else 0


def _continues(before: str, line: str) -> bool:
    return (
        bool(line)
        and line[0].islower()
        and not is_sentence(before)
        and not _NUMBERED.match(before)
        and before[-1:] not in ":;"
    )


def _joins(paragraph: str, last: str, line: str, width: int, loose: bool, title: str | None) -> bool:
    if paragraph == title or _NUMBERED.match(line):
        return False
    if _continues(last, line) and word_count(last) > 1:
        return loose or width > 0 or len(last) > 40
    if width:
        first = len(line.split(" ", 1)[0])
        return len(last) + 1 + first > 0.85 * width and not last.isupper()
    if not loose or is_sentence(last) or last[-1:] in ":;" or last.isupper():
        return False
    if _OPEN.search(last):
        return True
    # A capital after the break (a name): only where the paragraph is plainly running text.
    return len(paragraph) >= 40 and (len(last) >= 40 or paragraph != last) and not line.isupper()
