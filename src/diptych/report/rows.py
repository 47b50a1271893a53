"""The comparison as rows: one shape that every view is drawn from, so that no view tells another story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diptych.records import Comparison, Contact, Nearest, Participant, Point, Relation, Side

RowKind = Literal["conflict", "differs", "same", "only_a", "only_b", "undecided"]
ORDER: tuple[RowKind, ...] = ("conflict", "differs", "only_a", "only_b", "undecided", "same")


@dataclass(frozen=True)
class Row:
    """What one side tells beside what the other tells of the same item; one side may be empty.

    ``nearest`` is set on rows with one side only: the passage of the other text that comes nearest.
    """

    kind: RowKind
    a: tuple[Point, ...]
    b: tuple[Point, ...]
    relation: Relation | None = None
    nearest: Nearest | None = None

    @property
    def first(self) -> tuple[int, int]:
        """Where the row stands: by A's text, and by B's where A is silent."""
        if self.a:
            return (0, min(p.start for p in self.a))
        return (1, min(p.start for p in self.b))


def rows(comparison: Comparison) -> dict[RowKind, tuple[Row, ...]]:
    """All rows, by kind in the order in which a reader wants them, each kind in the order of the texts."""
    found: dict[RowKind, list[Row]] = {kind: [] for kind in ORDER}
    for row in _every_row(comparison):
        found[row.kind].append(row)
    return {kind: tuple(sorted(group, key=lambda row: row.first)) for kind, group in found.items()}


def _every_row(comparison: Comparison) -> Iterator[Row]:
    points = {point.id: point for point in comparison.points}
    for relation in comparison.relations:
        a = tuple(sorted((points[i] for i in relation.a), key=lambda p: p.start))
        b = tuple(sorted((points[i] for i in relation.b), key=lambda p: p.start))
        yield Row(relation.kind, a, b, relation=relation)
    alone: tuple[tuple[RowKind, tuple[str, ...]], ...] = (
        ("only_a", comparison.only_a),
        ("only_b", comparison.only_b),
        ("undecided", comparison.undecided),
    )
    for kind, ids in alone:
        for point in (points[i] for i in ids):
            a, b = ((point,), ()) if point.side == "a" else ((), (point,))
            yield Row(kind, a, b, nearest=comparison.nearest.get(point.id))


def heading(kind: RowKind, comparison: Comparison) -> str:
    """The heading of a group of rows, in the words of the two sides' labels."""
    names: dict[RowKind, str] = {
        "conflict": "The accounts conflict",
        "differs": "Both tell it, differently",
        "same": "Both tell it",
        "only_a": f"Only in A: {comparison.a.label}",
        "only_b": f"Only in B: {comparison.b.label}",
        "undecided": "Undecided: read these yourself",
    }
    return names[kind]


def explain(kind: RowKind, comparison: Comparison) -> str:
    """One sentence on what a group of rows means and does not mean."""
    names: dict[RowKind, str] = {
        "conflict": "Both cannot be true as told, or one side denies what the other asserts.",
        "differs": "Recognisably the same item, but a reader of one text alone would learn something different.",
        "same": "The same substance, in whatever words.",
        "only_a": f"Not mentioned in B’s text ({comparison.b.label}). The nearest passage there is shown.",
        "only_b": f"Not mentioned in A’s text ({comparison.a.label}). The nearest passage there is shown.",
        "undecided": "The evidence is too weak to say whether the other text mentions this.",
    }
    return names[kind]


def contact_title(contact: Contact | None) -> str:
    """Who met whom: the principals by side, or a plain heading where the texts do not name them."""
    if contact is None or not contact.participants:
        return "Two accounts"
    sides: dict[str, list[str]] = {}
    for person in contact.participants:
        name = person.name or person.office or person.country
        if name:
            sides.setdefault(person.side or person.country or name, []).append(name)
    return " – ".join(", ".join(dict.fromkeys(names)) for names in sides.values()) or "Two accounts"


def contact_facts(contact: Contact | None) -> tuple[tuple[str, str], ...]:
    """When, where, in what form, at whose request: only what the texts give."""
    if contact is None:
        return ()
    facts = (
        ("Form", _form(contact)),
        ("Day", contact.date or "not given in the texts"),
        ("Place", contact.place),
        ("Length", contact.duration),
        ("Requested by", contact.requested_by),
        ("Status", None if contact.status == "held" else contact.status),
    )
    return tuple((name, value) for name, value in facts if value)


def person_line(person: Participant) -> str:
    """A participant as ``Name, office, country``; a clash with the table of office-holders is told."""
    parts = [part for part in (person.name, person.office, person.country) if part]
    line = ", ".join(parts)
    return f"{line} (listed as {person.office_conflict} on that day)" if person.office_conflict else line


def side_facts(side: Side) -> str:
    """Title, day of publication and, for an account told by another, by whom."""
    document = side.document
    parts = [
        f"“{document.title}”" if document.title else None,
        f"published {document.published.isoformat()}" if document.published else "day of publication unknown",
        f"as reported by {side.via}" if side.via else None,
    ]
    return ", ".join(part for part in parts if part)


def aspects(relation: Relation) -> str:
    """The ways in which a relation's sides differ, with the words: ``strength (agreed / discussed)``."""
    shown = []
    for words in relation.aspects:
        both = f" ({words.a or '—'} / {words.b or '—'})" if words.a or words.b else ""
        shown.append(f"{words.aspect}{both}")
    return "; ".join(shown)


def _form(contact: Contact) -> str:
    name = contact.kind.replace("_", " ")
    return f"{name}, {contact.format}" if contact.format else name
