"""What people decide on the gathering: joined, split apart, set right; kept, exported, brought in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, get_args

import msgspec

from diptych.archive.ids import contact_of
from diptych.archive.regather import regather
from diptych.errors import Undecodable, UnknownId, UsageError
from diptych.records import ContactKind, ContactStatus, Correction, GatheredContact, content_id

if TYPE_CHECKING:
    from diptych.store import Store

__all__ = ["FIELDS", "exported", "imported", "join", "set_fields", "split", "undo"]

#: Facts of a contact that a person can set.
FIELDS = ("kind", "status", "date", "place")


def join(store: Store, named: Sequence[str], note: str | None = None) -> Correction:
    """Decide that tellings belong to one contact; a contact named instead stands for all its tellings.

    Raises :class:`~diptych.errors.UnknownId`, and :class:`~diptych.errors.UsageError` for fewer than two tellings.
    """
    tellings = tuple(dict.fromkeys(telling for name in named for telling in _tellings(store, name)))
    if len(tellings) < 2:
        raise UsageError("One telling cannot be joined", "Name two contacts or tellings, or more")
    return _keep(store, "join", tellings, note=note)


def split(store: Store, telling: str, note: str | None = None) -> Correction:
    """Decide that a telling stands apart from all others of its contact.

    Raises :class:`~diptych.errors.UnknownId`, and :class:`~diptych.errors.UsageError` where it stands alone already.
    """
    contact, found = _contact_with(store, telling)
    others = [account.telling for account in contact.accounts if account.telling != found]
    if not others:
        raise UsageError(f"{found} is the only telling of {contact.id} already", "There is nothing to split it from")
    return _keep(store, "split", (found, *dict.fromkeys(others)), note=note)


def set_fields(
    store: Store, contact: str, values: Sequence[tuple[str, str]], note: str | None = None
) -> tuple[Correction, ...]:
    """Decide what a contact's ``kind``, ``status``, ``date`` or ``place`` is.

    Raises :class:`~diptych.errors.UnknownId`, and :class:`~diptych.errors.UsageError` for a field or value that
    cannot be.
    """
    tellings = tuple(dict.fromkeys(account.telling for account in contact_of(store, contact).accounts))
    for name, value in values:
        _check(name, value)
    return tuple(_keep(store, "set", tellings, field=name, value=value, note=note) for name, value in values)


def undo(store: Store, correction: str) -> None:
    """Take a correction back (its id, or a beginning that no other has); raises :class:`~diptych.errors.UnknownId`."""
    whole = correction if "-" in correction else f"correction-{correction}"
    alike = [one.id for one in store.corrections() if one.id.startswith(whole)]
    if len(alike) != 1:
        what = "Several corrections begin" if alike else "No correction begins"
        raise UnknownId(f"{what} with {correction}", "List them with `diptych correct list`")
    store.remove_correction(alike[0])
    regather(store)


def exported(corrections: Iterable[Correction]) -> bytes:
    """The corrections as JSON lines, to be kept beside the archive or given to others."""
    return b"".join(msgspec.json.encode(correction) + b"\n" for correction in corrections)


def imported(store: Store, body: bytes, name: str) -> int:
    """Take in corrections that :func:`exported` gave, all or none; return how many were new.

    Raises :class:`~diptych.errors.Undecodable` that names the line.
    """
    decoder = msgspec.json.Decoder(Correction)
    found = []
    for number, line in enumerate(body.splitlines(), 1):
        if line.strip():
            try:
                found.append(_checked(decoder.decode(line)))
            except (msgspec.DecodeError, UnicodeDecodeError, UsageError) as error:
                raise Undecodable(
                    f"{name}, line {number} is no correction ({error})", "Give what `diptych correct export` wrote"
                ) from error
    known = {correction.id for correction in store.corrections()}
    for correction in found:
        store.add_correction(correction)
    regather(store)
    return len({correction.id for correction in found} - known)


def _keep(
    store: Store,
    kind: str,
    tellings: tuple[str, ...],
    *,
    field: str | None = None,
    value: str | None = None,
    note: str | None = None,
) -> Correction:
    made_at = dt.datetime.now(dt.UTC)
    correction = msgspec.convert(
        {
            "id": content_id("correction", kind, *tellings, field, value, made_at.isoformat()),
            "kind": kind,
            "tellings": tellings,
            "field": field,
            "value": value,
            "note": note,
            "made_at": made_at,
        },
        Correction,
    )
    store.add_correction(correction)
    regather(store)
    return correction


def _tellings(store: Store, named: str) -> list[str]:
    if named.startswith("telling-"):
        return [_contact_with(store, named)[1]]
    return [account.telling for account in contact_of(store, named).accounts]


def _contact_with(store: Store, telling: str) -> tuple[GatheredContact, str]:
    """The contact that has a telling, and the telling's whole id."""
    whole = telling if "-" in telling else f"telling-{telling}"
    found = {
        account.telling: contact
        for contact in store.contacts()
        for account in contact.accounts
        if account.telling.startswith(whole)
    }
    if len(found) != 1:
        what = "Several tellings begin" if found else "No telling of a contact begins"
        raise UnknownId(f"{what} with {telling}", "`diptych show CONTACT` shows the tellings of a contact")
    ((identifier, contact),) = found.items()
    return contact, identifier


def _checked(correction: Correction) -> Correction:
    """The correction, if it could have been made here; raises :class:`~diptych.errors.UsageError`."""
    if correction.kind == "set":
        _check(correction.field or "", correction.value or "")
    return correction


def _check(name: str, value: str) -> None:
    allowed = {"kind": get_args(ContactKind), "status": get_args(ContactStatus)}
    if name not in FIELDS:
        raise UsageError(f"{name!r} is no field that can be set", f"Choose one of {', '.join(FIELDS)}")
    if name in allowed and value not in allowed[name]:
        raise UsageError(f"{value!r} is no {name}", f"Choose one of {', '.join(allowed[name])}")
    if name == "date":
        try:
            written = dt.date.fromisoformat(value).isoformat()
        except ValueError:
            written = None
        if written != value:  # 20220127 is a day too, but sorts and prints as none
            raise UsageError(f"{value!r} is no day", "Write it as 2022-01-27")
