"""The terminal views: two columns where there is room, one above the other where there is not."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diptych.records import Comparison, Point, Reading
from diptych.report.drawing import flat, hanging, rendered
from diptych.report.rows import (
    Row,
    RowKind,
    aspects,
    contact_facts,
    contact_title,
    explain,
    heading,
    person_line,
    rows,
    side_facts,
)

#: From this width on, the two accounts stand in two columns.
TWO_COLUMNS = 100

STYLES: dict[RowKind, str] = {
    "conflict": "bold red",
    "differs": "yellow",
    "same": "green",
    "only_a": "cyan",
    "only_b": "magenta",
    "undecided": "dim",
}


def comparison_terminal(comparison: Comparison, width: int = 80, color: bool = False) -> str:
    """The comparison as text for a terminal of ``width`` columns, with colours where ``color`` is true."""
    groups = rows(comparison)
    parts: list[RenderableType] = [
        Text(contact_title(comparison.contact), style="bold"),
        *(Text(f"{name}: {value}") for name, value in contact_facts(comparison.contact)),
    ]
    if comparison.contact:
        parts += [Text(f"  {person_line(person)}") for person in comparison.contact.participants]
    parts += [
        hanging("A: ", f"{comparison.a.label}, {side_facts(comparison.a)}", STYLES["only_a"]),
        hanging("B: ", f"{comparison.b.label}, {side_facts(comparison.b)}", STYLES["only_b"]),
        Text(),
    ]
    parts += [hanging("! ", warning, "bold yellow") for warning in comparison.warnings]
    if comparison.key_differences:
        parts.append(Text("Key differences", style="bold"))
        parts += [
            hanging(f"{number}. ", difference.say) for number, difference in enumerate(comparison.key_differences, 1)
        ]
        parts.append(Text())
    for kind, group in groups.items():
        if group:
            parts += [
                Text(f"{heading(kind, comparison)} ({len(group)})", style=STYLES[kind]),
                Text(explain(kind, comparison), style="dim"),
                *(_row(row, width) for row in group),
                Text(),
            ]
    counts = ", ".join(f"{len(group)} {kind.replace('_', ' ')}" for kind, group in groups.items())
    parts.append(Text(f"{len(comparison.points)} points: {counts} (rows)", style="dim"))
    return rendered(Group(*parts), width, color)


def reading_terminal(reading: Reading, width: int = 80, color: bool = False) -> str:
    """What was read out of one document: its facts, contacts, statements, and what is contested."""
    document = reading.document
    parts: list[RenderableType] = [Text(document.title or "(no title)", style="bold")]
    parts += [
        Text(f"{name}: {value}", style="dim")
        for name, value in (
            ("Publisher", document.publisher),
            ("By", ", ".join(document.byline)),
            ("Published", document.published),
            ("Updated", document.updated),
            ("Language", document.language),
            ("Kind", document.kind.replace("_", " ")),
            ("Words", len(document.text.split())),
        )
        if value
    ]
    if reading.contacts:
        parts += [Text(), Text(f"Contacts ({len(reading.contacts)})", style="bold")]
        for contact in reading.contacts:
            facts = [
                contact.status,
                contact.kind.replace("_", " "),
                contact.date or "day not given",
                contact.place,
            ]
            people = "; ".join(person_line(person) for person in contact.participants)
            parts.append(hanging("- ", f"{', '.join(f for f in facts if f)}: {people}"))
            parts.append(Padding(Text(f"“{flat(contact.quote)}”", style="dim"), (0, 0, 0, 2)))
    if reading.statements:
        parts += [Text(), Text(f"Statements ({len(reading.statements)})", style="bold")]
        depth: dict[str, int] = {}
        for statement in reading.statements:
            depth[statement.id] = depth.get(statement.parent, 0) + 1 if statement.parent else 0
            who = statement.source_entity or statement.source or "(no source)"
            mark = "absence" if statement.absence else "not " * statement.negated + statement.act
            line = f"{who} · {statement.cue} · [{mark}] {flat(statement.content.quote)}"
            parts.append(Padding(hanging("- ", line), (0, 0, 0, 2 * depth[statement.id])))
    if reading.accounts:
        parts += [Text(), Text(f"Accounts ({len(reading.accounts)})", style="bold")]
        for account in reading.accounts:
            via = f" as reported by {account.via}" if account.via else ""
            parts.append(hanging("- ", f"{account.side}{via}: {len(account.statements)} statements"))
    if reading.contested:
        parts += [Text(), Text(f"Contested ({len(reading.contested)})", style="bold red")]
        parts += [
            hanging("- ", f"{claim.claim}: asserted by {claim.asserted_by}, denied by {claim.denied_by}")
            for claim in reading.contested
        ]
    return rendered(Group(*parts), width, color)


def _row(row: Row, width: int) -> RenderableType:
    style = STYLES[row.kind]
    cells: dict[str, RenderableType | None] = {
        side: Text("\n").join(_point(p, style) for p in points) if points else None
        for side, points in (("A", row.a), ("B", row.b))
    }
    remark = _remark(row)
    empty = Text(_nearest(row), style="dim")
    if width < TWO_COLUMNS:
        stacked = Table.grid(padding=(0, 1))
        stacked.add_column(width=1, style=style)
        stacked.add_column()
        for side, cell in cells.items():
            stacked.add_row(side, cell if cell is not None else empty)
        if remark:
            stacked.add_row("", remark)
        return Padding(stacked, (0, 0, 1, 1))
    beside = Table.grid(padding=(0, 2), expand=True)
    beside.add_column(ratio=1)
    beside.add_column(ratio=1)
    beside.add_row(*(cell if cell is not None else empty for cell in cells.values()))
    if remark:
        beside.add_row(remark, "")
    return Padding(beside, (0, 0, 1, 1))


def _point(point: Point, style: str) -> Text:
    return Text.assemble((f"{point.id} ", style), flat(point.quote), (f"  [{point.act}]", "dim"))


def _remark(row: Row) -> Text | None:
    if row.relation is None:
        return None
    words = aspects(row.relation)
    sure = f"confidence {row.relation.confidence:.2f}"
    return Text(f"{words} · {sure}" if words else sure, style="dim italic")


def _nearest(row: Row) -> str:
    if row.nearest is None:
        return "— no passage near it"
    return f"— nearest ({row.nearest.similarity:.2f}): {flat(row.nearest.quote)}"
