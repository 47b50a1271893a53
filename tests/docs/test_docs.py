"""Nothing is undocumented: commands, options and records have their words, and the pages are the code's own."""

from __future__ import annotations

import inspect
import re

import pytest
from typer.main import get_command

from diptych import errors
from diptych.cli import app
from docs.generate import DOCS, PAGES, commands, record_types, subcommands
from tests.conftest import ROOT

PROSE = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


@pytest.mark.parametrize("page", sorted(PAGES))
def test_generated_pages_are_up_to_date(page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == PAGES[page](), f"docs/{page} is out of date: run make docs"


@pytest.mark.parametrize("name", [*commands(), *subcommands()])
def test_every_command_and_option_is_explained(name: str) -> None:
    command = get_command(app)
    for part in name.split():
        command = command.commands[part]  # type: ignore[attr-defined]
    assert command.help, f"diptych {name} says nothing of itself"
    assert "Examples:" in (command.epilog or ""), f"diptych {name} shows no example"
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"diptych {name}: {parameter.name} is not explained"


@pytest.mark.parametrize("record", record_types(), ids=lambda record: record.__name__)
def test_every_record_has_its_own_words(record: type) -> None:
    assert "__doc__" in vars(record), record.__name__
    assert len(inspect.cleandoc(record.__doc__ or "")) > 20, record.__name__


def test_every_error_stands_in_the_tree() -> None:
    tree = errors.__doc__ or ""
    for name in errors.__all__:
        error = getattr(errors, name)
        line = next((line for line in tree.splitlines() if re.search(rf"\b{name}\b", line)), None)
        assert line is not None, f"{name} is not in the tree"
        if error is not errors.DiptychError:
            assert int(re.findall(r"\d+", line)[0]) == error.exit_code, name


@pytest.mark.parametrize("page", PROSE, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_python_runs(monkeypatch, capsys) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, flags=re.S)
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()
