"""Gathered contacts as a person or a program reads them: a table, one in full, JSON, CSV (pure)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from diptych.records import GatheredContact, HeldAccount, Participant
from diptych.report.contract import encoded
from diptych.report.drawing import hanging, rendered
from diptych.report.rows import person_line
from diptych.report.tables import no_formula

__all__ = [
    "CONTACTS_SCHEMA",
    "contact_json",
    "contact_terminal",
    "contacts_csv",
    "contacts_json",
    "contacts_terminal",
]

CONTACTS_SCHEMA = "diptych.contacts/1"
CONTACT_SCHEMA = "diptych.contact/1"
#: Characters of an id that are shown in a table; a unique beginning is enough for every command.
SHORT_ID = 8
#: From this width on, a table of contacts shows places and publishers too.
WIDE = 110

CSV_COLUMNS = (
    "id",
    "kind",
    "status",
    "date",
    "precision",
    "place",
    "participants",
    "account_side",
    "account_publisher",
    "account_document",
    "account_uri",
    "account_published",
    "account_via",
)


def contacts_json(contacts: Iterable[GatheredContact]) -> bytes:
    """The contacts as one JSON object (schema ``diptych.contacts/1``), UTF-8, indented, with a final newline."""
    return encoded({"schema": CONTACTS_SCHEMA, "contacts": [contact_object(contact) for contact in contacts]})


def contact_json(contact: GatheredContact) -> bytes:
    """One contact with all that is kept of it, as one JSON object (schema ``diptych.contact/1``)."""
    return encoded({"schema": CONTACT_SCHEMA, "contact": msgspec.to_builtins(contact)})


def contact_object(contact: GatheredContact) -> dict[str, Any]:
    """The contact as plain values, in the order of the contract; ``because`` and ``silent`` come after it."""
    return {
        "id": contact.id,
        "kind": contact.kind,
        "status": contact.status,
        "date": contact.date,
        "precision": contact.precision,
        "place": contact.place,
        "participants": [
            {"name": person.name, "office": person.office, "country": person.country, "side": person.side}
            for person in contact.participants
        ],
        "accounts": [
            {
                "side": account.side,
                "publisher": account.publisher,
                "document": account.document,
                "uri": account.uri,
                "published": msgspec.to_builtins(account.published),
                "via": account.via,
                "language": account.language,
                "title": account.title,
                "lead": account.lead,
                "telling": account.telling,
            }
            for account in contact.accounts
        ],
        "because": list(contact.because),
        "silent": list(contact.silent),
    }


def contacts_csv(contacts: Iterable[GatheredContact]) -> str:
    """One line an account, columns as in :data:`CSV_COLUMNS`; line ends are CRLF as RFC 4180 wants."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for contact in contacts:
        own = (
            contact.id,
            contact.kind,
            contact.status,
            contact.date or "",
            contact.precision,
            no_formula(contact.place or ""),
            no_formula("; ".join(person_line(person) for person in contact.participants)),
        )
        for account in contact.accounts:
            writer.writerow(
                (
                    *own,
                    account.side or "",
                    no_formula(account.publisher or ""),
                    account.document,
                    account.uri,
                    account.published.isoformat() if account.published else "",
                    no_formula(account.via or ""),
                )
            )
    return out.getvalue()


def contacts_terminal(
    contacts: Sequence[GatheredContact], width: int = 80, color: bool = False, *, more: bool = False
) -> str:
    """A table of contacts, a row each; ``more`` says that the list was cut."""
    if not contacts:
        return "No contact in the archive answers to that.\n"
    wide = width >= WIDE
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    table.add_column("Id", no_wrap=True, style="dim")
    table.add_column("Day", no_wrap=True)
    table.add_column("Form", no_wrap=True)
    table.add_column("Between", ratio=3)
    if wide:
        table.add_column("Place", ratio=1)
    table.add_column("Accounts", ratio=2)
    for contact in contacts:
        form = contact.kind.replace("_", " ")
        cells: list[RenderableType] = [
            short(contact.id),
            contact.date or "—",
            form if contact.status == "held" else f"{form}, {contact.status}",
            between(contact.participants),
        ]
        if wide:
            cells.append(contact.place or "")
        table.add_row(*cells, accounts_in_short(contact))
    last = "and more: narrow it down, or ask for more with --limit" if more else ""
    count = f"{len(contacts):,} contact{'' if len(contacts) == 1 else 's'}"
    return rendered(Group(table, Text(), Text(f"{count} {last}".strip(), style="dim")), width, color)


def contact_terminal(contact: GatheredContact, width: int = 80, color: bool = False) -> str:
    """One contact: who, when, where; whose accounts there are, and why they were joined."""
    form = contact.kind.replace("_", " ")
    facts = (
        ("Id", contact.id),
        ("Form", form),
        ("Status", contact.status),
        ("Day", contact.date or "not given in the texts"),
        ("Place", contact.place),
    )
    parts: list[RenderableType] = [Text(between(contact.participants), style="bold")]
    parts += [Text(f"{name}: {value}") for name, value in facts if value]
    parts += [Text(f"  {person_line(person)}") for person in contact.participants]
    parts += [Text(), Text(f"Accounts ({len(contact.accounts)})", style="bold")]
    for account in contact.accounts:
        parts.append(hanging("- ", account_line(account)))
        parts.append(hanging("  ", f"{account.document}  {account.uri}", "dim"))
        parts.append(hanging("  ", f"telling {account.telling}", "dim"))
    parts += [hanging("! ", f"{side}: no account of its own published that we know of") for side in contact.silent]
    if contact.because:
        parts += [Text(), Text("Why these are one contact", style="bold")]
        parts += [hanging("- ", reason) for reason in contact.because]
    return rendered(Group(*parts), width, color)


def short(identifier: str) -> str:
    """The beginning of an id that a table shows: without its prefix, :data:`SHORT_ID` characters."""
    return identifier.rpartition("-")[2][:SHORT_ID]


def between(participants: Iterable[Participant]) -> str:
    """Who met whom: names by side, ``USA (Ada Bell) – KOR``."""
    sides: dict[str, list[str]] = {}
    for person in participants:
        side = person.side or person.country
        name = person.name or person.office
        if side or name:
            names = sides.setdefault(side or "", [])
            if name and name not in names:
                names.append(name)
    told = []
    for side, names in sides.items():
        shown = ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
        told.append(f"{side} ({shown})" if side and shown else side or shown)
    if len(told) > 4:
        told = [*told[:4], f"{len(told) - 4} more"]
    return " – ".join(told) or "not named"


def accounts_in_short(contact: GatheredContact) -> str:
    """Whose accounts there are: ``own: UKR, USA; reported: RUS; none: …``."""
    own = sorted({account.side for account in contact.accounts if account.side and account.via is None})
    reported = sorted({account.side for account in contact.accounts if account.side and account.via} - {*own})
    told = []
    if own:
        told.append(f"own {', '.join(own)}")
    if reported:
        told.append(f"reported {', '.join(reported)}")
    press = sum(account.side is None for account in contact.accounts)
    if press:
        told.append(f"press {press}")
    return "; ".join(told) or "none"


def account_line(account: HeldAccount) -> str:
    """Whose account, from whom, when, in what words it is headed."""
    parts = [
        account.side or "press",
        f"as reported by {account.via}" if account.via else account.publisher,
        account.published.isoformat() if account.published else "day of publication unknown",
        f"“{account.title}”" if account.title else None,
        None if account.language in (None, "en") else f"in {account.language}",
        None if account.lead else "in passing",
    ]
    return ", ".join(part for part in parts if part)
