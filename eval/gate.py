"""The accuracy gate: prints figures, and fails when one is on the wrong side of its floor.

usage: python -m eval.gate [--table] [--only NAME] [--update] [--lower SET.FIGURE=VALUE --reason "why"]

Floors live in eval/floors.json with the hash of the files they were measured on. ``--update`` raises floors to what
is measured now, less the set's margin, and refuses to lower one; lowering takes ``--lower`` with a written reason,
which is kept. Figures of which less is better (false omissions, missing) have ceilings instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diptych.pipeline import Engine
from eval.datasets import Dataset, Figures, datasets

FLOORS = Path(__file__).parent / "floors.json"
LESS_IS_BETTER = {"false_omissions", "missing", "conflicts_false"}
#: Figures that describe and are not judged.
UNJUDGED = {"conflicts_sent", "conflicts_gold", "undecided"}


@dataclass(frozen=True)
class Breach:
    """A figure on the wrong side of its floor, or a set that is not what the floors were measured on."""

    where: str
    what: str


def breaches(dataset: Dataset, figures: Figures, floors: dict[str, Any]) -> list[Breach]:
    """Where the figures fall short of the floors recorded for this set."""
    recorded = floors.get(dataset.name)
    if recorded is None:
        return [Breach(dataset.name, "has no floors; measure it and run with --update")]
    found = []
    if recorded["hash"] != dataset.hash:
        found.append(Breach(dataset.name, "is not the set that the floors were measured on; run with --update"))
    for name, floor in recorded["figures"].items():
        value = figures.get(name)
        if value is None or (value > floor if name in LESS_IS_BETTER else value < floor):
            found.append(Breach(f"{dataset.name}.{name}", f"{value} is worse than {floor}"))
    return found


def raised(dataset: Dataset, figures: Figures, floors: dict[str, Any]) -> dict[str, Any]:
    """The floors of a set after ``--update``: never lower than they were on the same files."""
    known = floors.get(dataset.name, {})
    old = known.get("figures", {}) if known.get("hash") == dataset.hash else {}
    new: dict[str, float] = {}
    for name, value in figures.items():
        if name in UNJUDGED or value is None:
            continue
        less = name in LESS_IS_BETTER
        margin = 0.0 if name == "missing" else dataset.margin
        bound = round(value + margin if less else max(0.0, value - margin), 3)
        new[name] = (min if less else max)(bound, old[name]) if name in old else bound
    return {"hash": dataset.hash, "figures": new, "lowered": known.get("lowered", [])}


def main(arguments: list[str] | None = None) -> int:
    """Run the gate; returns the exit status: 0 passed, 1 a figure fell below its floor, 2 a wrong call."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", action="store_true", help="only print figures")
    parser.add_argument("--only", action="append", metavar="NAME", help="only this set")
    parser.add_argument("--update", action="store_true", help="raise floors to what is measured")
    parser.add_argument("--lower", metavar="SET.FIGURE=VALUE", help="lower one floor; needs --reason")
    parser.add_argument("--reason", help="why a floor is lowered")
    call = parser.parse_args(arguments)
    floors: dict[str, Any] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if call.lower:
        return _lower(floors, call.lower, call.reason)
    engine = Engine.start("compare")
    found: list[Breach] = []
    for dataset in datasets():
        if call.only and dataset.name not in call.only:
            continue
        if not dataset.present:
            print(f"{dataset.name}: not here, skipped")
            continue
        began = time.perf_counter()
        figures = dataset.score(engine)
        print(f"{dataset.name} ({time.perf_counter() - began:.0f} s)")
        for name, value in figures.items():
            print(f"  {name:22} {'-' if value is None else value}")
        if call.update:
            floors[dataset.name] = raised(dataset, figures, floors)
        found += breaches(dataset, figures, floors)
    if call.update:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    if call.table:
        return 0
    for breach in found:
        print(f"below its floor: {breach.where} {breach.what}", file=sys.stderr)
    print("accuracy gate: " + ("failed" if found else "passed"))
    return 1 if found else 0


def _lower(floors: dict[str, Any], what: str, reason: str | None) -> int:
    name, _, value = what.partition("=")
    dataset, _, figure = name.partition(".")
    if not reason or not value or figure not in floors.get(dataset, {}).get("figures", {}):
        print('a floor is lowered with --lower SET.FIGURE=VALUE --reason "why"', file=sys.stderr)
        return 2
    old = floors[dataset]["figures"][figure]
    floors[dataset]["figures"][figure] = float(value)
    floors[dataset]["lowered"].append({"figure": figure, "from": old, "to": float(value), "reason": reason})
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
