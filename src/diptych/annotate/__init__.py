"""Document to mentions, offices, dates, statements, contacts and topics (pure; the parse is passed in)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.accounts import split_accounts
from diptych.annotate.contacts import find_contacts
from diptych.annotate.contested import find_contested
from diptych.annotate.mentions import find_mentions
from diptych.annotate.statements import find_statements
from diptych.records import Document, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge

__all__ = ["annotate"]


def annotate(document: Document, doc: Doc, kb: Knowledge) -> Reading:
    """Read out of ``document`` who is in it, what contacts it tells of and who says what.

    ``doc`` is the parse of ``document.text``. Nothing is guessed: what the text does not give stays None.
    """
    actors, mentions = find_mentions(document, doc, kb)
    contacts = find_contacts(document, doc, actors, mentions, kb)
    statements = find_statements(document, doc, actors, mentions, kb)
    return Reading(
        document=document,
        actors=actors,
        mentions=mentions,
        contacts=contacts,
        statements=statements,
        accounts=split_accounts(document, contacts, statements, actors, kb),
        upcoming=tuple(c.id for c in contacts if c.status in ("planned", "proposed")),
        contested=find_contested(document, doc, statements, actors, kb),
    )
