"""Institutions, publications and unnamed people in running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from diptych.annotate.gazetteer import Keyed
from diptych.annotate.lexicon import DOCUMENTS, PORTFOLIO, UNNAMED, vocabulary
from diptych.annotate.words import split_words

if TYPE_CHECKING:
    from diptych.annotate.countries import Countries
    from diptych.annotate.words import Words
    from diptych.knowledge import Knowledge

_NOUNS = frozenset(
    ("ministry", "department", "office", "embassy", "commission", "council", "presidency", "chancellery")
)
_LEADS = vocabulary(
    "foreign defense defence presidential state interior trade finance unification justice energy health "
    "commerce treasury industry education economy transport agriculture labor environment"
)
_MODIFIERS = vocabulary(
    "senior some several many other high top government diplomatic unnamed anonymous ministry department "
    "foreign defense presidential white house intelligence administration military informed local two three "
    "most certain working-level high-level high-ranking official press of media news multiple various western "
    "european asian embassy state"
)
_ARTICLES = vocabulary("the a an its their his her our some")


@dataclass(frozen=True, slots=True)
class Body:
    """An institution, a publication or unnamed people: words ``first`` up to ``last``.

    ``name`` is the standard name without the state; ``noun`` the word by which it is called later ("ministry");
    ``owner`` the index of the body a publication or an official belongs to.
    """

    first: int
    last: int
    kind: str
    name: str
    noun: str
    country: str | None
    owner: int | None = None


def find_institutions(words: Words, countries: Countries, kb: Knowledge) -> list[Body]:
    """Return the institutions that ``words`` name in full, from the tables or by form."""
    table = _table(Keyed(kb))
    lower, capital, n = words.lower, words.capital, len(words)
    out: list[Body] = []
    i = 0
    while i < n:
        body = None
        if capital[i] and (rows := table.get(lower[i])):
            for forms, country, name, kind in rows:
                if lower[i : i + len(forms)] == forms:
                    land, first = countries.before(i, 0)
                    if len(forms) > 1 or kind != "foreign_ministry":
                        if land is not None and land != country and kind.endswith("ministry"):
                            continue
                        body = Body(
                            first if land == country else i, i + len(forms), "institution", name, _noun(forms), country
                        )
                        break
        if body is None and lower[i] in _NOUNS:
            body = _by_form(words, countries, kb, i)
        if body is None and capital[i] and lower[i] in ("embassy",):
            land, first = countries.before(i, 0)
            if land is not None:
                body = Body(first, i + 1, "institution", "Embassy", "embassy", land)
        if body is not None and (not out or body.first >= out[-1].last):
            first = body.first
            if first and lower[first - 1] == "the":
                body = Body(first - 1, body.last, body.kind, body.name, body.noun, body.country)
            out.append(body)
            i = body.last
            continue
        i += 1
    return out


def _noun(forms: tuple[str, ...]) -> str:
    """By which word an institution is called later: "the department" for the Department of State."""
    return next((w for w in forms if w in _NOUNS), forms[-1])


@lru_cache(maxsize=4)
def _table(key: Keyed) -> dict[str, list[tuple[tuple[str, ...], str, str, str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}
    for row in key.kb.institutions:
        shown = _bare(row.name)
        for text in {shown, *row.aliases}:
            forms = tuple(w.lower() for w, _, _ in split_words(text))
            if forms and forms[0] == "the":
                forms = forms[1:]
            # names that many states use say nothing of whose they are
            if forms and not (
                forms[0] in ("ministry", "office", "presidential", "foreign", "defense", "defence", "mfa", "prime")
                and len(forms) <= 6
            ):
                table.setdefault(forms[0], []).append((forms, row.country, shown, row.kind))
    for rows in table.values():
        rows.sort(key=lambda r: -len(r[0]))
    return table


def _bare(name: str) -> str:
    """Return an institution's name without its state: "Ministry of Foreign Affairs, KOR"."""
    left, comma, right = name.rpartition(", ")
    return left if comma and len(right) <= 4 and right.isupper() else name


def _by_form(words: Words, countries: Countries, kb: Knowledge, i: int) -> Body | None:
    """Read "the South Korean Ministry of Foreign Affairs", "Seoul's Foreign Ministry", "the Energy Ministry"."""
    lower, capital, n = words.lower, words.capital, len(words)
    noun = lower[i]
    first, last = i, i + 1
    field = ""
    while (
        first > 0
        and (lower[first - 1] in _LEADS or (lower[first - 1] in PORTFOLIO and capital[first - 1]))
        and capital[first - 1] >= capital[i]
        and words.sentence[first - 1] == words.sentence[i]
        and countries.ending(first) is None
    ):
        first -= 1
    if first < i:
        field = words.span(first, i)
    elif i + 2 < n and lower[i + 1] in ("of", "for") and capital[i]:
        to = i + 2 + (lower[i + 2] == "the")
        end = to
        while end < n and words.sentence[end] == words.sentence[i]:
            if (
                lower[end] in PORTFOLIO
                or (lower[end] in ("president", "prime", "minister") and noun == "office")
                or (
                    end > to
                    and lower[end] in ("and", "&", ",")
                    and end + 1 < n
                    and capital[end + 1]
                    and lower[end + 1] in PORTFOLIO
                )
            ):
                end += 1
            else:
                break
        if end == to:
            return None
        field, last = words.span(to, end), end
    else:
        return None
    if noun in ("office", "council", "commission", "presidency", "chancellery") and not capital[i]:
        return None
    country, first = countries.before(first, 0)
    if last + 1 < n and lower[last] == "of":
        found = countries.read(last + 1, unknown=True)
        if found is not None:
            country, last = found
    name = _standard(noun, field, country, kb)
    return Body(first, last, "institution", name, noun, country)


def _standard(noun: str, field: str, country: str | None, kb: Knowledge) -> str:
    plain = field.lower()
    kind = {
        "foreign": "foreign_ministry",
        "foreign affairs": "foreign_ministry",
        "defense": "defence_ministry",
        "defence": "defence_ministry",
        "national defense": "defence_ministry",
        "external affairs": "foreign_ministry",
        "state": "foreign_ministry",
    }.get(plain)
    if kind and country:
        for row in kb.institutions:
            if row.country == country and (row.kind == kind or row.kind == kind.replace("defence", "defense")):
                return _bare(row.name)
    field = {"foreign": "Foreign Affairs", "defence": "Defense"}.get(plain, field)
    head = noun.capitalize()
    if noun in ("ministry", "department"):
        return f"{head} of {field}"
    if noun == "office":
        return "Presidential Office" if "president" in plain else f"Office of {field}"
    return f"{field} {head}"


def find_unnamed(words: Words, countries: Countries, bodies: Sequence[Body]) -> list[Body]:
    """Return unnamed people ("a senior official", "officials in the department") and publications."""
    lower, capital, n = words.lower, words.capital, len(words)
    by_first = {b.first: k for k, b in enumerate(bodies)}
    by_last = {b.last: k for k, b in enumerate(bodies)}
    out: list[Body] = []
    for i in range(n):
        word = lower[i]
        if word in UNNAMED:
            first = i
            country: str | None = None
            while first > 0 and words.sentence[first - 1] == words.sentence[i]:
                if first in by_last or countries.ending(first) is not None:
                    break
                if lower[first - 1] in _MODIFIERS:
                    first -= 1
                    continue
                break
            owner = by_last.get(first)
            if owner is not None:
                first, country = bodies[owner].first, bodies[owner].country
            else:
                country, first = countries.before(first, 0)
            while (
                first > 0
                and lower[first - 1] in _MODIFIERS | _ARTICLES
                and words.sentence[first - 1] == words.sentence[i]
            ):
                first -= 1
            if not word.endswith("s") and (
                first == i or lower[first] not in ("a", "an", "the", "one", "another", "senior")
            ):
                continue
            last = i + 1
            if owner is None and last + 1 < n and lower[last] in ("in", "at", "from", "of") and last + 1 in by_first:
                owner = by_first[last + 1]
                last, country = bodies[owner].last, bodies[owner].country
            elif (
                owner is None
                and last + 2 < n
                and lower[last] in ("in", "at", "from", "of")
                and lower[last + 1] == "the"
                and lower[last + 2] in ("department", "ministry", "administration")
            ):
                last += 3
            out.append(Body(first, last, "unnamed", words.span(first, i + 1), word, country, owner))
        elif word in DOCUMENTS:
            first = i
            if i and lower[i - 1] in ("press", "fact", "joint", "news", "media", "written"):
                first -= 1
            elif word in ("sheet", "release"):
                continue
            label = words.span(first, i + 1).lower()
            last = i + 1
            owner = by_last.get(first)
            if owner is None and first and lower[first - 1] in ("'s", "’s"):
                owner = by_last.get(first - 1)
            if owner is None and last + 1 < n and lower[last] in ("by", "from", "of") and (last + 1) in by_first:
                owner = by_first[last + 1]
                last = bodies[owner].last
            elif owner is not None:
                first = bodies[owner].first
            if first and lower[first - 1] in _ARTICLES:
                first -= 1
            if (
                owner is None
                and word in ("statement", "report", "declaration", "transcript")
                and not (first < i and lower[first] == "the")
            ):
                continue
            if capital[i] and owner is None and not words.opens_sentence(first):
                continue
            out.append(
                Body(first, last, "document", label, word, bodies[owner].country if owner is not None else None, owner)
            )
    return out
