"""Floors only rise; a figure below its floor is a breach, and so is a changed set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import gate
from eval.datasets import Dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    file = tmp_path / "gold.json"
    file.write_text("{}")
    return Dataset("set", (file,), lambda engine: {})


def test_update_raises_and_never_lowers(dataset: Dataset) -> None:
    first = gate.raised(dataset, {"links_f1": 0.6, "false_omissions": 0.2, "missing": 0}, {})
    assert first["figures"] == {"links_f1": 0.595, "false_omissions": 0.205, "missing": 0}
    worse = gate.raised(dataset, {"links_f1": 0.5, "false_omissions": 0.3, "missing": 2}, {"set": first})
    assert worse["figures"] == first["figures"]
    better = gate.raised(dataset, {"links_f1": 0.7, "false_omissions": 0.1, "missing": 0}, {"set": first})
    assert better["figures"] == {"links_f1": 0.695, "false_omissions": 0.105, "missing": 0}


def test_breaches_go_the_right_way(dataset: Dataset) -> None:
    floors = {"set": gate.raised(dataset, {"links_f1": 0.6, "false_omissions": 0.2}, {})}
    assert gate.breaches(dataset, {"links_f1": 0.6, "false_omissions": 0.2}, floors) == []
    fallen = gate.breaches(dataset, {"links_f1": 0.59, "false_omissions": 0.21}, floors)
    assert [b.where for b in fallen] == ["set.links_f1", "set.false_omissions"]
    assert gate.breaches(dataset, {"false_omissions": 0.2}, floors)[0].where == "set.links_f1"


def test_a_changed_set_is_a_breach(dataset: Dataset) -> None:
    floors = {"set": gate.raised(dataset, {"links_f1": 0.6}, {})}
    dataset.files[0].write_text('{"more": 1}')
    assert "is not the set" in gate.breaches(dataset, {"links_f1": 0.9}, floors)[0].what


def test_lowering_takes_a_reason(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"set": gate.raised(dataset, {"links_f1": 0.6}, {})}))
    monkeypatch.setattr(gate, "FLOORS", file)
    assert gate.main(["--lower", "set.links_f1=0.5"]) == 2
    assert json.loads(file.read_text())["set"]["figures"]["links_f1"] == 0.595
    assert gate.main(["--lower", "set.links_f1=0.5", "--reason", "the gold was mended"]) == 0
    kept = json.loads(file.read_text())["set"]
    assert kept["figures"]["links_f1"] == 0.5
    assert kept["lowered"] == [{"figure": "links_f1", "from": 0.595, "to": 0.5, "reason": "the gold was mended"}]
