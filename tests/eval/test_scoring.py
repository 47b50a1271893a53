"""The project's scorers give the figures that the shared scorers define, on gold bent out of shape at random."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from eval.scoring import articles, pairs
from tests.conftest import ROOT

INVENTED = ROOT / "eval" / "gold" / "invented"


def bent(gold: dict, rng: random.Random) -> dict:
    """A prediction with dropped points, moved links, other kinds and other acts."""
    points = [dict(p, side=p["id"][0].lower()) for p in gold["points"] if rng.random() > 0.15]
    for point in points:
        if rng.random() < 0.3:
            point["act"] = rng.choice(["agree", "state", "discuss"])
        if rng.random() < 0.3:
            point["quote"] = point["quote"][: max(8, len(point["quote"]) // 2)]
    ids = {side: [p["id"] for p in points if p["side"] == side] for side in "ab"}
    relations = []
    for relation in gold["relations"]:
        a = [i for i in relation["a"] if i in ids["a"]] or ids["a"][:1]
        b = [i for i in relation["b"] if i in ids["b"]] or ids["b"][:1]
        if a and b and rng.random() > 0.2:
            kind = rng.choice([relation["type"], "same", "differs", "conflict"])
            relations.append({"a": a, "b": [rng.choice(ids["b"])] if rng.random() < 0.2 else b, "kind": kind})
    linked = {i for r in relations for i in (*r["a"], *r["b"])}
    alone = [p["id"] for p in points if p["id"] not in linked]
    return {"points": points, "relations": relations, "undecided": rng.sample(alone, len(alone) // 4)}


def test_pair_figures_are_the_shared_ones(shared: Path, tmp_path: Path) -> None:
    texts = {}
    with (INVENTED / "pairs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            texts[pair["pair_id"]] = {"A": pair["sides"][0]["text"], "B": pair["sides"][1]["text"]}
    rng = random.Random(7)
    gold_files = sorted((INVENTED / "gold").glob("*.json"))[:25]
    gold_dir = tmp_path / "gold"
    gold_dir.mkdir()
    sent_dir = tmp_path / "sent"
    sent_dir.mkdir()
    total: Counter[str] = Counter()
    for number, file in enumerate(gold_files):
        gold = json.loads(file.read_text("utf-8"))
        (gold_dir / file.name).write_text(file.read_text("utf-8"), "utf-8")
        prediction = bent(gold, rng) if number else None
        if prediction:
            (sent_dir / file.name).write_text(json.dumps(prediction), "utf-8")
        total += pairs.count(texts[file.stem], gold, prediction)
    script = shared / "gold" / "score_pairs.py"
    command = [sys.executable, str(script), str(INVENTED / "pairs.jsonl"), str(gold_dir), str(sent_dir), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["total"]
    ours = pairs.figures(total)
    assert ours["one_sided_f1"] == theirs["one_sided"]["f1"]
    assert ours["one_sided_p"] == theirs["one_sided"]["p"]
    assert ours["false_omissions"] == theirs["false_omission_share"]
    assert (ours["links_p"], ours["links_r"], ours["links_f1"]) == tuple(theirs["links"][k] for k in ("p", "r", "f1"))
    assert (ours["kind"], ours["kind_macro_f1"]) == (theirs["kind"]["accuracy"], theirs["kind"]["macro_f1"])
    for name in ("conflict_sent", "conflict_gold", "conflict_right"):
        assert ours[name.replace("conflict", "conflicts")] == theirs["kind"][name]
    assert (ours["points_f1"], ours["acts"], ours["undecided"], ours["missing"]) == (
        theirs["points"]["f1"],
        theirs["acts"],
        theirs["undecided"],
        theirs["missing"],
    )


def test_article_figures_are_the_shared_ones(shared: Path, tmp_path: Path) -> None:
    rng = random.Random(11)
    total: Counter[str] = Counter()
    for file in sorted((shared / "gold" / "articles").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        raw = (shared / "seeds" / f"{file.stem}.txt").read_text("utf-8")
        statements = [dict(s) for s in gold["statements"] if rng.random() > 0.2]
        for statement in statements:
            statement["act"] = rng.choice([statement["act"], "state"])
            statement["negated"] = rng.random() < 0.2
            statement["source_entity"] = rng.choice([statement["source_entity"], "Somebody Else"])
        contacts = [dict(c) for c in gold["contacts"] if rng.random() > 0.2]
        for contact in contacts:
            contact["status"] = rng.choice([contact["status"], "held"])
            contact["kind"] = rng.choice([contact["kind"], "meeting"])
        contested = [
            {"claim": c["claim"], "asserted_by": c["asserted_by"], "denied_by": c["denied_or_qualified_by"]}
            for c in gold["claims_contested"]
        ]
        prediction = {
            "document": {"title": gold["title"], "published": None, "language": "en", "text": raw[:1500]},
            "contacts": contacts,
            "statements": statements,
            "contested": contested,
        }
        (tmp_path / file.name).write_text(json.dumps(prediction), "utf-8")
        total += articles.count(raw, gold, prediction)
    script = shared / "gold" / "score_articles.py"
    command = [sys.executable, str(script), str(shared / "seeds"), str(shared / "gold" / "articles"), str(tmp_path)]
    theirs = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True, text=True).stdout)
    ours = articles.figures(total)
    assert ours["body_f1"] == theirs["body"]["f1"]
    assert ours["meta"] == theirs["meta"]
    for name in ("contacts", "statements"):
        for figure in ("p", "r", "f1"):
            assert ours[f"{name}_{figure}"] == theirs[name][figure]
    assert [ours[f"contact_{n}"] for n in ("day", "office", "status")] == [
        theirs["contacts"][n] for n in ("day", "office", "status")
    ]
    assert [ours[f"statement_{n}"] for n in ("source", "act", "negation")] == [
        theirs["statements"][n] for n in ("source", "act", "negation")
    ]
    assert ours["absences_r"] == theirs["absences"]["r"]
    assert ours["contested_r"] == theirs["contested"]["r"]
