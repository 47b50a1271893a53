"""Ids as people write them: whole, or a beginning that no other has, with or without the word before the hyphen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.errors import UnknownId
from diptych.records import Document, GatheredContact, Statement

if TYPE_CHECKING:
    from diptych.store import Store

__all__ = ["Told", "contact_of", "looks_like_id", "named"]

_CONTACT, _DOCUMENT, _STATEMENT = "gathered-", "doc-", "statement-"
_ID = re.compile(r"(?:[a-z]+-)?[0-9a-f]{4,16}")


@dataclass(frozen=True)
class Told:
    """A statement and the document in which it stands."""

    statement: Statement
    document: Document


def looks_like_id(written: str) -> bool:
    """Whether ``written`` may be an id or the beginning of one."""
    return _ID.fullmatch(written) is not None


def contact_of(store: Store, written: str) -> GatheredContact:
    """The contact that ``written`` names; raises :class:`~diptych.errors.UnknownId`."""
    return store.contact(written if "-" in written else f"{_CONTACT}{written}")


def named(store: Store, written: str) -> GatheredContact | Document | Told:
    """Whatever ``written`` names; raises :class:`~diptych.errors.UnknownId`."""
    if written.startswith(_STATEMENT):
        document, statement = store.statement(written)
        return Told(statement, document)
    if written.startswith(_DOCUMENT):
        return store.document(written)
    if "-" in written:
        return contact_of(store, written)
    for prefix in (_CONTACT, _DOCUMENT, _STATEMENT):
        try:
            return named(store, prefix + written)
        except UnknownId as error:
            if error.happened.startswith("Several"):
                raise
    raise UnknownId(
        f"The archive has no contact, document or statement {written}",
        "List contacts with `diptych contacts`, look for documents and statements with `diptych search`",
    )
