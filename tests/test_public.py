"""The public namespace is what it says, and importing it costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import diptych


def test_the_public_names_are_these() -> None:
    assert sorted(diptych.__all__) == [
        "Comparison",
        "DiptychError",
        "Document",
        "Engine",
        "Reading",
        "__version__",
        "fetch",
        "render",
    ]
    for name in diptych.__all__:
        assert getattr(diptych, name) is not None
    with pytest.raises(AttributeError):
        diptych.nothing  # noqa: B018


def test_importing_loads_no_model() -> None:
    code = "import sys, diptych, diptych.cli; print([m for m in ('spacy', 'numpy', 'onnxruntime') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
