"""What the terminal views share: hanging lines, and rich content as plain or coloured text."""

from __future__ import annotations

import io
import re

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

__all__ = ["flat", "hanging", "rendered"]


def hanging(mark: str, text: str | Text, style: str = "") -> Table:
    """``text`` behind ``mark``, its further lines as far in as its first."""
    grid = Table.grid()
    grid.add_column(width=len(mark), style=style or "dim")
    grid.add_column(style=style if style == "dim" else "")
    grid.add_row(mark, Text(text) if isinstance(text, str) else text)
    return grid


def flat(text: str) -> str:
    """``text`` on one line, white space as single spaces."""
    return re.sub(r"\s+", " ", text)


def rendered(content: RenderableType, width: int, color: bool) -> str:
    """``content`` as text for a terminal of ``width`` columns, with colours where ``color`` is true."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(content)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
