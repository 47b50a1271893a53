"""The command line: one file a command; errors become one sentence and an exit code."""

from diptych.cli.main import app, main

__all__ = ["app", "main"]
