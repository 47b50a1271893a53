"""Where a text names people: names at titles, names alone, and surnames later on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diptych.annotate.actors import Person, Reference, fold, head_of, heads_agree, name_tokens, near
from diptych.annotate.countries import Countries, read_countries
from diptych.annotate.lexicon import BLOC_HEADS, NOT_NAME, PORTFOLIO, vocabulary
from diptych.annotate.names import NameSpan, read_name
from diptych.annotate.titles import Title, find_titles
from diptych.annotate.words import Words, headline_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from diptych.annotate.gazetteer import Gazetteer
    from diptych.knowledge import Knowledge

#: Offices whose "of X" names a province: "Senator A of Delaware".
_LOCAL_OFFICES = vocabulary(
    "senator representative governor congressman congresswoman mayor mp bishop archbishop commander judge justice"
)
#: After a surname these make it the name of a thing: "the Hasket administration".
_THING = vocabulary("administration government cabinet team plan doctrine era foundation aides aide family")
_NAME_ENTITY = frozenset(("PERSON",))
_LOOSE_ENTITY = frozenset(("ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"))


def find_references(
    words: Words, countries: Countries, titles: Sequence[Title], doc: Doc, kb: Knowledge
) -> list[Reference]:
    """Return all names of people in the text in order, those at titles and those that stand alone.

    A name alone is one that the parser's recogniser or the table of tenures knows, or that has a form of address.
    """
    out: list[Reference] = []
    taken = bytearray(len(words) + 1)
    for title in titles:
        name = title.name
        if name is None:
            continue
        first, last = min(title.first, name.first), max(title.last, name.last)
        country, last = _land_after(words, countries, title, last)
        out.append(
            Reference(first, last, name, title, country, "title and name" if not title.before else "name and title")
        )
        taken[first:last] = b"\1" * (last - first)
    for title in titles:
        taken[title.first : title.last] = b"\1" * (title.last - title.first)
    for ent in doc.ents:
        label = ent.label_
        if label not in _NAME_ENTITY and label not in _LOOSE_ENTITY:
            continue
        i = words.at(ent.start_char)
        while (
            i < len(words)
            and words.start[i] < ent.end_char
            and (taken[i] or not words.capital[i] or words.lower[i] in NOT_NAME)
        ):
            i += 1
        if i >= len(words) or words.start[i] >= ent.end_char:
            continue
        if (
            i
            and words.capital[i - 1]
            and not taken[i - 1]
            and words.lower[i - 1] not in NOT_NAME
            and i - 1 not in countries.ends
            and words.sentence[i - 1] == words.sentence[i]
            and words.form[i - 1][0].isalpha()
        ):
            i -= 1
        name = read_name(words, countries, i, after_title=False, loose=False)
        if name is None or taken[name.first] or len(name.parts) > 5:
            continue
        if label in _LOOSE_ENTITY and not _acts(words, countries, name, ent.root.dep_):
            continue
        if _organisation(words, countries, name) or _credited(words, name):
            continue
        out.append(Reference(name.first, name.last, name, None, None, "name"))
        taken[name.first : name.last] = b"\1" * (name.last - name.first)
    out.extend(_unrecognised(words, countries, taken, {t for r in out for t in name_tokens(r.name.parts)}, kb))
    out.sort(key=lambda r: r.first)
    return out


_ADDRESS = vocabulary("mr mr. mrs mrs. ms ms. dr dr.")


def _unrecognised(
    words: Words, countries: Countries, taken: bytearray, known: set[str], kb: Knowledge
) -> list[Reference]:
    """Return people whom the recogniser missed: "Mr Osten", and full names of holders of office."""
    out: list[Reference] = []
    for i in range(len(words) - 1):
        if taken[i] or not words.capital[i] or i in countries.starts:
            continue
        if words.lower[i] in _ADDRESS:
            name = read_name(words, countries, i, after_title=False, loose=False)
            if name is None or known & set(name_tokens(name.parts)):
                continue
        else:
            if not words.capital[i + 1] or taken[i + 1] or words.lower[i] in NOT_NAME:
                continue
            name = read_name(words, countries, i, after_title=False, loose=False)
            if name is None or not 2 <= len(name.parts) <= 4 or _organisation(words, countries, name):
                continue
            family = name_tokens(name.parts)[-1]
            if len(name_tokens(name.parts)) < 2 or not any(
                family in {fold(w) for w in t.person.split()} for t in kb.tenures_of(name.text)
            ):
                continue
        out.append(Reference(name.first, name.last, name, None, None, "name"))
        taken[name.first : name.last] = b"\1" * (name.last - name.first)
    return out


def headline_references(title: str | None, gazetteer: Gazetteer, country: str | None) -> list[Reference]:
    """Return the people whom the title of a document names with their offices; they stand before its first word."""
    if not title:
        return []
    words = headline_words(title)
    countries = read_countries(words, gazetteer, country)
    out: list[Reference] = []
    for found in find_titles(words, countries):
        if found.name is not None and len(out) < 4:
            land, _ = _land_after(words, countries, found, max(found.last, found.name.last))
            place = len(out) - 4
            out.append(Reference(place, place, found.name, found, land, "title of the document"))
    return out


def _land_after(words: Words, countries: Countries, title: Title, last: int) -> tuple[str | None, int]:
    """Read the state after a name: "Prime Minister Ishiba Shigeru of Japan"."""
    if title.country is not None or title.before:
        return title.country, last
    if last + 1 < len(words) and words.sentence[last] == words.sentence[last - 1]:
        if words.lower[last] == "of":
            found = countries.read(last + 1, unknown=head_of(title.office) not in _LOCAL_OFFICES)
            if found is not None:
                return found
        if words.lower[last] == "(" and last + 2 < len(words):
            found = countries.read(last + 1, unknown=False)
            if found is not None and found[1] < len(words) and words.lower[found[1]] == ")":
                return found[0], found[1] + 1
    return None, last


def _acts(words: Words, countries: Countries, name: NameSpan, dependency: str) -> bool:
    """Whether a name that the recogniser took for something else behaves like a person's."""
    if not 2 <= len(name.parts) <= 4 or dependency not in ("nsubj", "nsubjpass"):
        return False
    return name.first == 0 or words.lower[name.first - 1] not in ("the", "a", "an", "in", "at", "of")


def _organisation(words: Words, countries: Countries, name: NameSpan) -> bool:
    lower = [p.lower() for p in name.parts]
    if any(w in BLOC_HEADS or w in PORTFOLIO for w in lower):
        return True
    if " ".join(name.parts) in countries.written:
        return True
    following = words.lower[name.last] if name.last < len(words) else ""
    return following in ("ilbo", "times", "post", "news", "agency")


_PICTURE = vocabulary("photo photos photograph photographs photographer picture image images video footage credit")


#: A dateline is the first so many words of a text at most, and names in brackets at its end who sends it.
_DATELINE = 16
_CLOSED = ((")", ":"), (")", "-"), (")", "–"), (")", "—"))


def _credited(words: Words, name: NameSpan) -> bool:
    """Whether a name is a credit: "(Photo: A)", "Photograph by A", "KURIER/A/File Photo", "VELM (Evening Wave):"."""
    before = words.lower[max(name.first - 2, 0) : name.first]
    following = words.lower[name.last] if name.last < len(words) else ""
    if before[-1:] == ("/",) or following == "/":
        return True
    if before[-1:] == ("(",) and name.last <= _DATELINE and words.lower[name.last : name.last + 2] in _CLOSED:
        return True
    return len(before) == 2 and before[0] in _PICTURE and before[1] in (":", "by", "/", "-", "–")


def find_surnames(
    words: Words, people: Sequence[Person], taken: bytearray, countries: Countries
) -> list[tuple[int, int, int, str]]:
    """Return (first, last, person, rule) for the bare names by which known people are called later in the text."""
    by_token: dict[str, list[int]] = {}
    for n, person in enumerate(people):
        for token in name_tokens(person.parts):
            by_token.setdefault(token, []).append(n)
    out: list[tuple[int, int, int, str]] = []
    latest: dict[int, int] = {}
    pending = sorted((q, n) for n, person in enumerate(people) for q in person.positions)
    at = 0
    i, size = 0, len(words)
    while i < size:
        while at < len(pending) and pending[at][0] <= i:
            latest[pending[at][1]] = pending[at][0]
            at += 1
        if taken[i] or not words.capital[i] or not (options := by_token.get(fold(words.form[i]))):
            i += 1
            continue
        if i in countries.starts and countries.starts[i].kind == "name":
            i += 1
            continue
        j = i + 1
        while (
            j < size
            and words.capital[j]
            and not taken[j]
            and words.sentence[j] == words.sentence[i]
            and words.form[j][0].isalpha()
        ):
            token = fold(words.form[j])
            if not any(token in people[p].tokens or len(token) == 1 for p in options):
                break
            j += 1
        left = (
            words.capital[i - 1]
            and not taken[i - 1]
            and words.sentence[i - 1] == words.sentence[i]
            and words.lower[i - 1] not in NOT_NAME
            if i
            else False
        )
        right = (
            j < size
            and words.capital[j]
            and words.sentence[j] == words.sentence[i]
            and words.form[j][0].isalpha()
            and words.lower[j] not in NOT_NAME
            and j not in countries.starts
            and not words.opens_sentence(i)
        )
        following = words.lower[j] if j < size else ""
        if (
            (left and not words.opens_sentence(i - 1) and words.form[i - 1][0].isalpha())
            or (right and not taken[j])
            or following in _THING
        ):
            i = j
            continue
        tokens = [fold(words.form[k]) for k in range(i, j)]
        options = [p for p in options if all(t in people[p].tokens or len(t) == 1 for t in tokens)] or options
        rule = "surname" if j - i == 1 else "name again"
        if len(options) > 1:
            seen = [p for p in options if p in latest]
            options = [max(seen or options, key=lambda p: latest.get(p, -1))]
            rule = "surname shared by several: the one named last"
        out.append((i, j, options[0], rule))
        latest[options[0]] = i
        i = j
    return out


def matches_office(title: Title, offices: Sequence[str], heads: set[str]) -> bool:
    """Whether a title without a name ("the Foreign Minister") may mean someone who holds ``offices``."""
    head = head_of(title.office)
    words = frozenset(fold(w) for w in title.office.replace("-", " ").split()) - _SMALL
    if words <= {"head", "state"} and words >= {"head", "state"}:
        return any(
            head_of(o) in ("president", "king", "queen", "emir", "sultan", "chairman", "prince") for o in offices
        )
    if words == {"head", "government"}:
        return any("prime minister" in o.lower() or head_of(o) in ("chancellor", "premier") for o in offices)
    for office in offices:
        own = frozenset(fold(w) for w in office.replace("-", " ").split()) - _SMALL
        if words <= own:
            # "the President" is not the Vice President, "the Minister" not the Prime Minister's deputy
            extra = own - words
            if head_of(office) == head and not (extra & {"vice", "deputy", "former"} and head == "president"):
                return True
        elif len(words) > 1 and near(head, head_of(office)) and not (words - own - {"state", "affairs", "us", "head"}):
            return True
    return bool(heads) and len(words) == 1 and head in heads and not offices and heads_agree(head, heads)


_SMALL = frozenset(("of", "for", "the", "and", "s", "affairs", "a"))
