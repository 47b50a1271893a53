"""diptych lays two accounts of one diplomatic contact side by side.

>>> engine = Engine.start()                      # doctest: +SKIP
>>> comparison = engine.compare("a.txt", "b.txt")  # doctest: +SKIP
>>> print(render(comparison, "markdown"))        # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from diptych.version import __version__

if TYPE_CHECKING:
    from diptych.errors import DiptychError
    from diptych.pipeline import Engine, fetch
    from diptych.records import Comparison, Document, Reading
    from diptych.report import render

__all__ = ["Comparison", "DiptychError", "Document", "Engine", "Reading", "__version__", "fetch", "render"]

#: Where each public name lives; names are imported on first use, so that ``import diptych`` costs nothing.
_HOMES = {
    "Comparison": "diptych.records",
    "DiptychError": "diptych.errors",
    "Document": "diptych.records",
    "Engine": "diptych.pipeline",
    "Reading": "diptych.records",
    "fetch": "diptych.pipeline",
    "render": "diptych.report",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'diptych' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
