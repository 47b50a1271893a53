"""Furniture, publishers and kinds of papers: what ships is right, and a wrong row is named by file and line."""

from __future__ import annotations

from importlib import resources

import pytest

from diptych.errors import KnowledgeError
from diptych.knowledge.document_kinds import load_kind_rules, parse_kind_rules
from diptych.knowledge.furniture import furniture_key, load_furniture, parse_furniture
from diptych.knowledge.publishers import load_publishers, parse_publishers

DATA = resources.files("diptych.knowledge") / "data"


def _shipped(name: str) -> str:
    return (DATA / name).read_text("utf-8")


def test_what_ships_is_loaded_once() -> None:
    assert load_furniture() is load_furniture()
    assert "go to contents" in load_furniture().lines
    assert load_publishers().named("the white house") is not None
    assert {rule.kind for rule in load_kind_rules()} >= {"readout", "joint_statement", "press_conference"}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("» Most Popular:", "most popular"),
        ("READ  MORE", "read more"),
        ("Next —", "next —"),
        ("Today’s paper", "today's paper"),
    ],
)
def test_lines_are_compared_without_marks_around_them(line: str, key: str) -> None:
    assert furniture_key(line) == key


@pytest.mark.parametrize(
    ("find", "put", "line_of", "message"),
    [
        ("  - skip to content\n", "  - skip to content\n  - Skip to Content\n", "  - Skip to Content", "stands twice"),
        ("openers:\n", "openrs:\n", "openrs:", "unknown section 'openrs'"),
        ("  - most read\n", "  - [most, read]\n", "  - [most, read]", "must be a phrase"),
        ("patterns:\n", "patterns:\n  - '(unclosed'\n", "  - '(unclosed'", "cannot be compiled"),
        ("closers:\n", "closers: none\nwrong:\n", "closers: none", "must be a list"),
    ],
)
def test_wrong_furniture_is_named(find: str, put: str, line_of: str, message: str) -> None:
    text = _shipped("furniture.yaml").replace(find, put, 1)
    number = text.split("\n").index(line_of) + 1
    with pytest.raises(KnowledgeError, match=rf"^furniture\.yaml, line {number}: .*{message}"):
        parse_furniture(text)


def test_furniture_that_is_no_yaml() -> None:
    with pytest.raises(KnowledgeError, match=r"line [23]: not YAML"):
        parse_furniture("lines:\n  - 'open\n")
    with pytest.raises(KnowledgeError, match="section 'agencies' is missing"):
        parse_furniture("lines:\n  - home\n")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Halvern.example,Halvern,,,https://h.example", "no domain in lower case"),
        ("state.gov,Halvern,,,https://h.example", "stands twice"),
        ("h.example,,,,https://h.example", "must not be empty"),
        ("h.example,Halvern,,,", "must not be empty"),
        ("h.example,Halvern,hv,,https://h.example", "no ISO 3166 alpha-3"),
        ("h.example,Halvern,,White House,https://h.example", "already names 'The White House'"),
        ("h.example,Halvern", "5 cells expected, 2 found"),
    ],
)
def test_a_wrong_publisher_is_named(row: str, message: str) -> None:
    text = _shipped("publishers.csv") + row + "\n"
    with pytest.raises(KnowledgeError, match=rf"^publishers\.csv, line {text.count(chr(10))}: .*{message}"):
        parse_publishers(text)


def test_publishers_are_found_by_host_address_and_name() -> None:
    table = load_publishers()
    by_host = table.of_host("www.state.gov")
    assert by_host is not None
    assert (by_host.name, by_host.country) == ("U.S. Department of State", "USA")
    assert table.of_address("https://en.kremlin.ru/events") == table.named("President of Russia")
    assert table.of_address("/home/state.gov/readout.txt") is None
    assert table.of_host("notstate.gov") is None
    assert table.of_host("gov") is None
    assert table.of_address("http://[::1/") is None
    paper = table.inside("to connect with the Korea JoongAng Daily")
    assert paper is not None
    assert paper.country is None
    assert table.inside("The Korea Herald and The Korea Times") is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("readouts,title,x,s", "unknown kind 'readouts'"),
        ("readout,foot,x,s", "unknown place 'foot'"),
        ("readout,title,(x,s", "cannot be compiled"),
        ("readout,title,x", "4 filled cells"),
    ],
)
def test_a_wrong_rule_is_named(row: str, message: str) -> None:
    text = "kind,place,pattern,source\nreadout,title,a,s\n" + row + "\n"
    with pytest.raises(KnowledgeError, match=rf"^document_kinds\.csv, line 3: .*{message}"):
        parse_kind_rules(text)


def test_wrong_headers_are_named() -> None:
    with pytest.raises(KnowledgeError, match=r"publishers\.csv, line 1: the header"):
        parse_publishers("name,domain\n")
    with pytest.raises(KnowledgeError, match=r"document_kinds\.csv, line 1: the header"):
        parse_kind_rules("")
