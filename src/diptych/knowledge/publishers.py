"""Who publishes under which domain and name, read from ``data/publishers.csv``."""

from __future__ import annotations

import csv
import functools
import io
import re
from dataclasses import dataclass
from importlib import resources
from urllib.parse import urlsplit

from diptych.errors import KnowledgeError

__all__ = ["Publisher", "Publishers", "load_publishers", "parse_publishers"]

FILE = "publishers.csv"
_HEADER = ["domain", "name", "country", "aliases", "source"]
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_ISO3 = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Publisher:
    """Who publishes: ``country`` (ISO 3166 alpha-3) only where it speaks for a government.

    ``known`` tells whether the table has it; a name that only a page gives is not known. ``official`` tells that an
    institution of a government publishes, also where nothing says of which. A state that the tables do not have is
    written as the page writes it.
    """

    name: str
    country: str | None
    known: bool = False
    official: bool = False


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


@dataclass(frozen=True)
class Publishers:
    """The table of publishers, found by domain and by name."""

    by_domain: dict[str, Publisher]
    by_name: dict[str, Publisher]

    def of_host(self, host: str | None) -> Publisher | None:
        """Return who publishes under ``host`` or the nearest parent domain that the table has."""
        labels = (host or "").casefold().rstrip(".").split(".")
        for start in range(len(labels) - 1):
            found = self.by_domain.get(".".join(labels[start:]))
            if found is not None:
                return found
        return None

    def of_address(self, uri: str) -> Publisher | None:
        """Return who publishes at a web address; None for a file or an address that the table does not know."""
        if not uri.casefold().startswith(("http://", "https://")):
            return None
        try:
            return self.of_host(urlsplit(uri).hostname)
        except ValueError:
            return None

    def named(self, name: str) -> Publisher | None:
        """Return the publisher whose name or alias is exactly ``name`` (case does not count)."""
        return self.by_name.get(_key(name))

    def inside(self, line: str) -> Publisher | None:
        """Return the publisher whose name of at least two words stands in ``line``; None if several do."""
        key = " ".join(_key(line).split())
        hits = {
            publisher
            for name, publisher in self.by_name.items()
            if " " in name and name in key and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", key)
        }
        return hits.pop() if len(hits) == 1 else None


def _wrong(file: str, line: int, what: str) -> KnowledgeError:
    return KnowledgeError(f"{file}, line {line}: {what}", "Mend the row; docs/knowledge describes the file")


def parse_publishers(text: str, file: str = FILE) -> Publishers:
    """Read and check the CSV ``text``; ``file`` is the name used in messages.

    Raises :class:`~diptych.errors.KnowledgeError` that names file and line for a wrong header, a row with too few
    or too many cells, a domain that is none or stands twice, an empty name, a country that is no ISO 3166 alpha-3
    code, a name given to two publishers, or a missing source.
    """
    rows = csv.reader(io.StringIO(text))
    by_domain: dict[str, Publisher] = {}
    by_name: dict[str, Publisher] = {}
    if next(rows, None) != _HEADER:
        raise _wrong(file, 1, f"the header must be {','.join(_HEADER)}")
    for row in rows:
        line = rows.line_num
        if len(row) != len(_HEADER):
            raise _wrong(file, line, f"{len(_HEADER)} cells expected, {len(row)} found")
        domain, name, country, aliases, source = (cell.strip() for cell in row)
        if not _DOMAIN.fullmatch(domain):
            raise _wrong(file, line, f"{domain!r} is no domain in lower case")
        if domain in by_domain:
            raise _wrong(file, line, f"the domain {domain!r} stands twice")
        if not name or not source:
            raise _wrong(file, line, "name and source must not be empty")
        if country and not _ISO3.fullmatch(country):
            raise _wrong(file, line, f"{country!r} is no ISO 3166 alpha-3 code")
        publisher = Publisher(name, country or None, known=True, official=bool(country))
        by_domain[domain] = publisher
        for form in (name, *filter(None, (alias.strip() for alias in aliases.split("|")))):
            if by_name.setdefault(_key(form), publisher).name != name:
                raise _wrong(file, line, f"{form!r} already names {by_name[_key(form)].name!r}")
    return Publishers(by_domain, by_name)


@functools.cache
def load_publishers() -> Publishers:
    """Return the publishers that come with diptych, read and checked once."""
    path = resources.files("diptych.knowledge") / "data" / FILE
    return parse_publishers(path.read_text(encoding="utf-8"))
