"""Fixtures of the tests of reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from diptych.annotate.statements import find_statements
from diptych.records import Document, Statement

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge


@pytest.fixture(scope="session")
def read(nlp: Language, knowledge: Knowledge) -> Callable[[str], tuple[Statement, ...]]:
    """Read the statements of a text without knowing who is in it."""

    def read_text(text: str) -> tuple[Statement, ...]:
        return find_statements(Document(id="t", uri="t", text=text), nlp(text), (), (), knowledge)

    return read_text
