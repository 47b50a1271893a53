"""Offices, and how texts title them: "US Defense Secretary", "First Vice Minister of Foreign Affairs of Korea"."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import msgspec

from diptych.knowledge.entries import OfficeHit, StateHit
from diptych.knowledge.matcher import WORD, NameMatcher
from diptych.knowledge.states import StateTable
from diptych.knowledge.tables import Row, read_table
from diptych.records import Office

_SLUG = re.compile(r"[a-z]+(?:-[a-z0-9]+)+\Z|\*(?:-[a-z0-9]+)+\Z")
_OF_COUNTRY = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?(?:Government\s+of\s+(?:the\s+)?)?")
_TO_COUNTRY = re.compile(r"\s+(?:to|in)\s+(?:the\s+)?")
_COUNTRY_GAP = re.compile(r"(?:['’]s?)?[\s-]+\Z")
_MATTER = r"(?:the )?[A-Z][\w'’-]+(?:(?:,? and|,| &| of| for|) (?:the )?[A-Z][\w'’-]+){0,6}"
_OPEN_ENVOY = re.compile(rf" (?:for|on|to) {_MATTER}")
_OPEN_MINISTER = re.compile(rf" (?:of|for) (?P<matter>{_MATTER})")
_OPEN_BEFORE = re.compile(r"(?P<matter>[A-Z][a-z][\w-]+(?: (?:and|&) [A-Z][a-z][\w-]+)?) \Z")
#: Words that are a title only with a capital: "leader", "minister", "representative" are common nouns.
_PLAIN = re.compile(r"[a-z]+\Z")
_LOWER_RANKS = frozenset({"head_of_state", "head_of_government", "monarch", "vice_president"})
_TWO_BEFORE = re.compile(r"(?:(\b)(\w+)[ -])?(\w+)[ -]+\Z")


class Modifier(msgspec.Struct, frozen=True, kw_only=True):
    """A word before or after a title that changes its standing."""

    standing: str
    title: str
    slug: str


class OfficeTable:
    """Offices by id and by title."""

    def __init__(
        self,
        offices: tuple[Office, ...],
        replaced: dict[str, str],
        modifiers: tuple[tuple[str, str, Modifier], ...],
        states: StateTable,
    ) -> None:
        self.offices = offices
        self._states = states
        self._by_id = {office.id: office for office in offices if office.country}
        self._by_slug = {office.id[2:]: office for office in offices if not office.country}
        self._replaced = replaced
        self._before = {words: modifier for words, place, modifier in modifiers if place == "before"}
        self._after = {words: modifier for words, place, modifier in modifiers if place == "after"}

    @cached_property
    def _matcher(self) -> NameMatcher[Office]:
        return NameMatcher(
            [(_lower_form(form), office) for office in self.offices for form in (office.title, *office.forms)]
        )

    def office(self, office_id: str) -> Office | None:
        """The office with this id; a pattern such as ``<iso3>-prime-minister`` holds for every state."""
        office_id = self._replaced.get(office_id, office_id)
        known = self._by_id.get(office_id)
        if known is not None:
            return known
        prefix, _, slug = office_id.partition("-")
        country = prefix.upper()
        pattern = self._by_slug.get(slug)
        if not self._states.knows(country):
            return None
        if pattern is not None:
            return msgspec.structs.replace(pattern, id=office_id, country=country)
        return self._ambassador(country, slug) or self._deputy(country, slug)

    def _ambassador(self, country: str, slug: str) -> Office | None:
        host = slug.removeprefix("ambassador-to-").upper()
        pattern = self._by_slug.get("ambassador")
        if pattern is None or not slug.startswith("ambassador-to-") or not self._states.knows(host):
            return None
        title = f"{pattern.title} to {self._states.label(host)}"
        return Office(id=f"{country.lower()}-{slug}", title=title, country=country, rank=pattern.rank)

    def _deputy(self, country: str, slug: str) -> Office | None:
        for modifier in self._before.values():
            if modifier.slug and slug.startswith(modifier.slug + "-"):
                base_id = f"{country.lower()}-{slug[len(modifier.slug) + 1 :]}"
                if base_id.endswith(slug):
                    continue
                base = self.office(base_id)
                if base is not None:
                    return self._modified(base, modifier)
        return None

    @staticmethod
    def _modified(office: Office, modifier: Modifier) -> Office:
        if modifier.standing == "deputy":
            prefix, _, slug = office.id.partition("-")
            return Office(
                id=f"{prefix}-{modifier.slug}-{slug}",
                title=f"{modifier.title} {office.title}",
                country=office.country,
                rank=f"deputy_{office.rank}",
            )
        if modifier.standing == "elect" and modifier.title != "Incoming":
            title = f"{office.title}-{modifier.title}"
        else:
            title = f"{modifier.title} {office.title}".strip()
        return msgspec.structs.replace(office, title=title)

    def find(self, text: str, country: str | None = None) -> Office | None:
        """The office that a title names; country words in the text outweigh ``country``.

        Of several titles ("Deputy Prime Minister and Foreign Minister") the first is returned.
        """
        hits = self.hits(text, country)
        return hits[0].office if hits else None

    def hits(self, text: str, country: str | None = None) -> tuple[OfficeHit, ...]:
        """All titles in a running text, in order, each with its country where the text or ``country`` gives one."""
        words = list(WORD.finditer(text))
        places = self._states.hits(text)
        scene = _Scene(text, {hit.end: hit for hit in places}, {hit.start: hit for hit in places}, country)
        found: list[OfficeHit] = []
        index = 0
        while index < len(words):
            at = self._matcher.at(text, words, index)
            if at is None or self._common_noun(words[index], at[0], at[2]):
                index += 1
                continue
            size, end, offices = at
            hit = self._hit(scene, words[index].start(), end, offices)
            found.append(hit)
            index += size
            while index < len(words) and words[index].start() < hit.end:
                index += 1
        return tuple(found)

    @staticmethod
    def _common_noun(word: re.Match[str], size: int, offices: list[Office]) -> bool:
        return size == 1 and _PLAIN.match(word.group()) is not None and offices[0].rank not in _LOWER_RANKS

    def _hit(self, scene: _Scene, core_start: int, core_end: int, offices: list[Office]) -> OfficeHit:
        start, modifiers, country = self._leftwards(scene, core_start)
        end = core_end
        after = re.match(r"[\s-]?-?(\w+)", scene.text[end:])
        if after and after.group(1).lower() in self._after:
            modifiers.append(self._after[after.group(1).lower()])
            end += after.end()
        title = scene.text[core_start:core_end]
        if country is None:
            country, end = _rightwards(scene, end, _OF_COUNTRY)
        office = self._choose(title, offices, country, scene.country)
        office, start, end = self._open(scene, office, country or scene.country, start, core_start, end)
        for modifier in modifiers:
            office = self._modified(office, modifier)
        standing = next((m.standing for m in modifiers if m.standing not in ("", "deputy")), None)
        return OfficeHit(
            start=start, end=end, core_start=core_start, core_end=core_end, office=office, standing=standing
        )

    def _leftwards(self, scene: _Scene, start: int) -> tuple[int, list[Modifier], str | None]:
        """Modifiers and country words before a title: where they begin, and what they are, innermost first."""
        modifiers: list[Modifier] = []
        country: str | None = None
        while True:
            before = _TWO_BEFORE.search(scene.text[max(0, start - 40) : start])
            if before is None:
                return start, modifiers, country
            two = f"{before.group(2) or ''} {before.group(3)}".strip().lower()
            if two in self._before:
                modifiers.append(self._before[two])
                start -= len(before.group())
                continue
            if before.group(3).lower() in self._before:
                modifiers.append(self._before[before.group(3).lower()])
                start -= len(before.group()) - before.start(3)
                continue
            gap = _COUNTRY_GAP.search(scene.text[max(0, start - 4) : start])
            place = scene.ends.get(start - len(gap.group())) if gap else None
            if place is None or country is not None:
                return start, modifiers, country
            country, start = place.country, place.start

    def _choose(self, title: str, offices: list[Office], named: str | None, assumed: str | None) -> Office:
        """The office meant: the country's own, else the pattern, else the first that bears the title."""
        for code in (named, assumed):
            own = [office for office in offices if office.country == code]
            if code and own:
                exact = [office for office in own if office.title.lower() == title.lower()]
                return (exact or own)[0]
        code = named or assumed
        general = [office for office in offices if office.country is None]
        if general:
            if code is None:
                return general[0]
            office = self.office(f"{code.lower()}{general[0].id[1:]}")
            return office or general[0]
        if named:
            slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
            return Office(id=f"{named.lower()}-{slug}", title=_title_case(title), country=named, rank=offices[0].rank)
        exact = [office for office in offices if office.title.lower() == title.lower()]
        return (exact or offices)[0]

    def _open(
        self, scene: _Scene, office: Office, country: str | None, start: int, core_start: int, end: int
    ) -> tuple[Office, int, int]:
        """Titles made freely: "Minister of Tourism", "Tourism Minister", "Special Envoy for Lake Affairs"."""
        slug = office.id.partition("-")[2]
        if office.rank == "ambassador":
            host, host_end = _rightwards(scene, end, _TO_COUNTRY)
            if host is not None:
                title = f"{office.title} to {self._states.label(host)}"
                new = msgspec.structs.replace(office, id=f"{office.id}-to-{host.lower()}", title=title)
                return new, start, host_end
            return office, start, end
        if office.rank == "envoy" and slug in ("special-envoy", "nuclear-envoy"):
            matter = _OPEN_ENVOY.match(scene.text, end)
            if matter:
                title = scene.text[core_start : matter.end()]
                return _made(office, country, title), start, matter.end()
            return office, start, end
        if slug != "minister":
            return office, start, end
        matter = _OPEN_MINISTER.match(scene.text, end)
        if matter:
            return _made(office, country, f"Minister of {matter.group('matter')}"), start, matter.end()
        before = _OPEN_BEFORE.search(scene.text[max(0, core_start - 60) : core_start])
        if before and start == core_start:
            start = core_start - len(before.group())
            start, _, named = self._leftwards(scene, start)
            return _made(office, named or country, f"Minister of {before.group('matter')}"), start, end
        return office, start, end


class _Scene:
    """A text, where states are named in it, and the country to assume."""

    __slots__ = ("country", "ends", "starts", "text")

    def __init__(self, text: str, ends: dict[int, StateHit], starts: dict[int, StateHit], country: str | None) -> None:
        self.text = text
        self.ends = ends
        self.starts = starts
        self.country = country


def _rightwards(scene: _Scene, end: int, link: re.Pattern[str]) -> tuple[str | None, int]:
    """The country that follows a title after "of" or "to", and where it ends."""
    joint = link.match(scene.text, end)
    if joint:
        place = scene.starts.get(joint.end())
        if place is not None and place.form != "demonym":
            return place.country, place.end
    return None, end


def _made(office: Office, country: str | None, title: str) -> Office:
    """An office that no table has, made from its title."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    prefix = country.lower() if country else "*"
    return Office(id=f"{prefix}-{slug}", title=_title_case(title), country=country, rank=office.rank)


def _title_case(title: str) -> str:
    """Capitals on all but small words."""
    small = {"of", "for", "the", "and", "to", "in", "on"}
    return " ".join(word if word in small or word[:1].isupper() else word.capitalize() for word in title.split())


def _lower_form(form: str) -> str:
    """Titles are written with and without capitals, abbreviations only with them."""
    return form if form.isupper() else form.lower()


def load_offices(root: Path, counts: dict[str, int], states: StateTable) -> OfficeTable:
    """Read ``offices.csv`` and ``modifiers.csv``; ``replaces`` makes pattern ids lead to a country's own office."""
    offices: list[Office] = []
    seen: set[str] = set()
    patterns: set[str] = set()
    replaced: dict[str, str] = {}
    columns = ("id", "title", "rank", "forms", "replaces")
    for row in read_table(root / "offices.csv", columns, minimum=counts.get("offices.csv", 1)):
        office = _office(row, states)
        if office.id in seen:
            row.fail(f"the office {office.id} stands in the table twice")
        seen.add(office.id)
        offices.append(office)
        prefix, _, slug = office.id.partition("-")
        if prefix == "*":
            patterns.add(slug)
            continue
        for other in row.get("replaces").split():
            key = f"{prefix}-{other}"
            if key != office.id:
                replaced.setdefault(key, office.id)
    return OfficeTable(tuple(offices), replaced, _load_modifiers(root, counts), states)


def _office(row: Row, states: StateTable) -> Office:
    office_id = row.need("id")
    if not _SLUG.match(office_id):
        row.fail(f"'{office_id}' is not an id like kor-prime-minister or *-prime-minister")
    prefix = office_id.partition("-")[0].upper()
    if prefix != "*" and not states.knows(prefix):
        row.fail(f"'{prefix}' is neither a state of states.csv nor a bloc of blocs.csv")
    return Office(
        id=office_id,
        title=row.need("title"),
        country=None if prefix == "*" else prefix,
        rank=row.need("rank"),
        forms=row.many("forms"),
    )


def _load_modifiers(root: Path, counts: dict[str, int]) -> tuple[tuple[str, str, Modifier], ...]:
    modifiers: list[tuple[str, str, Modifier]] = []
    columns = ("words", "place", "standing", "title", "slug")
    for row in read_table(root / "modifiers.csv", columns, minimum=counts.get("modifiers.csv", 1)):
        if row.need("place") not in ("before", "after"):
            row.fail(f"place is before or after, not '{row.get('place')}'")
        if row.get("standing") not in ("", "former", "acting", "elect", "deputy"):
            row.fail(f"'{row.get('standing')}' is no standing of an office")
        if row.get("standing") == "deputy" and not (row.get("title") and row.get("slug")):
            row.fail("a deputy needs a title and a slug")
        modifier = Modifier(standing=row.get("standing"), title=row.get("title"), slug=row.get("slug"))
        modifiers.append((row.need("words").rstrip("-"), row.get("place"), modifier))
    return tuple(modifiers)
