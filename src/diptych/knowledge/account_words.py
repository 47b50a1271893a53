"""Words by which an account names those who met and what they did: ``data/account_words.csv``."""

from __future__ import annotations

from functools import cache

import msgspec

from diptych.knowledge.tables import DATA, read_manifest, read_table
from diptych.records import Record

FILE = "account_words.csv"


class AccountWords(Record, frozen=True, kw_only=True):
    """The words of each role.

    ``party``: nouns for those who met; ``event``: nouns for the contact and its agenda; ``addressed``: verbs whose
    passive subject is spoken to; ``met``: cues that are acts of both; ``nobody``: words in capitals that name nobody
    by themselves; ``title``: offices by which a principal is called, longer forms before those that they contain.
    """

    party: frozenset[str]
    event: frozenset[str]
    addressed: frozenset[str]
    met: frozenset[str]
    nobody: frozenset[str]
    title: tuple[str, ...]


@cache
def account_words() -> AccountWords:
    """The table, read once; :class:`~diptych.errors.KnowledgeError` names the row where it is wrong."""
    roles: dict[str, list[str]] = {name: [] for name in AccountWords.__struct_fields__}
    for row in read_table(DATA / FILE, ("role", "word"), minimum=read_manifest(DATA).get(FILE, 1)):
        role, word = row.need("role"), row.need("word")
        if role not in roles:
            row.fail(f"'{role}' is no role; roles are {', '.join(roles)}")
        if word in roles[role]:
            row.fail(f"'{word}' stands there twice as {role}")
        roles[role].append(word)
    return msgspec.convert(roles, AccountWords)
