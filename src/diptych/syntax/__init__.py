"""Clauses, subjects, negation and modality, read from a spaCy parse. Pure: the parse comes in, records go out."""

from diptych.syntax.clauses import Clause, ClauseKind, clause_heads, clauses, make_clause
from diptych.syntax.sentences import list_mark, sentences
from diptych.syntax.verbs import (
    Complement,
    ComplementKind,
    Modality,
    Subject,
    agent_of,
    complement_of,
    is_negated,
    is_passive,
    modality_of,
    phrase_of,
    subject_of,
)

__all__ = [
    "Clause",
    "ClauseKind",
    "Complement",
    "ComplementKind",
    "Modality",
    "Subject",
    "agent_of",
    "clause_heads",
    "clauses",
    "complement_of",
    "is_negated",
    "is_passive",
    "list_mark",
    "make_clause",
    "modality_of",
    "phrase_of",
    "sentences",
    "subject_of",
]
