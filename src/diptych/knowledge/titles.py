"""How texts title offices: "US Defense Secretary", "First Vice Minister of Foreign Affairs of Korea"."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from diptych.knowledge.entries import OfficeHit, StateHit
from diptych.knowledge.matcher import WORD, NameMatcher
from diptych.knowledge.offices import Modifier, OfficeTable
from diptych.records import Office

_OF_COUNTRY = re.compile(r"\s+of\s+(?:the\s+)?(?:Government\s+of\s+(?:the\s+)?)?")
_TO_COUNTRY = re.compile(r"\s+(?:to|in)\s+(?:the\s+)?")
_COUNTRY_GAP = re.compile(r"(?:['’]s?)?[\s-]+\Z")
_LINK = re.compile(r" (?:of|for|on|to) ")
_NEXT_WORD = re.compile(r"(,? and |, | & | of | for | |-)?(?:the )?([A-Z][\w'’-]*)")
_LAST_WORD = re.compile(r"\b([A-Z][\w'’-]*)( and | & |, and |, | )\Z")
_AFTER = re.compile(r"[\s-](\w+)\b")
_JOINED = re.compile(r",? and (?:concurrently )?(?:the )?|, (?:the )?|/")
_TWO_BEFORE = re.compile(r"(?:\b([\w-]+) )?\b(\w+)[ -]+\Z")
#: Ranks whose one-word titles are written without capitals too; "leader" and "representative" are common nouns.
_LOWER_RANKS = frozenset({"head_of_state", "head_of_government", "monarch", "vice_president"})
_SMALL = frozenset({"of", "for", "the", "and", "to", "in", "on", "at"})


class _Scene(msgspec.Struct, frozen=True):
    """A text, where states are named in it, and the country to assume."""

    text: str
    ends: dict[int, StateHit]
    starts: dict[int, StateHit]
    country: str | None


class _Found(msgspec.Struct, frozen=True):
    """A title before it is known whose it is."""

    start: int
    core_start: int
    core_end: int
    end: int
    offices: list[Office]
    modifiers: list[Modifier]
    country: str | None


class Titles:
    """Finds titles in running text and says which office each names."""

    def __init__(self, table: OfficeTable) -> None:
        self._table = table
        self._states = table.states

    @cached_property
    def _matcher(self) -> NameMatcher[Office]:
        return NameMatcher(
            [(_lower_form(form), office) for office in self._table.offices for form in (office.title, *office.forms)]
        )

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
        found: list[_Found] = []
        index = 0
        while index < len(words):
            at = self._matcher.at(text, words, index)
            if at is None or _common_noun(words[index].group(), at[0], at[2]):
                index += 1
                continue
            size, end, offices = at
            found.append(self._around(scene, words[index].start(), end, offices))
            index += size
        return self._resolve(scene, found)

    def _resolve(self, scene: _Scene, found: list[_Found]) -> tuple[OfficeHit, ...]:
        """Say whose each title is: joined titles ("Deputy Prime Minister and Foreign Minister") share a country."""
        countries = [one.country for one in found]
        for left in range(len(found) - 1):
            between = scene.text[found[left].end : found[left + 1].start]
            if _JOINED.fullmatch(between):
                if countries[left + 1] is None:
                    countries[left + 1] = countries[left]
                elif countries[left] is None:
                    countries[left] = countries[left + 1]
        hits: list[OfficeHit] = []
        for one, country in zip(found, countries, strict=True):
            if hits and one.core_start < hits[-1].end:
                continue
            hit = self._hit(scene, one, country)
            if hit is not None:
                hits.append(hit)
        return tuple(hits)

    def _around(self, scene: _Scene, core_start: int, core_end: int, offices: list[Office]) -> _Found:
        start, modifiers, country = self._leftwards(scene, core_start)
        end = core_end
        after = _AFTER.match(scene.text, end)
        if after and after.group(1).lower() in self._table.after:
            modifiers.append(self._table.after[after.group(1).lower()])
            end = after.end()
        if country is None:
            country, end = _rightwards(scene, end, _OF_COUNTRY)
        if country is None:
            # the title itself says whose it is: "Kremlin spokesman", "NATO chief"
            country = next((hit.country for at, hit in scene.starts.items() if core_start <= at < core_end), None)
        return _Found(start, core_start, core_end, end, offices, modifiers, country)

    def _hit(self, scene: _Scene, one: _Found, country: str | None) -> OfficeHit | None:
        office = self._choose(scene.text[one.core_start : one.core_end], one.offices, country, scene.country)
        if office is None:
            return None
        office, start, end = self._open(scene, office, one, country or scene.country)
        for modifier in one.modifiers:
            office = modifier.of(office)
        standing = next((m.standing for m in one.modifiers if m.standing not in ("", "deputy")), None)
        return OfficeHit(
            start=start,
            end=end,
            core_start=one.core_start,
            core_end=one.core_end,
            office=office,
            standing=standing,
        )

    def _leftwards(self, scene: _Scene, start: int) -> tuple[int, list[Modifier], str | None]:
        """Modifiers and country words before a title: where they begin, and what they are, innermost first."""
        modifiers: list[Modifier] = []
        country: str | None = None
        before_title = self._table.before
        while True:
            offset = max(0, start - 40)
            before = _TWO_BEFORE.search(scene.text[offset:start])
            if before is None:
                return start, modifiers, country
            two = f"{before.group(1) or ''} {before.group(2)}".lower()
            if before.group(1) and two in before_title:
                modifiers.append(before_title[two])
                start = offset + before.start(1)
                continue
            if before.group(2).lower() in before_title:
                modifiers.append(before_title[before.group(2).lower()])
                start = offset + before.start(2)
                continue
            gap = _COUNTRY_GAP.search(scene.text[max(0, start - 4) : start])
            place = scene.ends.get(start - len(gap.group())) if gap else None
            if place is None or country is not None:
                return start, modifiers, country
            country, start = place.country, place.start

    def _choose(self, title: str, offices: list[Office], named: str | None, assumed: str | None) -> Office | None:
        """The office meant: the country's own, else the pattern, else the first that bears the title."""
        for code in (named, assumed):
            own = [office for office in offices if office.country == code]
            if code and own:
                return self._worded(_titled(own, title), title)
        code = named or assumed
        general = [office for office in offices if office.country is None]
        if general:
            pattern = general[0]
            office = (self._table.office(f"{code.lower()}{pattern.id[1:]}") if code else None) or pattern
            if office.title != pattern.title:
                return office
            if pattern.id in self._table.as_written:
                return self._worded(office, title, pattern)
            return msgspec.structs.replace(office, title=_minister_of(title, pattern) or pattern.title)
        if " " not in title:
            return None
        if named:
            prefix = named.lower()
            return Office(id=f"{prefix}-{_slug(title)}", title=_title_case(title), country=named, rank="other")
        # without a country only the office's own title speaks for one: "Defense Secretary", but not "Vice Minister"
        alike = next((office for office in offices if _content(office.title) == _content(title)), None)
        if alike is not None:
            return self._worded(alike, title)
        return Office(id=f"*-{_slug(title)}", title=_title_case(title), rank=offices[0].rank)

    def _worded(self, office: Office, title: str, row: Office | None = None) -> Office:
        """The office with its title as the text has it, where the table says so; abbreviations are written out."""
        if (row or office).id not in self._table.as_written or title.endswith(".") or title.isupper():
            return office
        return msgspec.structs.replace(office, title=_title_case(title))

    def _open(self, scene: _Scene, office: Office, one: _Found, country: str | None) -> tuple[Office, int, int]:
        """Titles made freely: "Minister of Tourism", "Tourism Minister", "Special Envoy for Lake Affairs"."""
        slug = office.id.partition("-")[2]
        if office.rank == "ambassador":
            host, host_end = _rightwards(scene, one.end, _TO_COUNTRY)
            if host is None:
                return office, one.start, one.end
            title = f"{office.title} to {self._states.label(host)}"
            new = msgspec.structs.replace(office, id=f"{office.id}-to-{host.lower()}", title=title)
            return new, one.start, host_end
        if slug in ("special-envoy", "nuclear-envoy", "minister"):
            end = self._matter_end(scene.text, one.end)
            if end > one.end:
                title = scene.text[one.core_start : end]
                if slug == "minister":
                    title = re.sub(r"^(\w+) for ", r"\1 of ", title)
                return _made(office, country, title), one.start, end
        if slug == "minister" and one.start == one.core_start:
            start = self._matter_start(scene.text, one.core_start)
            if start < one.core_start:
                matter = scene.text[start : one.core_start].strip()
                start, _, named = self._leftwards(scene, start)
                return _made(office, named or country, f"Minister of {matter}"), start, one.end
        return office, one.start, one.end

    def _matter_end(self, text: str, end: int) -> int:
        """Where the matter after "Minister of" ends: the first word counts, the others if ministries are named so."""
        link = _LINK.match(text, end)
        word = _NEXT_WORD.match(text, link.end()) if link else None
        if word is None or word.group(1):
            return end
        end = word.end()
        while word := _NEXT_WORD.match(text, end):
            if not self._is_matter(word.group(2)):
                # "… and Creative Economy": a word that ministries are not named by, before one that they are
                word = _NEXT_WORD.match(text, word.end()) if word.group(1) != " " else None
                if word is None or word.group(1) != " " or not self._is_matter(word.group(2)):
                    break
            end = word.end()
        return end

    def _matter_start(self, text: str, start: int) -> int:
        """Where the matter before "Minister" begins."""
        first = True
        while (word := _LAST_WORD.search(text, max(0, start - 40), start)) and self._is_matter(word.group(1)):
            if first and word.group(2) != " ":
                break
            first, start = False, word.start()
        return start

    def _is_matter(self, word: str) -> bool:
        return all(part in self._table.portfolio for part in re.split(r"-(?=[A-Z])", word)) or (
            word in self._table.portfolio
        )


def _content(title: str) -> frozenset[str]:
    return frozenset(WORD.findall(title.lower())) - _SMALL


def _titled(offices: list[Office], title: str) -> Office:
    """The office whose standard title this is, else the first."""
    return next((office for office in offices if office.title.lower() == title.lower()), offices[0])


def _minister_of(title: str, pattern: Office) -> str | None:
    """The title turned to "Minister of …" where the office is called so: "Trade and Industry Minister"."""
    words = re.sub(r"^Minister for (?:the )?", "Minister of ", _title_case(title))
    if not words.startswith("Minister of "):
        words = re.sub(r"^(.+) Minister$", r"Minister of \1", words)
    known = {re.sub(r"\bfor\b", "of", form).lower() for form in (pattern.title, *pattern.forms)}
    return words if words.startswith("Minister of ") and words.lower() in known else None


def _common_noun(word: str, size: int, offices: list[Office]) -> bool:
    return size == 1 and word.islower() and offices[0].rank not in _LOWER_RANKS


def _rightwards(scene: _Scene, end: int, link: re.Pattern[str]) -> tuple[str | None, int]:
    """The country that follows a title after "of" or "to", and where it ends."""
    joint = link.match(scene.text, end)
    place = scene.starts.get(joint.end()) if joint else None
    if place is not None and (place.form in ("name", "alias") or link is _TO_COUNTRY):
        return place.country, place.end
    return None, end


def _made(office: Office, country: str | None, title: str) -> Office:
    """An office that no table has, made from its title."""
    prefix = country.lower() if country else "*"
    return Office(id=f"{prefix}-{_slug(title)}", title=_title_case(title), country=country, rank=office.rank)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _title_case(title: str) -> str:
    """Capitals on all but small words."""
    return " ".join(
        word.lower()
        if word.lower() in _SMALL
        else word
        if not word.islower() and not (word.isupper() and len(word) > 4)
        else word.capitalize()
        for word in title.split()
    )


def _lower_form(form: str) -> str:
    """Titles are written with and without capitals, abbreviations only with them."""
    return form if form.isupper() else form.lower()
