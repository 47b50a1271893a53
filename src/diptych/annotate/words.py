"""A document as one flat row of words, the level at which titles and names are read.

spaCy splits hyphenated names and is unsure of abbreviations; names and titles need neither. The words found here
keep "Jae-hwan", "U.S." and "Jr." whole; the parse is reached through character offsets.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.annotate.lexicon import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|Jr|Sr|Prof|Col|Lt|Maj|Adm|Amb|Hon|Rev|Smt|Capt|Eng|Ma|[A-Z])\.(?!\w)"
    r"|[^\W_]+(?:[-‐‑’'ʼ‘`·][^\W_]+)*"
    r"|\S"
)
_POSSESSIVE = re.compile(r"^(.+?)([’'ʼ]s)$")
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[•*\-–—]|\d{1,2}[.)])\s)")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text in order: their forms, lower-case forms, offsets and the sentence each stands in.

    ``sentence`` counts from 0; ``sentences`` holds the half-open word range of each.
    """

    text: str
    form: tuple[str, ...]
    lower: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    capital: tuple[bool, ...]
    sentence: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.form)

    def at(self, offset: int) -> int:
        """Return the index of the word that covers or follows the character at ``offset``."""
        i = bisect.bisect_right(self.start, offset) - 1
        if i >= 0 and self.end[i] > offset:
            return i
        return i + 1

    def span(self, i: int, j: int) -> str:
        """Return the text of words ``i`` up to, not including, ``j``."""
        return self.text[self.start[i] : self.end[j - 1]]

    def parted(self, i: int) -> bool:
        """Whether a column gap, or the end of a line that is no running text, stands before word ``i``.

        No name goes across one. A wrapped line of prose has words in small letters or ends in a full stop.
        """
        gap = self.text[self.end[i - 1] : self.start[i]] if i else ""
        if "\n" not in gap:
            return len(gap) > 1 and gap.isspace()
        before = self.text[: self.end[i - 1]].rsplit("\n", 1)[-1]
        after = self.text[self.start[i] :].split("\n", 1)[0]
        return "\n" in gap.replace("\n", "", 1) or not (_is_prose(before) and _is_prose(after))

    def opens_sentence(self, i: int) -> bool:
        """Whether word ``i`` is the first of its sentence, quotation marks and brackets not counted."""
        first, _ = self.sentences[self.sentence[i]]
        return all(not self.form[k][0].isalnum() for k in range(first, i))


def _is_prose(line: str) -> bool:
    """Whether a line looks like part of running text, not like a heading or a row of key words."""
    line = line.strip()
    return line.endswith((".", ".”", '."')) or any(w[0].islower() for w in line.split())


def split_words(text: str) -> list[tuple[str, int, int]]:
    """Split ``text`` into words, possessive endings standing alone; each with its offsets."""
    out: list[tuple[str, int, int]] = []
    for m in _WORD.finditer(text):
        word, start, end = m.group(), m.start(), m.end()
        if len(word) > 2 and word[-1] in "sS" and (p := _POSSESSIVE.match(word)):
            cut = start + len(p.group(1))
            out.append((p.group(1), start, cut))
            out.append((p.group(2), cut, end))
        else:
            out.append((word, start, end))
    return out


def words_of(text: str, doc: Doc) -> Words:
    """Lay ``text`` out as words, with the sentences of its parse ``doc`` (an empty line always ends one)."""
    rows = split_words(text)
    stops = {s.start_char for s in doc.sents if _closed(text, s.start_char)}
    breaks = sorted(stops | {m.end() for m in _BREAK.finditer(text)} | {0})
    form: list[str] = []
    lower: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    capital: list[bool] = []
    sentence: list[int] = []
    ranges: list[tuple[int, int]] = []
    at = 0
    first = 0
    number = -1
    for n, (word, start, end) in enumerate(rows):
        new = False
        while at < len(breaks) and breaks[at] <= start:
            at += 1
            new = True
        if new and not (n and rows[n - 1][0] in _OPEN_WORDS and breaks[at - 1] == start):
            if number >= 0:
                ranges.append((first, n))
            number, first = number + 1, n
        form.append(word)
        lower.append(word.lower())
        starts.append(start)
        ends.append(end)
        capital.append(word[0].isupper())
        sentence.append(number)
    if rows:
        ranges.append((first, len(rows)))
    for low, high in ranges:
        if high - low > 6 and text[starts[low] : ends[high - 1]].isupper():
            # a sentence in capitals: nothing in it tells a name from a word
            capital[low:high] = [False] * (high - low)
    return Words(
        text=text,
        form=tuple(form),
        lower=tuple(lower),
        start=tuple(starts),
        end=tuple(ends),
        capital=tuple(capital),
        sentence=tuple(sentence),
        sentences=tuple(ranges),
    )


def headline_words(text: str) -> Words:
    """Lay a headline out as words of one sentence, with the verbs that headlines write with a capital made small."""
    rows = split_words(text)
    form = tuple(w.lower() if w.lower() in _HEADLINE else w for w, _, _ in rows)
    return Words(
        text=text,
        form=form,
        lower=tuple(w.lower() for w in form),
        start=tuple(s for _, s, _ in rows),
        end=tuple(e for _, _, e in rows),
        capital=tuple(w[0].isupper() for w in form),
        sentence=(0,) * len(rows),
        sentences=((0, len(rows)),) if rows else (),
    )


_HEADLINE = vocabulary(
    "meets met holds held speaks spoke receives received hosts hosted calls called visits visited arrives "
    "says said talks attends discusses reaffirms agrees telephones phones welcomes joins will is are on the "
    "margins and with by of for in at to from co-chairs chairs conveys extends congratulates exchanges sends "
    "tells urges thanks call conversation meeting telephone phone"
)


def _closed(text: str, start: int) -> bool:
    """Whether what stands before ``start`` can end a sentence; a parser also stops at brackets and long names."""
    k = start - 1
    while k >= 0 and text[k] in " \u00a0\t":
        k -= 1
    if k < 0 or text[k] in ".!?…:;\n•*–—":
        return True
    while k > 0 and text[k] in "”\"’')]»":
        k -= 1
        if text[k] in ".!?…,":
            return True
    return False


#: A parser that ends a sentence after one of these has taken an abbreviation for a full stop.
_OPEN_WORDS = vocabulary("Mr. Mrs. Ms. Dr. Gen. Sen. Rep. Gov. Prof. Col. Lt. H.E. Smt. Ma. Hon. Amb. St.")
