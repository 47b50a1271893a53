"""Weights are the recorded ones, or nothing runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from diptych.errors import ModelError


def verify(folder: Path, recorded: Mapping[str, str], what: str, package: str) -> None:
    """Check files in ``folder`` against their recorded SHA-256 (about a millisecond a megabyte).

    ``what`` names the model in a message ("encoder"), ``package`` says what to install again. Raises
    :class:`~diptych.errors.ModelError` when a file is missing or is not the recorded one.
    """
    for name, expected in recorded.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"The {what}'s file {folder / name} cannot be read", f"Install {package} again") from error
        if found != expected:
            raise ModelError(f"The {what}'s file {folder / name} is not the recorded one", f"Install {package} again")
