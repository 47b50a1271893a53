"""What changed between two versions of one publication: substance apart from trivial edits.

Sentences are aligned first and words only inside what is left, so that an hour of transcript takes no longer than its
edits deserve. Both levels use the longest-match alignment of :mod:`difflib`.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.records import Change
from diptych.syntax.numerals import SCALES, TENS, UNITS

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge

__all__ = ["changes"]

Substance = Literal["number", "act", "name", "date", "negation", "dropped", "added", "wording"]

#: Two stretches that share fewer of their words than this (0 to 1) are one sentence dropped and another added.
_REWRITTEN = 0.35
#: Edits with so many unchanged words between them are told as one.
_CLOSE = 1

_UNIT = re.compile(r"[^\n]+?(?:[.!?][\"”’)\]]*(?=\s|$)|(?=\n|$))")
_TOKEN = re.compile(r"\w+(?:[.,'’:\-–]\w+)*|[^\w\s]")
_NEGATIONS = frozenset({"not", "no", "never", "cannot", "without", "nor", "neither", "none", "nothing", "nobody"})
_ARTICLES = frozenset({"a", "an", "the"})
# calendar gives the English names as long as nobody calls setlocale, which diptych does not.
_MONTHS = frozenset(name.casefold() for name in calendar.month_name[1:])
_DAYS = frozenset({*(name.casefold() for name in calendar.day_name), "today", "yesterday", "tomorrow"})
_NUMBER_WORDS = frozenset({*UNITS, *TENS, *SCALES, "hundreds", "thousands", "millions", "billions", "half", "twice"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDINGS = ("", "s", "es", "d", "ed", "ing")
_FOLDS = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("our", "or"), ("tre", "ter"), ("mme", "m"))


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    key: str


def changes(before: str, after: str, kb: Knowledge | None = None) -> tuple[Change, ...]:
    """Return where ``after`` differs from ``before``, in the order of the text.

    ``start`` and ``end`` of a change lie in ``after``; where words were dropped they mark the place. ``substance`` is
    None for what changes nothing of what is told: space, punctuation, capitals, articles, spelling, a sentence moved.
    ``kb`` lets changes of the act be told from others.
    """
    acts = _act_words(kb) if kb is not None else frozenset()
    old, new = _units(before), _units(after)
    matcher = difflib.SequenceMatcher(None, [u.key for u in old], [u.key for u in new], autojunk=False)
    blocks = [(i, j, k, m) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    gone = {u.key for i, j, _, _ in blocks for u in old[i:j]}
    come = {u.key for _, _, k, m in blocks for u in new[k:m]}
    moved = gone & come
    found: list[Change] = []
    for i, j, k, m in blocks:
        # A sentence that left one place and stands in another was moved: told once, where it stands now.
        found.extend(Change(before=u.text, after=u.text, start=u.start, end=u.end, substance=None)
                     for u in new[k:m] if u.key in moved)  # fmt: skip
        place = new[k].start if k < len(new) else len(after)
        found.extend(_in_block([u for u in old[i:j] if u.key not in moved],
                               [u for u in new[k:m] if u.key not in moved], before, after, place, acts))  # fmt: skip
    return tuple(sorted(found, key=lambda change: (change.start, change.end)))


def _in_block(
    old: Sequence[_Token], new: Sequence[_Token], before: str, after: str, place: int, acts: frozenset[str]
) -> Iterator[Change]:
    """Tell the edits between sentences that have no equal on the other side."""
    pairs, left, right = _partners(old, new)
    for ours, theirs in pairs:
        yield from _in_sentence(ours, theirs, before, after, acts)
    for unit in left:
        yield Change(before=unit.text, after="", start=place, end=place, substance="dropped")
    for unit in right:
        yield Change(before="", after=unit.text, start=unit.start, end=unit.end, substance="added")


def _partners(
    old: Sequence[_Token], new: Sequence[_Token]
) -> tuple[list[tuple[_Token, _Token]], list[_Token], list[_Token]]:
    """Pair the sentences that are each other's rewriting, most alike first; the rest was dropped or added."""
    words_old = [[t.key for t in _tokens(u.text, 0)] for u in old]
    words_new = [[t.key for t in _tokens(u.text, 0)] for u in new]
    scored = sorted(
        (
            (-difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio(), i, j)
            for i, ours in enumerate(words_old)
            for j, theirs in enumerate(words_new)
        ),
    )
    taken_old: dict[int, int] = {}
    taken_new: set[int] = set()
    for score, i, j in scored:
        if -score >= _REWRITTEN and i not in taken_old and j not in taken_new:
            taken_old[i] = j
            taken_new.add(j)
    pairs = [(old[i], new[j]) for i, j in sorted(taken_old.items())]
    left = [unit for i, unit in enumerate(old) if i not in taken_old]
    right = [unit for j, unit in enumerate(new) if j not in taken_new]
    return pairs, left, right


def _in_sentence(ours: _Token, theirs: _Token, before: str, after: str, acts: frozenset[str]) -> Iterator[Change]:
    old, new = _tokens(ours.text, ours.start), _tokens(theirs.text, theirs.start)
    matcher = difflib.SequenceMatcher(None, [t.text for t in old], [t.text for t in new], autojunk=False)
    edits: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if edits and i - edits[-1][1] <= _CLOSE and k - edits[-1][3] <= _CLOSE:
            edits[-1] = (edits[-1][0], j, edits[-1][2], m)
        else:
            edits.append((i, j, k, m))
    for i, j, k, m in edits:
        place = new[k].start if k < len(new) else theirs.end
        end = new[m - 1].end if m > k else place
        start = place if m > k else end
        yield Change(
            before=before[old[i].start : old[j - 1].end] if j > i else "",
            after=after[start:end],
            start=start,
            end=end,
            substance=_substance(old[i:j], new[k:m], acts, first=i == 0 or k == 0),
        )


def _substance(old: Sequence[_Token], new: Sequence[_Token], acts: frozenset[str], *, first: bool) -> Substance | None:
    ours, theirs = _told(old), _told(new)
    if ours == theirs:
        return None
    left, right = set(ours) - set(theirs), set(theirs) - set(ours)
    changed = left | right
    if _negated(ours) != _negated(theirs):
        return "negation"
    if ours and theirs:
        if any(word in _MONTHS or word in _DAYS or _YEAR.fullmatch(word) for word in changed):
            return "date"
        if any(word[0].isdigit() or word in _NUMBER_WORDS for word in changed):
            return "number"
        if left & acts and right & acts:
            return "act"
        # The first word of a sentence is a capital anyway.
        if _names(old[first:], left) or _names(new[first:], right):
            return "name"
        return "wording"
    return "dropped" if ours else "added"


def _told(tokens: Sequence[_Token]) -> list[str]:
    """Reduce words to what they tell: no articles, no punctuation, one spelling."""
    joined = " ".join(token.key for token in tokens if token.key[0].isalnum()).replace("-", " ").replace("–", " ")
    return [_spelling(word) for word in joined.split() if word not in _ARTICLES]


def _spelling(word: str) -> str:
    for british, american in _FOLDS:
        if len(word) > len(british) + 2:
            word = word.replace(british, american)
    return word


def _negated(words: Sequence[str]) -> bool:
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words) % 2 == 1


def _names(tokens: Sequence[_Token], changed: set[str]) -> bool:
    return any(token.text[0].isupper() and _spelling(token.key) in changed for token in tokens)


def _units(text: str) -> list[_Token]:
    """Cut a text into sentences; the key ignores case, space and the form of quotation marks."""
    found = []
    for match in _UNIT.finditer(text):
        lead = len(match[0]) - len(match[0].lstrip())
        stripped = match[0].strip()
        if stripped:
            start = match.start() + lead
            found.append(_Token(start, start + len(stripped), stripped, " ".join(stripped.split())))
    return found


def _tokens(text: str, offset: int) -> list[_Token]:
    return [
        _Token(offset + m.start(), offset + m.end(), m[0], m[0].casefold().replace("’", "'"))
        for m in _TOKEN.finditer(text)
    ]


def _act_words(kb: Knowledge) -> frozenset[str]:
    """The forms of the one-word verbs of reporting."""
    found: set[str] = set()
    for cue in kb.cues:
        if len(cue.words) != 1:
            continue
        stem = cue.phrase
        found.update(stem + ending for ending in _ENDINGS)
        if stem.endswith("e"):
            found.update((stem + "d", stem[:-1] + "ing"))
        if stem.endswith("y"):
            found.update((stem[:-1] + "ied", stem[:-1] + "ies"))
        found.update((stem + stem[-1] + "ed", stem + stem[-1] + "ing"))
    return frozenset(found)
