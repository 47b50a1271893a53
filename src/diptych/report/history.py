"""The versions of a page as a person or a program reads them (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from diptych.records import Change
from diptych.report.contract import encoded
from diptych.report.drawing import flat, hanging, rendered

__all__ = ["HISTORY_SCHEMA", "history_json", "history_terminal"]

HISTORY_SCHEMA = "diptych.history/1"


class State(Protocol):
    """What stood at an address, and when it was first and last fetched there."""

    @property
    def uri(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def published(self) -> dt.date | None: ...
    @property
    def fetched_at(self) -> dt.datetime: ...
    @property
    def last_fetched_at(self) -> dt.datetime: ...


class Revision(Protocol):
    """A state, and what changed since the one before."""

    @property
    def version(self) -> State: ...
    @property
    def first(self) -> bool: ...
    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def redated(self) -> tuple[dt.date | None, dt.date | None] | None: ...
    @property
    def retitled(self) -> tuple[str | None, str | None] | None: ...


def history_json(revisions: Sequence[Revision]) -> bytes:
    """The versions by address and time, as one JSON object (schema ``diptych.history/1``)."""
    return encoded(
        {
            "schema": HISTORY_SCHEMA,
            "versions": [
                {
                    "uri": one.version.uri,
                    "document": one.version.document,
                    "title": one.version.title,
                    "published": msgspec.to_builtins(one.version.published),
                    "fetched_at": one.version.fetched_at.isoformat(),
                    "last_fetched_at": one.version.last_fetched_at.isoformat(),
                    "redated": msgspec.to_builtins(one.redated),
                    "retitled": msgspec.to_builtins(one.retitled),
                    "changes": msgspec.to_builtins(one.changes),
                }
                for one in revisions
            ],
        }
    )


def history_terminal(
    revisions: Sequence[Revision], width: int = 80, color: bool = False, *, everything: bool = False
) -> str:
    """The versions as text: of each what changed in substance, and trivial edits as a count unless ``everything``."""
    parts: list[RenderableType] = []
    for one in revisions:
        version = one.version
        if one.first:
            parts += [Text(), Text(version.uri, style="bold")] if parts else [Text(version.uri, style="bold")]
        fetched = f"fetched {version.fetched_at:%Y-%m-%d %H:%M} UTC"
        if version.last_fetched_at > version.fetched_at:
            fetched += f", last {version.last_fetched_at:%Y-%m-%d %H:%M}"
        dated = f"dated {version.published}" if version.published else "undated"
        parts.append(hanging("- ", f"{fetched}, {dated}: {version.document}"))
        parts += [hanging("    ", line) for line in _told(one, everything)]
    return rendered(Group(*parts), width, color)


def _told(one: Revision, everything: bool) -> list[str]:
    if one.first:
        return []
    lines = []
    if one.redated:
        before, after = (str(day) if day else "no day" for day in one.redated)
        lines.append(f"re-dated by its publisher: {before} → {after}")
    if one.retitled:
        before, after = (f"“{title}”" if title else "no title" for title in one.retitled)
        lines.append(f"title: {before} → {after}")
    substance = [change for change in one.changes if change.substance]
    trivial = len(one.changes) - len(substance)
    for change in one.changes if everything else substance:
        before, after = flat(change.before), flat(change.after)
        what = f"“{before}” → “{after}”" if before and after else f"“{before or after}”"
        lines.append(f"{change.substance or 'trivial'}: {what}")
    if trivial and not everything:
        lines.append(f"{trivial} trivial edit{'s' * (trivial > 1)} (--all shows them)")
    return lines or ["nothing in the text changed"]
