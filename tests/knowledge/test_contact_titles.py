"""Forms of contact in titles: what ships is loaded once, and a wrong row is named by file and line."""

from __future__ import annotations

import pytest

from diptych.errors import KnowledgeError
from diptych.knowledge.contact_titles import load_title_forms, parse_title_forms

HEAD = "kind,planned,pattern,source\nmeeting,,met,s\n"


def test_what_ships_is_loaded_once() -> None:
    assert load_title_forms() is load_title_forms()
    assert {form.kind for form in load_title_forms()} >= {None, "phone_call", "video_call", "meeting", "visit"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("gathering,,x,s", "unknown kind 'gathering'"),
        ("visit,no,x,s", "planned is 'yes' or empty"),
        ("visit,yes,(x,s", "cannot be compiled"),
        ("visit,yes,x", "4 cells expected"),
        ("visit,yes,,s", "4 cells expected"),
    ],
)
def test_a_wrong_form_is_named(row: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=rf"^contact_titles\.csv, line 3: .*{message}"):
        parse_title_forms(HEAD + row + "\n")


def test_a_wrong_header_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"contact_titles\.csv, line 1: the header"):
        parse_title_forms("kind,pattern\n")
