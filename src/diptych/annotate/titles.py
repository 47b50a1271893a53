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
    TITLE_HEADS,
    TITLE_RANKS,
    WEAK_HEADS,
    vocabulary,
)
from diptych.annotate.names import NameSpan, read_name
from diptych.annotate.words import Words

if TYPE_CHECKING:
    pass

#: After these heads "of X" names a state when X is no portfolio.
_STATE_HEADS = vocabulary(
    "president premier chancellor king queen sultan emir amir leader taoiseach prince princess emperor "
    "ambassador speaker minister secretary monarch pope governor"
)
_PREPOSITIONS = frozenset(("of", "for", "to", "on", "in"))
_INNER = vocabulary("president president's prime minister ministers deputies states nations elders")
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


def is_head(word: str) -> bool:
    """Whether the lower-case ``word`` heads a title, alone or at the end of a compound ("vice-president")."""
    if word in TITLE_HEADS:
        return True
    if "-" not in word:
        return False
    if word in ("ambassador-at-large", "commander-in-chief"):
        return True
    parts = word.split("-")
    if len(parts) == 2 and parts[0] in TITLE_HEADS and parts[1] in ("elect", "designate"):
        return True
    return parts[-1] in TITLE_HEADS and all(p in TITLE_RANKS or p in PORTFOLIO for p in parts[:-1])


def find_titles(words: Words, countries: Countries) -> list[Title]:
    """Return the titles in ``words`` in order; a name is claimed by the title nearest to it."""
    titles: list[Title] = []
    lower = words.lower
    i, n = 0, len(words)
    while i < n:
        if is_head(lower[i]) and not _leads_on(words, i):
            title = _read(words, countries, i, titles[-1].last if titles else 0)
            if title is not None:
                titles.append(title)
                i = max(title.name.last if title.name and not title.before else 0, title.last, i + 1)
                continue
        i += 1
    return _join(words, titles)


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


def _read(words: Words, countries: Countries, head: int, floor: int) -> Title | None:
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
    last, right_country, portfolio = _right(words, countries, head, first < head or core < head)
    country = right_country or country
    name = read_name(words, countries, last, after_title=True, loose=upper)
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
    if name is None:
        name = _name_before(words, countries, first, determiner, floor)
        before = name is not None
    if name is None and determiner is None and not _stands_alone(words, first, last, upper, country):
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


def _institution_before(words: Words, countries: Countries, core: int, floor: int) -> tuple[str | None, int]:
    """Read the state of an institution before a title: "Afghan High Council for Reconciliation Chairman X"."""
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


def _right(words: Words, countries: Countries, head: int, modified: bool) -> tuple[int, str | None, str]:
    """Read "of State", "for Europe and Foreign Affairs", "of the Republic of X" after a head."""
    lower, capital, n = words.lower, words.capital, len(words)
    at = head + 1
    country: str | None = None
    parts: list[str] = []
    bare = lower[head].rsplit("-", 1)[-1]
    while at + 1 < n and lower[at] in _PREPOSITIONS and words.sentence[at + 1] == words.sentence[head]:
        to = at + 1
        if lower[to] in ("the", "his", "her", "its"):
            to += 1
        if to >= n or words.sentence[to] != words.sentence[head]:
            break
        place = countries.read(to, unknown=False)
        people = countries.starting(to)
        if (
            place is None
            and people is not None
            and people.kind == "demonym"
            and people.last < n
            and lower[people.last] in PORTFOLIO
        ):
            # "the Secretary of the Mongolian National Security Council", "Envoy for Korean Peninsula Affairs"
            end = _portfolio(words, countries, people.last, capital[head], True)
            if lower[at] == "of":
                parts.append("of the " + words.span(people.last, end))
                country = people.country
            else:
                parts.append(words.span(at, end))
            at = end
            continue
        if place is None and capital[to]:
            organisation = _with_acronym(words, to)
            if organisation is not None:
                bloc = countries.starting(organisation + 1)
                parts.append(words.span(at, organisation))
                at = organisation + 3
                country = country or (bloc.country if bloc is not None else None)
                continue
        if place is not None:
            if lower[at] == "of" or (lower[at] == "for" and bare in ("secretary", "minister") and not parts):
                country, at = place
                if at + 1 < n and lower[at] in ("'s", "’s") and lower[at + 1] in PORTFOLIO:
                    end = _portfolio(words, countries, at + 1, capital[head], True)
                    parts.append("of " + words.span(at + 1, end))
                    at = end
            elif lower[at] in ("for", "to") and capital[head]:
                parts.append(words.span(at, place[1]))
                at = place[1]
            elif lower[at] == "to" and bare.startswith("ambassador"):
                parts.append(words.span(at, place[1]))
                at = place[1]
                continue
            else:
                break
            if country is not None and lower[at - 1] != "of":
                # "Minister of X for Y" is rare after a state; a second "of" would open a new phrase
                break
            continue
        end = _portfolio(words, countries, to, capital[head], bool(parts) or lower[at] == "to")
        if (
            end == to
            and not parts
            and to + 2 < n
            and capital[to]
            and lower[to + 1] in ("and", "&")
            and lower[to + 2] in PORTFOLIO
        ):
            # "Minister of Fishing and Maritime Affairs": an unknown field beside a known one
            end = _portfolio(words, countries, to + 2, capital[head], False)
        if end > to and not (lower[at] in ("in", "on") and not capital[to]):
            parts.append(words.span(at, end))
            at = end
            continue
        if lower[at] == "of" and country is None and capital[to]:
            unknown = countries.read(to, unknown=True)
            # "Chairman of the X Union": other heads than a state's have a union behind them, or it is no state
            named = bare in _STATE_HEADS or parts or modified
            if unknown is not None and (named or unknown[0].split()[-1].lower() in BLOC_HEADS):
                country, at = unknown
        break
    if country is None and at + 2 < n and lower[at] == "," and lower[at + 1] == "of":
        # "Secretary of National Defense, of the Republic of X"
        unknown = countries.read(at + 2, unknown=lower[at + 2] == "the")
        if unknown is not None:
            country, at = unknown
    return at, country, " ".join(parts)


def _with_acronym(words: Words, at: int) -> int | None:
    """Return the opening bracket of "Organization for X and Y (OXY)" that begins at ``at``."""
    i, n = at, len(words)
    if not any(
        w in BLOC_HEADS or w in ("agency", "authority", "bank", "fund", "court", "conference")
        for w in words.lower[at : at + 5]
    ):
        return None
    while (
        i < n and i - at < 12 and (words.capital[i] or words.lower[i] in ("of", "for", "and", "the", "on", "in", "to"))
    ):
        i += 1
    if i - at > 2 and i + 2 < n and words.lower[i] == "(" and words.form[i + 1].isupper() and words.lower[i + 2] == ")":
        return i
    return None


def _portfolio(words: Words, countries: Countries, at: int, upper: bool, inner: bool) -> int:
    """Return where the run of portfolio words that begins at ``at`` ends."""
    lower, capital, n = words.lower, words.capital, len(words)
    sentence = words.sentence[at]
    i = at
    while i < n and words.sentence[i] == sentence:
        word = lower[i]
        known = (
            word in PORTFOLIO
            or (word in _INNER and (inner or i > at))
            or ("-" in word and all(p in PORTFOLIO for p in word.split("-")))
        )
        if known and (capital[i] or not upper or (i > at and not capital[at])):
            if i > at and countries.starting(i) is not None and lower[i - 1] not in ("for", "and"):
                break
            i += 1
            if i < n and lower[i] in ("'s", "’s"):
                i += 1
            continue
        if i > at and word in ("and", "&", ",", "of", "for") and i + 1 < n:
            step = i + 1
            if word == "," and lower[step] in ("and", "&"):
                step += 1
            if lower[step] in ("the",) and word in ("of", "and", "for"):
                step += 1
            if (
                step < n
                and capital[step] == capital[at]
                and (lower[step] in PORTFOLIO or (word == "of" and lower[step] in _INNER))
                and countries.starting(step) is None
                and not (word in ("and", ",") and _opens_title(words, step))
            ):
                i = step
                continue
        break
    return i


def _opens_title(words: Words, at: int) -> bool:
    """Whether a new title begins at word ``at`` ("... and Foreign Minister Li")."""
    lower, n = words.lower, len(words)
    i = at
    while i < min(n, at + 5) and words.capital[i]:
        if is_head(lower[i]) and lower[i] not in WEAK_HEADS:
            return True
        if lower[i] not in TITLE_RANKS and lower[i] not in PORTFOLIO:
            return False
        i += 1
    return False


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
    """Give both titles of "State Councillor and Foreign Minister Wang Yi" to the one who bears them."""
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
