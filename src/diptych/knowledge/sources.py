"""Official publishers that diptych follows: one file each under ``data/sources``.

A file says who publishes under which addresses, in which languages, where new texts are announced, how title, day and
body are found on a page where the general extraction errs, and what counts are normal, so that a redesigned page or a
feed that fell silent is noticed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib import resources
from urllib.parse import urlsplit

import msgspec

from diptych.errors import KnowledgeError
from diptych.records import Record

__all__ = ["Normal", "PageRules", "Source", "Sources", "load_sources", "parse_source"]

#: A host, and where several publishers share a portal, the path under which this one publishes.
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./-]*\w)?")
_ISO3 = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[a-z]{2}")


class PageRules(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where title, day and body stand on a publisher's page, as CSS selectors; of several the first that is there.

    ``drop`` names what inside the body is no text of the publication. ``day_first`` tells how a day in figures alone
    (04/03/2031) is meant; None: such a day is not read. Where a selector finds nothing, the general
    extraction goes on as for any page.
    """

    title: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    day_first: bool | None = None


class Normal(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is normal for a publisher, least and most: words of a document, documents of a week."""

    words: tuple[int, int]
    week: tuple[int, int]


class Source(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An official publisher: ``country`` is ISO 3166 alpha-3, None for an organisation of states.

    ``feeds`` are addresses of RSS or Atom feeds and sitemaps; ``lists`` of pages that only list what is new, for
    people. ``source`` and ``checked`` say where this is from and when it was written down.
    """

    id: str
    publisher: str
    country: str | None
    institution: str | None
    domains: tuple[str, ...]
    languages: tuple[str, ...]
    feeds: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    page: PageRules = PageRules()
    normal: Normal
    source: str
    checked: str
    note: str | None = None

    def unusual_words(self, words: int) -> str | None:
        """Say what is unusual about a document of so many words; None where nothing is."""
        return _outside(words, self.normal.words, f"a text of {self.publisher}", "words")

    def unusual_week(self, documents: int) -> str | None:
        """Say what is unusual about so many documents in a week; None where nothing is."""
        return _outside(documents, self.normal.week, f"a week of {self.publisher}", "documents")


class Sources(Record, frozen=True, kw_only=True):
    """All official publishers that are followed, in the order of their ids."""

    all: tuple[Source, ...]

    def of_address(self, uri: str) -> Source | None:
        """Return who publishes at a web address: the source with the nearest domain, and the longest path in it."""
        if not uri.casefold().startswith(("http://", "https://")):
            return None
        try:
            parts = urlsplit(uri)
        except ValueError:
            return None
        labels = (parts.hostname or "").rstrip(".").split(".")
        path = [step for step in parts.path.split("/") if step]
        for start in range(len(labels) - 1):
            host = ".".join(labels[start:])
            for end in range(len(path), -1, -1):
                found = self._of_domain("/".join((host, *path[:end])))
                if found is not None:
                    return found
        return None

    def of_host(self, host: str | None) -> Source | None:
        """Return who publishes under ``host`` or its nearest parent domain."""
        return self.of_address(f"https://{host}/") if host else None

    def _of_domain(self, domain: str) -> Source | None:
        return next((source for source in self.all if domain in source.domains), None)

    def of_publisher(self, name: str | None, country: str | None = None) -> Source | None:
        """Return the source whose publisher has exactly this name (and country, where given)."""
        return next(
            (s for s in self.all if s.publisher == name and (country is None or s.country in (None, country))), None
        )


def parse_source(text: str, file: str) -> Source:
    """Read and check one file; raises :class:`~diptych.errors.KnowledgeError` that names the file and what is wrong."""
    import yaml

    try:
        value = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(file, f"it is not YAML ({error})", mark.line + 1 if mark else None) from error
    if not isinstance(value, Mapping):
        raise _wrong(file, "it must hold one mapping")
    try:
        source = msgspec.convert({**value, "checked": str(value.get("checked", ""))}, Source)
    except msgspec.ValidationError as error:
        raise _wrong(file, str(error), _line_of(text, str(error))) from error
    _check(source, file, text)
    return source


@functools.cache
def load_sources() -> Sources:
    """Return the publishers that come with diptych, read and checked once."""
    folder = resources.files("diptych.knowledge") / "data" / "sources"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda e: e.name)
    found = tuple(parse_source(entry.read_text("utf-8"), f"sources/{entry.name}") for entry in files)
    seen: dict[str, str] = {}
    for source in found:
        for domain in source.domains:
            if domain in seen:
                raise _wrong(f"sources/{source.id}.yaml", f"the domain {domain!r} stands in {seen[domain]} too")
            seen[domain] = source.id
    return Sources(all=found)


def _check(source: Source, file: str, text: str) -> None:
    if file.rsplit("/", 1)[-1] != f"{source.id}.yaml":
        raise _wrong(file, f"id {source.id!r} must be the name of the file", _line_of(text, "id"))
    if source.country is not None and not _ISO3.fullmatch(source.country):
        raise _wrong(file, f"{source.country!r} is no ISO 3166 alpha-3 code", _line_of(text, "country"))
    if not source.domains or not all(_DOMAIN.fullmatch(domain) for domain in source.domains):
        raise _wrong(
            file,
            "domains must be host names in lower case, with a path where a portal is shared",
            _line_of(text, "domains"),
        )
    if not source.languages or not all(_LANGUAGE.fullmatch(language) for language in source.languages):
        raise _wrong(file, "languages must be two-letter codes", _line_of(text, "languages"))
    if not all(address.startswith(("http://", "https://")) for address in (*source.feeds, *source.lists)):
        raise _wrong(file, "feeds and lists must be http or https addresses", _line_of(text, "feeds"))
    for name, (least, most) in (("words", source.normal.words), ("week", source.normal.week)):
        if not 0 <= least <= most:
            raise _wrong(file, f"normal {name}: the least must not be over the most", _line_of(text, name))
    if not source.source.startswith(("http://", "https://")) or not re.fullmatch(r"\d{4}-\d\d-\d\d", source.checked):
        raise _wrong(file, "source must be an address and checked a day", _line_of(text, "source"))
    _check_selectors(source, file, text)


def _check_selectors(source: Source, file: str, text: str) -> None:
    import cssselect

    for selector in (*source.page.title, *source.page.day, *source.page.body, *source.page.drop):
        try:
            cssselect.parse(selector)
        except cssselect.SelectorError as error:
            raise _wrong(file, f"{selector!r} is no CSS selector ({error})", _line_of(text, selector)) from error


def _line_of(text: str, words: str) -> int | None:
    """Find the line that a message is about, by the field that it names."""
    name = match[1] if (match := re.search(r"`\$?\.?(\w+)", words)) else words
    lines = (number for number, line in enumerate(text.splitlines(), 1) if name in line)
    return next(lines, None)


def _wrong(file: str, what: str, line: int | None = None) -> KnowledgeError:
    where = f"{file}, line {line}" if line else file
    return KnowledgeError(f"{where}: {what}", "Mend the file; src/diptych/knowledge/data/README.md describes it")


def _outside(count: int, normal: tuple[int, int], what: str, unit: str) -> str | None:
    least, most = normal
    if least <= count <= most:
        return None
    return f"{count:,} {unit} in {what}, normally {least:,} to {most:,}"
