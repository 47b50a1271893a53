"""Names in other scripts: what ships is loaded once, and a wrong row is named by file and line."""

from __future__ import annotations

import pytest

from diptych.errors import KnowledgeError
from diptych.knowledge import Knowledge
from diptych.knowledge.scripts import load_script_names, parse_script_names

HEAD = "language,form,role,value,source\n"


def test_what_ships_is_loaded_once_and_names_known_states(knowledge: Knowledge) -> None:
    assert load_script_names() is load_script_names()
    for name in load_script_names()["zh"].names.values():
        code = name.value if name.role == "state" else name.country
        assert code is None or knowledge.state(code) or knowledge.bloc(code)


def test_the_longest_name_is_found() -> None:
    names = parse_script_names(HEAD + "zh,几内亚,state,GIN,s\nzh,几内亚比绍,state,GNB,s\n")["zh"]
    found = names.first("state", "会见几内亚比绍总统")
    assert found is not None
    assert (found[0].value, found[1], found[2]) == ("GNB", 2, 7)
    assert names.at("state", "会见几内亚", 0) is None
    assert names.first("person", "几内亚") is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("zh,甲,country,AAA,s", "unknown role 'country'"),
        ("zh,甲,person,Somebody,s", "name|country"),
        ("zh,甲,state,,s", "5 filled cells"),
        ("zh,法国,state,FRA,s", "stands twice"),
    ],
)
def test_a_wrong_name_is_named(row: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=r"names_in_scripts\.csv, line 3: ") as error:
        parse_script_names(HEAD + "zh,法国,state,FRA,s\n" + row + "\n")
    assert message in str(error.value)


def test_a_wrong_header_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"names_in_scripts\.csv, line 1: the header"):
        parse_script_names("form,value\n")
