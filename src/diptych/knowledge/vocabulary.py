"""Closed vocabularies of English that rules are written in: which nouns head a title, which words belong to a surname.

``data/vocabulary.csv`` has one word of one list a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from diptych.knowledge.tables import DATA, read_manifest, read_table, wrong

COLUMNS = ("list", "word", "source", "date")
FILE = "vocabulary.csv"
#: The lists that rules ask for; each must be there.
LISTS = frozenset(
    (
        "title_heads", "weak_heads", "title_ranks", "portfolio", "honorifics", "female_words", "male_words",
        "particles", "not_name", "formal_state", "directions", "bloc_heads", "group_people", "group_sides",
        "unnamed", "documents",
    )
)  # fmt: skip


@lru_cache(maxsize=1)
def load_vocabulary() -> Mapping[str, frozenset[str]]:
    """Load ``data/vocabulary.csv``; raise :class:`KnowledgeError` naming the file and the line of a wrong row."""
    lists: dict[str, set[str]] = {}
    line = 1
    for row in read_table(DATA / FILE, COLUMNS, minimum=read_manifest(DATA)[FILE]):
        line = row.line
        name, word = row.need("list"), row.need("word")
        row.need("source")
        row.day("date")
        if name not in LISTS:
            row.fail(f"'{name}' is no list of words")
        if word != word.lower() or " " in word:
            row.fail(f"'{word}' is not one word in small letters")
        words = lists.setdefault(name, set())
        if word in words:
            row.fail(f"'{word}' stands twice in the list {name}")
        words.add(word)
    missing = LISTS - lists.keys()
    if missing:
        wrong(FILE, line, f"the lists {', '.join(sorted(missing))} are missing")
    return MappingProxyType({name: frozenset(words) for name, words in lists.items()})
