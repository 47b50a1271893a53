"""Fixtures shared by all tests: loaded once, because models and knowledge are immutable."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from diptych.knowledge import Knowledge

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The annotated real texts beside the checkout; tests that need them are skipped where they are absent."""
    path = Path(os.environ.get("DIPTYCH_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        pytest.skip(f"annotated real texts are not at {path} (set DIPTYCH_SHARED to use them)")
    return path


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    from diptych.knowledge import load

    return load()


@pytest.fixture(scope="session")
def nlp() -> Language:
    from diptych.models.parser import load_parser

    return load_parser()


@pytest.fixture(scope="session")
def encoder() -> Callable[..., object]:
    from diptych.models.encoder import load_encoder

    return load_encoder()
