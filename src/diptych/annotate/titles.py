"""Titles of office in running text: "Romanian Minister of Energy", "the First Vice Foreign Minister of Seorak".

A title is read by its form, so that it is understood whether or not its state and office are in the tables. It
gives the office in the words of the text, the country where the title names one, and the name that follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diptych.annotate.countries import Countries
from diptych.annotate.lexicon import (
    BLOC_HEADS,
    HONORIFICS,
    PARTICLES,
    PORTFOLIO,
    TITLE_RANKS,
    WEAK_HEADS,
    vocabulary,
)
from diptych.annotate.names import NameSpan, read_name
from diptych.annotate.title_fields import is_head, read_field
from diptych.annotate.words import Words

if TYPE_CHECKING:
    pass

_PLURAL = vocabulary(
    "ministers secretaries presidents ambassadors envoys representatives advisers advisors senators leaders "
    "diplomats chairs heads"
)
_STANDING = vocabulary("former then acting incoming outgoing interim caretaker ex deputy")
_INSTITUTIONS = BLOC_HEADS | vocabulary("ministry department office committee agency institute house senate bank party")
_DETERMINERS = vocabulary("the his her its their this that a an both two our my your")


@dataclass(frozen=True, slots=True)
class Title:
    """A title found in a text: words ``first`` up to ``last``, the office as written, its country and its bearer.

    ``determiner`` is the word before it, lower case, where that is an article or the like; ``name`` is the name
    that belongs to it, which stands after it or, with ``before``, in front of it.
    """

    first: int
    last: int
    head: int
    office: str
    country: str | None
    plural: bool
    determiner: str | None
    name: NameSpan | None
    before: bool = False


def find_titles(words: Words, countries: Countries) -> list[Title]:
    """Return the titles in ``words`` in order; a name is claimed by the title nearest to it."""
    titles: list[Title] = []
    lower = words.lower
    short = _short_forms(words)
    i, n = 0, len(words)
    while i < n:
        form = words.form[i]
        if (is_head(lower[i]) and not _leads_on(words, i)) or (form in short and (i == 0 or lower[i - 1] != "(")):
            title = _read(words, countries, i, titles[-1].last if titles else 0, short=form in short)
            if title is not None:
                if form in short:
                    title = replace(title, office=short[form])
                titles.append(title)
                i = max(title.name.last if title.name and not title.before else 0, title.last, i + 1)
                continue
        i += 1
    return _join(words, titles)


#: Short forms of titles that texts use without telling what they stand for.
_COMMON_SHORT = {"EAM": "External Affairs Minister", "DPM": "Deputy Prime Minister", "FM": "Foreign Minister"}


def _short_forms(words: Words) -> dict[str, str]:
    """Return the short forms of titles in this text: those in common use, and "Senior Minister (SM)"."""
    out = {form: office for form, office in _COMMON_SHORT.items() if form in words.form}
    for i in range(2, len(words) - 1):
        form = words.form[i]
        if not (2 <= len(form) <= 5 and form.isupper() and words.form[i - 1] == "(" and words.form[i + 1] == ")"):
            continue
        first = i - 1
        letters = ""
        while first > 0 and len(letters) < len(form) and words.sentence[first - 1] == words.sentence[i]:
            first -= 1
            letters = (words.form[first][0] if words.capital[first] else "") + letters
        if letters == form and words.capital[first] and is_head(words.lower[i - 2]):
            out[form] = words.span(first, i - 1)
    return out


def _leads_on(words: Words, i: int) -> bool:
    """Whether the head at ``i`` only qualifies another one: "Deputy" in "Deputy Prime Minister"."""
    lower, capital, n = words.lower, words.capital, len(words)
    if lower[i] not in TITLE_RANKS or i + 1 >= n:
        return False
    k = i + 1
    while k < n and k - i < 6 and capital[k] == capital[i] and words.sentence[k] == words.sentence[i]:
        if is_head(lower[k]):
            if lower[k] in HONORIFICS and not (lower[k] == "general" and lower[k - 1] == "secretary"):
                return False
            return lower[i] != "president" and not (lower[k] == "general" and lower[k - 1] != "secretary")
        if lower[k] not in TITLE_RANKS and lower[k] not in PORTFOLIO:
            return False
        k += 1
    return False


def _read(words: Words, countries: Countries, head: int, floor: int, *, short: bool = False) -> Title | None:
    lower, capital = words.lower, words.capital
    upper = capital[head]
    sentence = words.sentence[head]
    first = head
    while first > floor and words.sentence[first - 1] == sentence:
        word = lower[first - 1]
        if countries.ending(first) is not None:
            break
        if (
            word in TITLE_RANKS
            or word in PORTFOLIO
            or ("-" in word and all(p in TITLE_RANKS or p in PORTFOLIO for p in word.split("-")))
        ):
            if not upper and capital[first - 1] and not words.opens_sentence(first - 1):
                break
            # before a title with a capital only a word of standing may be without one: "former President"
            if capital[first] and not capital[first - 1] and word not in _STANDING:
                break
            first -= 1
            continue
        if (
            word in ("and", "&")
            and first - 2 >= floor
            and lower[first - 2] in PORTFOLIO
            and lower[first] in PORTFOLIO
            and not is_head(lower[first - 2])
        ):
            first -= 2
            continue
        if (
            word in ("of", "for")
            and first - 2 >= floor
            and lower[first - 2] in ("ministry", "department", "office")
            and capital[first - 2]
            and capital[first]
        ):
            # "German Ministry for Economic Affairs State Secretary X"
            first -= 2
            continue
        break
    core = first
    country, first = countries.before(first, floor)
    if country is None and upper:
        country, first = _institution_before(words, countries, first, floor)
    last, right_country, portfolio = read_field(words, countries, head, first < head or core < head)
    country = right_country or country
    named = last
    if lower[last : last + 1] == ("(",) and lower[last + 2 : last + 3] == (")",) and words.form[last + 1].isupper():
        # "Senior Minister (SM) A", not "President (A)"
        initials = "".join(words.form[k][0] for k in range(first, last) if capital[k])
        named = last + 3 if initials.endswith(words.form[last + 1]) else last
    name = read_name(words, countries, named, after_title=True, loose=upper)
    if lower[head] in WEAK_HEADS and core == head and last == head + 1 and name is None:
        return None
    if lower[head] in WEAK_HEADS and core == head and not upper and not portfolio and country is None and name is None:
        return None
    # a lower-case word that merely is a title word ("general", "secretary of the club") needs a sign of office
    determiner = lower[first - 1] if first > 0 and lower[first - 1] in _DETERMINERS else None
    if (
        name is None
        and first > 2
        and lower[first - 2] == "of"
        and lower[first - 3] in ("office", "offices")
        and determiner == "the"
    ):
        return None
    before = False
    shared = name is None and _shares_name(words, countries, last)
    if name is None and not shared:
        name = _name_before(words, countries, first, determiner, floor)
        before = name is not None
    if (
        name is None
        and determiner is None
        and not (short or shared or _stands_alone(words, first, last, upper, country))
    ):
        return None
    office = words.text[words.start[core] : words.end[head]]
    if portfolio:
        office = f"{office} {portfolio}"
    return Title(
        first=first,
        last=last,
        head=head,
        office=re.sub(r"\s+", " ", office),
        country=country,
        plural=lower[head] in _PLURAL,
        determiner=determiner,
        name=name,
        before=before,
    )


def _shares_name(words: Words, countries: Countries, last: int) -> bool:
    """Whether a second title stands behind, and behind it the name of who bears both: "A, Minister and Envoy B"."""
    lower, n = words.lower, len(words)
    if last + 1 >= n or lower[last] not in ("and", "&") or not words.capital[last + 1]:
        return False
    head = next(
        (
            k
            for k in range(last + 1, min(n, last + 6))
            if words.capital[k] and words.sentence[k] == words.sentence[last] and is_head(lower[k])
            if not _leads_on(words, k)
        ),
        None,
    )
    if head is None or not all(words.capital[last + 1 : head]):
        return False
    end, _, _ = read_field(words, countries, head, True)
    return end < n and lower[end] != "," and read_name(words, countries, end, after_title=True, loose=True) is not None


def _institution_before(words: Words, countries: Countries, core: int, floor: int) -> tuple[str | None, int]:
    """Read the state of an institution before a title: "Velorian High Council for Peace Chairman X"."""
    lower, capital = words.lower, words.capital
    known = False
    k = core
    while k > floor and core - k < 10 and words.sentence[k - 1] == words.sentence[core]:
        place = countries.ending(k)
        if place is not None:
            if known and place.kind in ("name", "demonym") and k < core:
                return place.country, place.first
            return None, core
        joined = lower[k - 1] in ("of", "for") or (lower[k - 1] in ("and", "&") and lower[k - 2] in PORTFOLIO)
        if not (capital[k - 1] or (joined and k < core)):
            return None, core
        known = known or lower[k - 1] in _INSTITUTIONS
        k -= 1
    return None, core


def _stands_alone(words: Words, first: int, last: int, upper: bool, country: str | None) -> bool:
    """Whether a title without article or name is someone ("President of Veldania thanked ..."), not a role."""
    if words.lower[words.at(words.start[last - 1])] in _PLURAL:
        return True
    before = words.lower[first - 1] if first else ""
    if before in ("'s", "’s", "s’", "s'") or before.endswith(("s’", "s'")):
        return True
    return (
        upper
        and (words.opens_sentence(first) or country is not None)
        and before not in ("a", "as", "be", "become", "was", "is")
    )


def _name_before(words: Words, countries: Countries, first: int, determiner: str | None, floor: int) -> NameSpan | None:
    """Find the name to which a title stands in apposition: "Levko Drahan, President of Zhovtia"."""
    at = first - (2 if determiner in ("the", "a", "an") else 1)
    if at < 1 or words.lower[at] != ",":
        return None
    begin = at
    while begin > floor and (words.capital[begin - 1] or words.lower[begin - 1] in PARTICLES) and at - begin < 7:
        begin -= 1
    for i in range(max(begin, floor), at):
        name = read_name(words, countries, i, after_title=False, loose=False)
        if name is not None and name.last == at:
            return name
    return None


def _appositive_counterpart(words: Words, previous: Title, title: Title) -> bool:
    """Whether "his Israeli counterpart, National Security Adviser X" is one phrase."""
    gap = title.first - previous.last
    return (
        previous.office.lower() in ("counterpart", "colleague")
        and previous.name is None
        and title.name is not None
        and not title.before
        and (gap == 0 or (gap == 1 and words.lower[previous.last] == ","))
        and words.sentence[title.first] == words.sentence[previous.first]
    )


def _join(words: Words, titles: list[Title]) -> list[Title]:
    """Give both titles of "State Councillor and Foreign Minister Lu Wen" to the one who bears them."""
    out: list[Title] = []
    for title in titles:
        if out and _appositive_counterpart(words, out[-1], title):
            previous = out.pop()
            title = replace(
                title, first=previous.first, country=title.country or previous.country, determiner=previous.determiner
            )
        if (
            out
            and out[-1].name is None
            and not out[-1].plural
            and title.name is not None
            and not title.before
            and title.first - out[-1].last == 1
            and words.lower[out[-1].last] in ("and", "&", ",", "/")
            and words.sentence[title.first] == words.sentence[out[-1].first]
            and (words.lower[out[-1].last] != "," or title.determiner is None)
            and words.capital[out[-1].head]
            and words.capital[title.head]
        ):
            previous = out.pop()
            title = Title(
                first=previous.first,
                last=title.last,
                head=title.head,
                office=f"{previous.office} and {title.office}",
                country=title.country or previous.country,
                plural=False,
                determiner=previous.determiner,
                name=title.name,
            )
        out.append(title)
    return out
