"""What was refused before, taken up again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from diptych.read import expand, is_outside
from diptych.records import RawDocument

if TYPE_CHECKING:
    from diptych.read import Item
    from diptych.store import Refusal

__all__ = ["refused_again"]


def refused_again(refusals: Iterable[Refusal], columns: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Yield the items of ``refusals`` as they are now.

    A page of a feed is fetched by itself. What stands inside a file (a row, a member of an archive) is found by going
    through the file again, leaving out whatever was not refused. Servers are asked as they were before: what a feed
    named only where robots.txt allows it, and not in the own network where the feed is from outside.
    """
    wanted: dict[str, set[str]] = {}
    by_person: set[str] = set()
    outside: set[str] = set()
    for refusal in refusals:
        around = _around(refusal)
        wanted.setdefault(around, set()).add(refusal.uri)
        if refusal.source in (around, refusal.uri):
            by_person.add(around)
        elif is_outside(refusal.source):
            outside.add(around)
    for source, uris in sorted(wanted.items()):
        person = source in by_person
        for item in expand([source], columns=columns, by_person=person, outside=source in outside and not person):
            if source in uris or item.uri in uris:
                yield item
            elif _is_address(source) and source in (item.uri, getattr(item, "asked", None)):
                yield from _parts(item, uris)


def _parts(item: Item, uris: set[str]) -> Iterator[Item]:
    """A page, or why it cannot be had, under each of the addresses with a place in it (``page#place``)."""
    for uri in sorted(uris):
        if isinstance(item, RawDocument):
            yield msgspec.structs.replace(item, uri=uri)
        else:
            yield dataclasses.replace(item, uri=uri)


def _around(refusal: Refusal) -> str:
    """What is to be opened for a refused input: itself, or the file that it stands in."""
    if not _is_address(refusal.source) and refusal.source != refusal.uri and Path(refusal.source).exists():
        return refusal.source
    outer, inside, _ = refusal.uri.partition("#")
    while inside and not _is_address(refusal.uri) and not Path(outer).exists():
        more, inside, _ = refusal.uri[len(outer) + 1 :].partition("#")
        outer += f"#{more}"
    return outer if inside else refusal.uri


def _is_address(source: str) -> bool:
    return source.casefold().startswith(("http://", "https://"))
