"""A wrong row stops the load and is named by file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.errors import KnowledgeError
from diptych.knowledge import Knowledge, load
from diptych.knowledge.tables import DATA, read_manifest

Edit = Callable[[str, Callable[[str], str]], Path]


@pytest.fixture
def copy(tmp_path: Path) -> Edit:
    """A copy of the data in which one file is changed."""

    def edit(file: str, change: Callable[[str], str]) -> Path:
        root = tmp_path / "data"
        shutil.copytree(DATA, root)
        path = root / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return root

    return edit


def line_of(root: Path, file: str, start: str) -> int:
    lines = (root / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def append(row: str) -> Callable[[str], str]:
    return lambda text: text.rstrip("\n") + "\n" + row + "\n"


TENURE = "Ada Brandt,,NOR,nor-prime-minister,{start},{end},written for this test"

WRONG_ROWS = [
    ("states.csv", "XQX,,Republic of Nowhere,,,,", "column 'name' is empty"),
    ("states.csv", "XQXX,Nowhere,Nowhere,,,,", "'XQXX' is not an ISO 3166 alpha-3 code"),
    ("states.csv", "NOR,Norway again,Norway again,,,,", "NOR stands in the table twice"),
    ("states.csv", "XQX,Nowhere,Nowhere,Norway,,,", "'Norway' names both NOR and XQX"),
    ("states.csv", "XQX,Nowhere,Nowhere,A||B,,,", "has an empty value between its separators"),
    ("states.csv", "XQX,Nowhere", "the row has 2 cells, not 7"),
    ("states.csv", "XQX,Nowhere,Nowhere,Nowhereland|Nowhereland,,,", "has 'Nowhereland' twice"),
    ("seats.csv", "Glass House,XQX,presidency", "'Glass House' stands for XQX, which states.csv does not have"),
    ("seats.csv", "Glass House,NOR,", "column 'institution' is empty"),
    ("ambiguous.csv", "Nordic,NOR", "needs two countries at least"),
    ("ambiguous.csv", "Nordic,NOR|XQX", "'XQX' is not a state"),
    ("blocs.csv", "NOR,Northern Ring,", "the code NOR is taken"),
    ("blocs.csv", "RING,Northern Ring,NATO", "'NATO' names both NATO and RING"),
    ("institutions.csv", "xqx-court,court,High Court,", "'XQX' is neither a state"),
    ("institutions.csv", "court,court,High Court,", "'court' is not an id"),
    ("offices.csv", "nor-prime-minister,,head_of_government,,,", "column 'title' is empty"),
    ("offices.csv", "xqx-prime-minister,Prime Minister,head_of_government,,,", "'XQX' is neither a state"),
    ("offices.csv", "usa-president,President,head_of_state,,,", "the office usa-president stands in the table twice"),
    (
        "offices.csv",
        "usa-chief,Chief,head_of_state,Secretary of State,,",
        "'secretary of state' is a title of usa-secretary-of-state too",
    ),
    ("offices.csv", "nor-x,Lawman,judge,,,loud", "wording is text or empty"),
    ("modifiers.csv", "under,above,deputy,Under,under", "place is before or after"),
    ("name_folds.csv", "(,x,an open bracket", "is no regular expression"),
    ("name_words.csv", "middle,van", "'middle' is neither particle, family_first, suffix nor honorific"),
    ("topics.csv", "Peace,Peace,Capital in the id", "'Peace' is not an id in small letters"),
    ("topic_words.csv", "no such topic,word", "'no such topic' is no topic"),
    ("topic_words.csv", "water,river*", "'river*' stands twice under 'water'"),
    ("tenures/usa.csv", TENURE.format(start="2020-02-30", end=""), "is not a day like 2021-01-26: '2020-02-30'"),
    ("tenures/usa.csv", TENURE.format(start="2020", end=""), "is not a day like 2021-01-26: '2020'"),
    (
        "tenures/usa.csv",
        TENURE.format(start="2020-02-01", end="2019-01-01"),
        "ends (2019-01-01) before it starts (2020-02-01)",
    ),
    ("tenures/usa.csv", "Ada Brandt,,NOR,nor-lawman,2020-01-01,,test", "'nor-lawman' is no office"),
    ("tenures/usa.csv", "Ada Brandt,,XQX,nor-prime-minister,2020-01-01,,test", "'XQX' is neither a state"),
    ("tenures/usa.csv", "Ada Brandt,,SWE,nor-prime-minister,2020-01-01,,test", "is not one of SWE"),
    ("tenures/usa.csv", "Ada Brandt,,NOR,nor-prime-minister,2020-01-01,,", "column 'source' is empty"),
]


@pytest.mark.parametrize(("file", "row", "what"), WRONG_ROWS)
def test_a_wrong_row_is_named_by_file_and_line(copy: Edit, file: str, row: str, what: str) -> None:
    root = copy(file, append(row))
    line = len((root / file).read_text(encoding="utf-8").rstrip("\n").split("\n"))
    with pytest.raises(KnowledgeError) as caught:
        Knowledge(root)
    assert f"{file}, line {line}: " in str(caught.value)
    assert what in str(caught.value)


def test_other_columns_are_refused(copy: Edit) -> None:
    root = copy("blocs.csv", lambda text: text.replace("code,name,aliases", "code,name,nicknames"))
    with pytest.raises(KnowledgeError, match=r"blocs\.csv, line \d+: columns are code,name,nicknames"):
        Knowledge(root)


def test_a_file_cut_short_is_noticed(copy: Edit) -> None:
    root = copy("states.csv", lambda text: "\n".join(text.split("\n")[:60]))
    with pytest.raises(KnowledgeError, match=r"states\.csv, line 60: the file has \d+ rows, at least \d+ are expected"):
        Knowledge(root)


def test_a_missing_file_is_named(copy: Edit) -> None:
    root = copy("blocs.csv", str)
    (root / "blocs.csv").unlink()
    line = line_of(root, "manifest.csv", "blocs.csv")
    with pytest.raises(KnowledgeError, match=rf"manifest\.csv, line {line}: the file blocs\.csv is missing"):
        Knowledge(root)


def test_a_file_must_say_where_it_is_from(copy: Edit) -> None:
    root = copy(
        "not_states.csv",
        lambda text: "\n".join(line for line in text.split("\n") if not line.startswith("#")),
    )
    with pytest.raises(KnowledgeError, match=r"not_states\.csv, line 1: no comment says where the data is from"):
        Knowledge(root)


def test_an_open_quotation_mark_is_named(copy: Edit) -> None:
    root = copy("blocs.csv", append('RING,"Northern Ring,'))
    line = line_of(root, "blocs.csv", "RING")
    with pytest.raises(KnowledgeError, match=rf"blocs\.csv, line {line}: a quotation mark is not closed"):
        Knowledge(root)


def test_every_table_has_the_rows_that_the_manifest_asks_for() -> None:
    knowledge = load()
    counts = read_manifest(DATA)
    assert len(knowledge.states) >= counts["states.csv"] >= 195
    assert len(knowledge.blocs) >= counts["blocs.csv"] >= 60
    assert len(knowledge.offices) >= counts["offices.csv"] >= 400
    assert len(knowledge.institutions) >= counts["institutions.csv"] >= 150
    assert len(knowledge.topics) >= counts["topics.csv"] >= 60
    assert len(knowledge.tenures) >= 2000
    assert all((DATA / name).is_file() for name in counts)


def test_the_hash_changes_with_any_file(copy: Edit) -> None:
    root = copy("modifiers.csv", append("# a comment more"))
    assert Knowledge(root).hash != load().hash == Knowledge(DATA).hash
    assert len(load().hash) == 64


def test_load_is_cached() -> None:
    assert load() is load()
