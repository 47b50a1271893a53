"""What stands behind the head of a title: its field and its state ("of State", "of the Republic of X")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.lexicon import (
    BLOC_HEADS,
    DIRECTIONS,
    PORTFOLIO,
    TITLE_HEADS,
    TITLE_RANKS,
    WEAK_HEADS,
    vocabulary,
)

if TYPE_CHECKING:
    from diptych.annotate.countries import Countries
    from diptych.annotate.words import Words

#: After these heads "of X" names a state when X is no portfolio.
_STATE_HEADS = vocabulary(
    "president premier chancellor king queen sultan emir amir leader taoiseach prince princess emperor "
    "ambassador speaker minister secretary monarch pope governor"
)
_PREPOSITIONS = frozenset(("of", "for", "to", "on", "in"))
_CHARGED = vocabulary("representative envoy coordinator adviser advisor commissioner")
_ORGANS = vocabulary("council commission parliament court bank secretariat assembly")
_INNER = vocabulary("president president's prime minister ministers deputies states nations elders")


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


_FULL_POWERS = frozenset(("extraordinary", "plenipotentiary"))


def read_field(words: Words, countries: Countries, head: int, modified: bool) -> tuple[int, str | None, str]:
    """Read "of State", "for Europe and Foreign Affairs", "of the Republic of X" after a head."""
    lower, capital, n = words.lower, words.capital, len(words)
    at = head + 1
    while (
        at < n
        and lower[head] == "ambassador"
        and (lower[at] in _FULL_POWERS or (lower[at] == "and" and lower[at + 1 : at + 2] == ("plenipotentiary",)))
    ):
        # "Ambassador Extraordinary and Plenipotentiary" is the ambassador's full style
        at += 1
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
                # a bloc's name is part of its bodies' names: "President of the European Council"
                begin = people.first if len(people.country) < 3 else people.last
                parts.append("of the " + words.span(begin, end))
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
        if place is not None and lower[at] == "of" and lower[place[1] - 1] in _ORGANS and place[1] - to > 1:
            # "President of the European Council": the council is a body of the bloc, not the bloc
            parts.append("of the " + words.span(to, place[1]))
            country, at = place
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
            posted = bare == "ambassador" and at < n and lower[at] == "to"
            charged = bare in _CHARGED and at + 1 < n and lower[at] == "for" and lower[at + 1] in PORTFOLIO
            if charged and capital[at + 1]:
                # "High Representative of the Union for Foreign Affairs"
                continue
            if country is not None and lower[at - 1] != "of" and not posted:
                # "Minister of X for Y" is rare after a state; a second "of" would open a new phrase
                break
            continue
        end = _portfolio(
            words,
            countries,
            to,
            capital[head],
            bool(parts) or lower[at] == "to" or (lower[at] == "of" and _whose(words, to)),
        )
        if lower[at] == "of" and _directed_state(words, to):
            end = to
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
                and not (word == "of" and _directed_state(words, step))
            ):
                i = step
                continue
        break
    return i


def _whose(words: Words, at: int) -> bool:
    """Whether a ruler's own office is meant: "Head of the President's Office"."""
    near = words.lower[at : at + 4]
    return near[:1] in (("president",), ("prime",)) and bool({"'s", "’s"} & set(near[1:3]))


def _directed_state(words: Words, at: int) -> bool:
    """Whether a state's name begins at ``at``: "Southern Tamba", not "Southern Affairs"."""
    if words.lower[at] not in DIRECTIONS or at + 1 >= len(words) or not words.capital[at + 1]:
        return False
    return words.lower[at + 1] not in PORTFOLIO and not is_head(words.lower[at + 1])


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
