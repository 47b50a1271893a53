"""The accounts of one gathered contact laid side by side: which account stands for a side, and the comparison kept."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from diptych.clean import require_readable
from diptych.errors import BusyStore, ComparisonError, UnwritableStore, UsageError
from diptych.records import Comparison, Contact, GatheredContact, HeldAccount
from diptych.version import __version__

if TYPE_CHECKING:
    from diptych.pipeline import Engine
    from diptych.store import Store

__all__ = ["Chosen", "choose", "compare_contact", "sides_of"]

_comparison = msgspec.json.Decoder(Comparison)


@dataclass(frozen=True)
class Chosen:
    """The account that stands for a side: its own, or one by others (``account.via`` says by whom)."""

    side: str
    account: HeldAccount


def sides_of(contact: GatheredContact) -> tuple[str, ...]:
    """The sides of a contact: those with accounts of their own first, each group in the order of participants."""
    order = [*(p.side or p.country for p in contact.participants), *(a.side for a in contact.accounts)]
    sides = [side for side in dict.fromkeys(order) if side]
    own = {account.side for account in contact.accounts if account.via is None}
    return tuple(sorted(sides, key=lambda side: side not in own))


def choose(contact: GatheredContact, sides: Sequence[str] = ()) -> tuple[Chosen, Chosen]:
    """Choose the two accounts that are compared: of ``sides`` as they are named, else of the first two sides.

    A side's own account goes before one that others report; among several the one whose document is about the contact,
    then one in a language that is read, then the earliest. Another side's own text is never taken for an account of
    this one. Raises :class:`~diptych.errors.ComparisonError` where a side has no account that could be laid beside
    the other's, with what is known of it, and :class:`~diptych.errors.UsageError` for sides that did not take part.
    """
    all_sides = sides_of(contact)
    for side in sides:
        if side not in all_sides:
            raise UsageError(
                f"{side} is no side of {contact.id}", f"Its sides are {', '.join(all_sides) or 'not told'}"
            )
    wanted = tuple(sides) or all_sides[:2]
    if len(wanted) != 2 or wanted[0] == wanted[1]:
        raise ComparisonError(
            f"The texts name no two sides of the contact {contact.id}",
            f"Look at it with `diptych show {contact.id}`, or name two different sides with --sides",
        )
    first, second = (_account(contact, side, wanted) for side in wanted)
    if first is None or second is None:
        raise ComparisonError(*_missing(contact, wanted, (first, second)))
    return Chosen(wanted[0], first), Chosen(wanted[1], second)


def compare_contact(
    store: Store,
    contact: GatheredContact,
    start: Callable[[], Engine],
    knowledge: str,
    *,
    sides: Sequence[str] = (),
    undecided: float | None = None,
) -> Comparison:
    """Lay the two accounts of ``contact`` side by side, or give the comparison that was made of them before.

    ``start`` starts the engine where one is needed; ``knowledge`` is the hash of what is known: another version of
    diptych or of the knowledge compares anew, and so does an ``undecided`` of one's own. Raises what :func:`choose`
    raises, and :class:`~diptych.errors.UnreadLanguage` where one of the two is in a language that is not read yet.
    """
    a, b = choose(contact, sides)
    # A text that cannot be read tells nothing: all of the other side's would be called not mentioned in it.
    documents = [require_readable(store.document(one.account.document)) for one in (a, b)]
    made_with = f"{__version__}+{knowledge[:16]}"
    if undecided is None:
        kept = store.comparison(contact.id, a.account.document, b.account.document, made_with)
        if kept is not None:
            return _with_facts(_comparison.decode(kept), contact, a, b)
    engine = start()
    # Gathering, or a person, has said that both tell of one contact.
    comparison = engine.compare(*documents, undecided=undecided, anyway=True)
    if undecided is None:
        made = msgspec.json.encode(comparison)
        with contextlib.suppress(UnwritableStore, BusyStore):  # it was made; that it is not kept costs time only
            store.save_comparison(contact.id, a.account.document, b.account.document, made, made_with)
    return _with_facts(comparison, contact, a, b)


def _account(contact: GatheredContact, side: str, sides: Sequence[str]) -> HeldAccount | None:
    own = [account for account in contact.accounts if account.side == side and account.via is None]
    others = {account.document for account in contact.accounts if account.via is None and account.side != side}
    reported = [
        account
        for account in contact.accounts
        if account.side == side and account.via is not None and account.document not in others
    ]
    return min(own or reported, key=_rank, default=None)


def _rank(account: HeldAccount) -> tuple[bool, bool, str, str]:
    return (not account.lead, account.language not in (None, "en"), str(account.published), account.document)


def _missing(contact: GatheredContact, sides: Sequence[str], found: Sequence[HeldAccount | None]) -> tuple[str, str]:
    """What is told where a side has no account: which has none, and what is known of it and of the other."""
    silent = [side for side, account in zip(sides, found, strict=True) if account is None]
    told = [f"{side}: none published that we know of" for side in silent]
    for side, account in zip(sides, found, strict=True):
        if account is not None:
            what = f"as reported by {account.via}" if account.via else f"own account, {account.publisher}"
            day = f", {account.published}" if account.published else ""
            told.append(f"{side}: {what}{day} ({account.uri})")
    for side in silent:
        by = sorted({account.via for account in contact.accounts if account.side == side and account.via})
        if by:
            told.append(f"{side} is known from what {', '.join(by)} tells of it only")
    others = [side for side in sides_of(contact) if side not in sides and _account(contact, side, sides)]
    remedy = f"Read what there is with `diptych show {contact.id}`, or add the missing account with `diptych add`"
    if others:
        remedy += f"; other sides have accounts: {', '.join(others)} (--sides)"
    return f"The contact {contact.id} cannot be laid side by side. " + ". ".join(told), remedy


def _with_facts(comparison: Comparison, contact: GatheredContact, a: Chosen, b: Chosen) -> Comparison:
    """The comparison with the facts of the contact as gathered and corrected, and the sides as chosen."""
    read = comparison.contact or Contact(
        id=contact.id, kind="other", status="held", date=None, precision="unknown", participants=(), quote="",
        start=0, end=0,
    )  # fmt: skip
    facts = msgspec.structs.replace(
        read,
        id=contact.id,
        kind=contact.kind,
        status=contact.status,
        date=contact.date,
        precision=contact.precision,
        place=contact.place or read.place,
        participants=contact.participants or read.participants,
    )
    warnings = comparison.warnings
    for chosen in (a, b):
        if chosen.account.via:
            warnings = (
                *warnings,
                f"{chosen.side}: none published that we know of; compared as reported by {chosen.account.via}.",
            )
    return msgspec.structs.replace(
        comparison,
        contact=facts,
        a=msgspec.structs.replace(comparison.a, country=a.side, via=a.account.via),
        b=msgspec.structs.replace(comparison.b, country=b.side, via=b.account.via),
        warnings=warnings,
    )
