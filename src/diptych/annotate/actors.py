"""People of one text: which names are one person, in what office, of which state."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from diptych.annotate.lexicon import PARTICLES
from diptych.annotate.names import NameSpan
from diptych.annotate.offices import standard_office
from diptych.annotate.titles import Title
from diptych.records import Actor, Document, content_id

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge
    from diptych.records import Tenure


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in the text with the title that stands at it: words ``first`` up to ``last``."""

    first: int
    last: int
    name: NameSpan
    title: Title | None
    country: str | None
    rule: str


@dataclass(slots=True)
class Person:
    """A person under construction: the names and titles met so far. Frozen into an Actor at the end."""

    tokens: frozenset[str]
    parts: tuple[str, ...]
    display: str
    female: bool | None = None
    country: str | None = None
    offices: list[tuple[int, str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    positions: list[int] = field(default_factory=list)
    former: bool = False

    @property
    def weight(self) -> int:
        """How many words of the name tell this person from others."""
        return len(self.tokens)


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return ``word`` without case, accents, full stops and kinds of hyphen or apostrophe."""
    text = unicodedata.normalize("NFKD", word.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return text.strip(".").replace("’", "'").replace("‐", "-").replace("‑", "-")


_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def name_tokens(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the folded words of a name that tell people apart: no initials, particles or "Jr."."""
    out = [fold(p) for p in parts]
    return tuple(t for t in out if len(t) > 1 and t not in PARTICLES and t not in _SUFFIXES) or tuple(out)


def near(a: str, b: str) -> bool:
    """Whether two folded names are spellings of one ("drahanskyy", "drahansky"): at most two letters apart."""
    if a == b:
        return True
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 2 or a[0] != b[0]:
        return False
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return max(len(a), len(b)) - head - tail <= 1 or (head >= 5 and max(len(a), len(b)) - head - tail <= 2)


_EQUAL_HEADS = (
    frozenset(("president", "chairman", "leader", "secretary", "head", "chief")),
    frozenset(("king", "prince", "majesty", "crown", "sultan", "emir", "minister", "president")),
    frozenset(("minister", "councilor", "councillor", "director", "member", "chief")),
    frozenset(("minister", "premier", "leader", "head", "chancellor")),
    frozenset(("minister", "secretary")),
    frozenset(("representative", "envoy", "secretary", "ambassador", "deputy", "assistant", "adviser", "advisor")),
)


def head_of(office: str) -> str:
    """Return the head noun of an office as a text words it, lower case."""
    left = office.split(" of ")[0].split(" for ")[0].split(" to ")[0]
    word = left.split()[-1].lower().strip(".") if left.split() else ""
    return {"advisor": "adviser", "councilor": "councillor", "sen": "senator"}.get(word, word)


def heads_agree(head: str, heads: set[str]) -> bool:
    """Whether a person known by ``heads`` may be called by ``head``."""
    heads = heads - {"counterpart", "general"}
    if not heads or not head or head in heads or head in ("general", "counterpart"):
        return True
    return any(head in group and heads & group for group in _EQUAL_HEADS)


def _same(person: Person, tokens: tuple[str, ...]) -> bool:
    """Whether ``tokens`` may name ``person``, by the names alone."""
    own = person.tokens
    if all(t in own for t in tokens):
        return True
    if len(tokens) == 1:
        return any(near(tokens[0], t) for t in own)
    # "Joe Hasket" and "Joseph R. Hasket": one family name, given names that begin alike
    mine = name_tokens(person.parts)
    if len(mine) > 1 and near(mine[-1], tokens[-1]) and (mine[0][0] == tokens[0][0]) and len(tokens) == 2:
        return mine[0][:2] == tokens[0][:2]
    if own <= set(tokens) and len(own) > 1:
        return True
    return len(mine) == len(tokens) and all(near(a, b) for a, b in zip(sorted(mine), sorted(tokens), strict=True))


def cluster(references: Sequence[Reference]) -> tuple[list[Person], dict[int, int]]:
    """Put references to one person together; return the people and, by index of reference, whom each means."""
    people: list[Person] = []
    by_token: dict[str, list[int]] = {}
    means: dict[int, int] = {}
    order = sorted(
        range(len(references)), key=lambda k: (-min(len(name_tokens(references[k].name.parts)), 3), references[k].first)
    )
    for k in order:
        ref = references[k]
        tokens = name_tokens(ref.name.parts)
        head = head_of(ref.title.office) if ref.title is not None else ""
        options = sorted(
            {p for t in tokens for p in by_token.get(t, ())}
            | {p for t in tokens if len(t) > 5 for p in by_token.get(t[:4], ())}
        )
        options = [
            p
            for p in options
            if _same(people[p], tokens)
            and (len(tokens) > 1 or not (ref.country and people[p].country and ref.country != people[p].country))
            and (len(tokens) > 1 or heads_agree(head, people[p].heads))
            and not (
                ref.name.female is not None and people[p].female is not None and ref.name.female != people[p].female
            )
        ]
        if len(options) > 1:
            exact = [p for p in options if all(t in people[p].tokens for t in tokens)]
            options = exact or options
        if len(options) > 1 and head:
            titled = [p for p in options if head in people[p].heads]
            options = titled or options
        if len(options) > 1:
            # the one named last before this place
            before = [(max((q for q in people[p].positions if q <= ref.first), default=-1), -p) for p in options]
            options = [options[before.index(max(before))]]
        if options:
            chosen = options[0]
            person = people[chosen]
            if not person.tokens >= set(tokens) and len(tokens) >= len(person.tokens):
                person.tokens = person.tokens | set(tokens)
        else:
            chosen = len(people)
            person = Person(tokens=frozenset(tokens), parts=ref.name.parts, display=ref.name.text)
            people.append(person)
            for t in tokens:
                by_token.setdefault(t, []).append(chosen)
                if len(t) > 5:
                    by_token.setdefault(t[:4], []).append(chosen)
        means[k] = chosen
        person.positions.append(ref.first)
        if ref.name.female is not None:
            person.female = ref.name.female
        if ref.country and person.country is None:
            person.country = ref.country
        if ref.title is not None:
            person.offices.append((ref.first, ref.title.office))
            person.heads.add(head)
    for k, person in enumerate(people):
        best = _fullest([references[r] for r in sorted(means) if means[r] == k])
        if best is not None:
            person.parts, person.display = best.name.parts, best.name.text
    return people, means


def _fullest(references: Sequence[Reference]) -> Reference | None:
    """Return the fullest name that stands at a title in the text itself: it is surer than a longer one elsewhere."""
    titled = [r for r in references if r.title is not None and r.first >= 0 and len(name_tokens(r.name.parts)) > 1]
    return max(titled, key=lambda r: (len(name_tokens(r.name.parts)), -r.first), default=None)


def _plain(name: str) -> str:
    """Return a display name without initials and "Jr.": "Walter Q. Hasket, Jr." is shown as "Walter Hasket"."""
    parts = name.split()
    kept = [p for p in parts if not (len(p) == 2 and p.endswith(".")) and fold(p) not in _SUFFIXES]
    return " ".join(kept) if len(kept) > 1 else name


_VAGUE = frozenset(
    (
        "minister",
        "secretary",
        "deputy secretary",
        "under secretary",
        "ambassador",
        "adviser",
        "general",
        "leader",
        "counterpart",
        "envoy",
        "assistant secretary",
        "prince",
        "sheikh",
        "director",
        "commissioner",
        "representative",
    )
)


def _office_words(text: str) -> frozenset[str]:
    return frozenset(fold(w) for w in text.replace("-", " ").split()) - {
        "of",
        "for",
        "the",
        "and",
        "affairs",
        "national",
    }


def _may_hold(office: str, title: str) -> bool:
    """Whether the bearer of ``office`` as a text words it may hold ``title``; "Minister Han" is no Prime Minister."""
    if office.lower() in _VAGUE:
        return title.lower().startswith(office.lower())
    return bool(_office_words(office) & _office_words(title))


def _bears(tenure: Tenure, parts: Sequence[str]) -> bool:
    """Whether a look-up that drops middle names has not taken "Kem Yo-jan" for "Kem Hyun-jan"."""
    own = [t for p in parts for t in fold(p).split("-") if len(t) > 1]
    if len(own) < 3:
        return True
    conflict = False
    for name in (tenure.person, *tenure.aliases):
        other = [t for p in name.split() for t in fold(p).split("-") if len(t) > 1]
        if len(other) != len(own) or own[0] != other[0] or own[-1] != other[-1]:
            continue
        if all(a[0] == b[0] or a[-1] == b[-1] for a, b in zip(own[1:-1], other[1:-1], strict=True)):
            return True
        conflict = True
    return not conflict


def _on_day(tenures: Sequence[Tenure], day: dt.date | None) -> list[Tenure]:
    if day is None:
        return list(tenures)
    return [t for t in tenures if t.start <= day and (t.end is None or day <= t.end)]


def to_actor(
    person: Person, document: Document, kb: Knowledge, *, home: str | None = None, told: frozenset[str] = frozenset()
) -> Actor:
    """Turn ``person`` into a record: the office from the text first, from the dated table second.

    ``home`` is the state whose officials the text names without it, where the person may be one of them; ``told``
    are the states that the text names: a title that one state alone has ("Secretary of State") means it only there.
    """
    name = _plain(person.display)
    day = document.published
    offices = sorted(person.offices)
    office_text = next((o for _, o in offices if o.lower() not in _VAGUE), offices[0][1] if offices else None)
    former = office_text is not None and office_text.lower().startswith(("former ", "ex-", "then "))
    country = person.country
    known = [t for t in kb.tenures_of(name) if (country is None or t.country == country) and _bears(t, person.parts)]
    vague = office_text is None or office_text.lower() in _VAGUE
    if person.weight == 1 and home is not None and country is None and vague:
        # "Minister Lim" of the publishing side is no Lim of another state
        known = [t for t in known if t.country == home]
    if not known and person.weight == 1 and office_text is not None:
        known = _holder(office_text, country, name, day, kb)
    if person.weight == 1:
        # a single name is no evidence by itself: the office must agree, or the name be a family name in office then
        known = [
            t
            for t in known
            if (office_text is not None and _may_hold(office_text, _title(t, kb)))
            or (
                office_text is None
                and day is not None
                and _on_day([t], day)
                and fold(name) == name_tokens(t.person.split())[-1]
            )
        ]
    then = _on_day(known, day)
    if day is None and office_text is not None:
        same = [
            t for t in then if _office_words(standard_office(office_text, t.country, kb)) & _office_words(_title(t, kb))
        ]
        then = same or then
    if person.weight == 1 and known and len({t.person for t in known}) == 1:
        name = known[0].person
    if country is None and known:
        lands = {t.country for t in (then or known)}
        if len(lands) == 1:
            country = lands.pop()
    if country is None and office_text is None and home and document.kind == "readout":
        country = home
    if country is None and office_text is not None:
        known_office = kb.find_office(office_text, None)
        if known_office is not None and known_office.country in told | {document.country} - {None}:
            country = known_office.country
        elif home and document.kind in _OWN_KINDS and not former:
            country = home
    office: str | None = None
    source: str | None = None
    conflict: str | None = None
    if office_text is not None:
        office, source = standard_office(office_text, country, kb), "text"
        if then and not former and day is not None:
            titles = [_title(t, kb) for t in then]
            said = _office_words(office)
            alike = [t for t in titles if said == _office_words(t)]
            fuller = [t for t in titles if said <= _office_words(t)]
            if alike and office not in alike:
                office = alike[0]
            elif fuller and office.lower() in _VAGUE:
                office = min(fuller, key=len)
            elif not any(said & _office_words(t) for t in titles):
                conflict = titles[0]
    elif then and (day is not None or len({t.office for t in then}) == 1):
        office, source = _title(max(then, key=lambda t: t.start), kb), "table"
    return Actor(
        id=content_id("actor", "person", name, country),
        kind="person",
        name=name,
        country=country,
        office=office,
        office_from="text" if source == "text" else "table" if source == "table" else None,
        office_conflict=conflict,
    )


_OWN_KINDS = ("readout", "fact_sheet", "press_conference", "transcript", "news", "other")


def _title(tenure: Tenure, kb: Knowledge) -> str:
    office = kb.office(tenure.office)
    return office.title if office is not None else tenure.office


def _holder(office: str, country: str | None, name: str, day: dt.date | None, kb: Knowledge) -> list[Tenure]:
    """Return the tenures of the one holder of ``office`` on ``day`` who bears the surname ``name``."""
    found = kb.find_office(office, country)
    land = country or (found.country if found is not None else None)
    if found is None or land is None or day is None:
        return []
    return [t for t in kb.holders(found.id, land, day) if fold(name) in name_tokens(t.person.split())]
