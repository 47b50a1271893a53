"""Names of people in running text, by form: capitals, particles, initials, forms of address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.annotate.lexicon import (
    FEMALE_WORDS,
    HONORIFICS,
    MALE_WORDS,
    NOT_NAME,
    PARTICLES,
    PORTFOLIO,
    TITLE_HEADS,
    TITLE_RANKS,
    vocabulary,
)

if TYPE_CHECKING:
    from diptych.annotate.countries import Countries
    from diptych.annotate.words import Words

_RANK_WORDS = frozenset(
    ("prime", "vice", "deputy", "vice-minister", "foreign", "defense", "defence", "president-elect")
)
_AFTER_APPOSITION = vocabulary(", . ; ) and ( — - – at in on today yesterday to")
_SUFFIXES = vocabulary("jr jr. sr sr. ii iii iv xiv vi viii")
#: A family name that begins with an article: "al-Rumayli".
_ARABIC = re.compile(r"(?:al|el|as|an|ad|ar|az|at|ash|ould)[-‐‑][^\W\d_]")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name: words ``first`` (form of address included) up to ``last``; ``parts`` are its words without address.

    ``female`` is what the form of address tells, None where it tells nothing.
    """

    first: int
    last: int
    parts: tuple[str, ...]
    female: bool | None

    @property
    def text(self) -> str:
        """The name as it is shown, family names in capitals set as names usually are."""
        shown = []
        for part in self.parts:
            if len(part) > 2 and part.isupper() and "." not in part:
                part = "-".join(
                    p.capitalize() if n == 0 or len(p) > 2 else p.lower() for n, p in enumerate(part.split("-"))
                )
            shown.append(part)
        return " ".join(shown)


def read_name(words: Words, countries: Countries, at: int, *, after_title: bool, loose: bool) -> NameSpan | None:
    """Read a name from word ``at`` on, None where there is none.

    ``after_title``: a title stands before it, so one word is enough and a comma may come between; ``loose``: that
    title has a capital, so the name need not be a long one. Without a title two words or an address are needed.
    """
    lower, capital, form, n = words.lower, words.capital, words.form, len(words)
    if at >= n:
        return None
    i = at
    sentence = words.sentence[at - 1] if after_title and at > 0 else words.sentence[at]
    comma = False
    if after_title and lower[i] == "," and i + 1 < n:
        comma = True
        i += 1
    first = i
    female: bool | None = None
    addressed = False
    while (
        i < n
        and words.sentence[i] == sentence
        and (capital[i] or lower[i] == "(")
        and (lower[i] in HONORIFICS or (lower[i] == "(" and i + 2 < n and lower[i + 1] in ("ret", "ret.", "retd", "r")))
    ):
        if lower[i] == "(":
            while i < n and lower[i] != ")":
                i += 1
            i += 1
            continue
        if lower[i] == "tan" and lower[i + 1 : i + 2] not in (("sri",), ("seri",)):
            break  # a family name but before "Sri"
        # a form of address that is all there is left is a name ("Prince", "U")
        if not (i + 1 < n and (capital[i + 1] or lower[i + 1] in PARTICLES or lower[i + 1] in (".", "(", "’", "'"))):
            break
        female = True if lower[i] in FEMALE_WORDS else False if lower[i] in MALE_WORDS and lower[i] != "his" else female
        if lower[i] == "his" and female is None:
            female = False
        addressed = True
        i += 1
        if i < n and lower[i] == ".":
            i += 1
    parts: list[str] = []
    while i < n and len(parts) < 8 and words.sentence[i] == sentence:
        word, low = form[i], lower[i]
        if parts and words.parted(i):
            break
        if low in _SUFFIXES and parts:
            parts.append(word)
            i += 1
            break
        if low == "," and parts and i + 1 < n and lower[i + 1] in _SUFFIXES and words.end[i] + 1 >= words.start[i + 1]:
            parts.append(form[i + 1])
            i += 2
            break
        if (
            low in ("’", "'")
            and parts
            and i + 1 < n
            and words.end[i - 1] == words.start[i]
            and _ARABIC.match(form[i + 1])
        ):
            i += 1
            continue
        if (capital[i] and word[0].isalpha()) or _ARABIC.match(word):
            if low in NOT_NAME and not (
                parts
                and low
                in (
                    "may",
                    "sun",
                    "jun",
                    "new",
                    "sea",
                    "march",
                    "hall",
                    "street",
                    "law",
                    "city",
                    "rivers",
                    "war",
                    "day",
                    "north",
                    "west",
                )
            ):
                break
            if i in countries.starts and not _inside_name(words, countries, i, parts):
                break
            if (
                parts
                and low in TITLE_HEADS
                and low not in ("prince", "king", "marshal", "judge", "justice", "leader", "general", "chair", "sheikh")
            ):
                break
            if (
                not parts
                and (low in TITLE_HEADS or low in TITLE_RANKS)
                and low not in ("king", "prince", "judge", "marshal", "crown", "grand", "major")
            ):
                break
            if parts and low in _RANK_WORDS:
                break
            if parts and low in PORTFOLIO and low not in ("war", "law", "rule", "peace", "court", "house"):
                break
            parts.append(word)
            i += 1
            continue
        if (
            low in PARTICLES
            and i + 1 < n
            and words.sentence[i + 1] == sentence
            and (capital[i + 1] or (lower[i + 1] in PARTICLES and i + 2 < n and capital[i + 2]))
            and (parts or after_title or addressed)
            and not (low in ("san", "u", "y", "e") and not parts)
        ):
            if low in ("y", "e", "la", "le", "het", "und") and not parts:
                break
            parts.append(word)
            i += 1
            continue
        break
    while parts and parts[-1].lower() in PARTICLES and parts[-1][0].islower():
        parts.pop()
        i -= 1
    real = [p for p in parts if len(p.rstrip(".")) > 1]
    if not real:
        return None
    if comma and not addressed and len(real) < 2:
        return None
    if comma and not addressed and i < n and lower[i] not in _AFTER_APPOSITION:
        return None
    if not after_title and not addressed and len(real) < 2:
        return None
    if after_title and not loose and not addressed and len(real) < 1:
        return None
    return NameSpan(first=first, last=i, parts=tuple(parts), female=female)


def _inside_name(words: Words, countries: Countries, i: int, parts: list[str]) -> bool:
    """Whether a word that could name a state is part of a name: "Jordan" in "Prime Minister Michael Jordan"."""
    place = countries.starts[i]
    word = words.form[i]
    if (
        len(parts) != 1
        or place.last - place.first > 1
        or place.kind not in ("name", "capital")
        or not word.isalpha()
        or word.isupper()
    ):
        return False
    following = words.lower[place.last] if place.last < len(words) else ""
    return following not in ("'s", "’s") and not countries.alone[(parts[0],)]
