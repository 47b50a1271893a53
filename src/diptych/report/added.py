"""What adding documents to an archive did, in words and for programs (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from diptych.report.contract import encoded

__all__ = ["ADDED_SCHEMA", "summary_json", "summary_terminal"]

ADDED_SCHEMA = "diptych.added/1"


class Refused(Protocol):
    """An input that was refused, why, and what can be done."""

    @property
    def uri(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class Added(Protocol):
    """What adding did; times in seconds."""

    @property
    def added(self) -> int: ...
    @property
    def unread(self) -> int: ...
    @property
    def known(self) -> int: ...
    @property
    def skipped(self) -> int: ...
    @property
    def refused_by(self) -> Mapping[str, int]: ...
    @property
    def refused(self) -> Sequence[Refused]: ...
    @property
    def contacts(self) -> int: ...
    @property
    def seconds(self) -> float: ...
    @property
    def warnings(self) -> Sequence[str]: ...


def summary_json(summary: Added) -> bytes:
    """The summary as one JSON object (schema ``diptych.added/1``); ``refused`` names the first refusals only."""
    return encoded(
        {
            "schema": ADDED_SCHEMA,
            "added": summary.added,
            "unread_language": summary.unread,
            "known": summary.known,
            "skipped": summary.skipped,
            "refused": sum(summary.refused_by.values()),
            "refused_by": dict(summary.refused_by),
            "refusals": [{"uri": one.uri, "reason": one.reason, "remedy": one.remedy} for one in summary.refused],
            "contacts": summary.contacts,
            "seconds": round(summary.seconds, 3),
            "documents_per_second": round(_rate(summary), 2),
            "warnings": list(summary.warnings),
        }
    )


def summary_terminal(summary: Added, archive: str) -> str:
    """The summary as lines for a person."""
    refused = sum(summary.refused_by.values())
    lines = [f"Added {_documents(summary.added)} to {archive} in {_time(summary.seconds)}"]
    if summary.added:
        lines[0] += f" ({_rate(summary):.1f} documents/s)"
    if summary.unread:
        lines.append(f"  of them in a language that is not read yet, so found by their words only: {summary.unread:,}")
    if summary.known:
        lines.append(f"Known already: {summary.known:,}")
    if summary.skipped:
        lines.append(f"Left out (hidden, or seen before): {summary.skipped:,}")
    lines.append(f"Contacts in the archive: {summary.contacts:,}")
    lines += [f"Warning: {warning}." for warning in summary.warnings]
    if refused:
        lines.append(f"Refused: {refused:,} (take them up again with --retry)")
        lines += [f"  {count:,}: {_uncapitalised(reason)}" for reason, count in summary.refused_by.items()]
        lines += [f"  - {_told(one)}" for one in summary.refused]
        if refused > len(summary.refused):
            lines.append(f"  and {refused - len(summary.refused):,} more")
    return "\n".join(lines) + "\n"


def _told(one: Refused) -> str:
    reason = one.reason if one.uri in one.reason else f"{one.uri}: {one.reason}"
    return f"{reason}. {one.remedy}."


def _rate(summary: Added) -> float:
    return summary.added / summary.seconds if summary.seconds > 0 else 0.0


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s"


def _uncapitalised(reason: str) -> str:
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason
