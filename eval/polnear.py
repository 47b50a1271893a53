"""Attributions in news against PolNeAR: found, source right, and how well annotators agree among themselves.

usage: python -m eval.polnear [CORPUS] [--others PYTHON] [--json] [--errors N]

``--others`` names an interpreter that has other extractors (``polnear_others.py`` says how to make one); they are
measured on the same texts, by the same matching, in the same table. Of what PyPI carries, textacy alone runs without
fetching a model at run time.

CORPUS (default: ../shared/corpora/polnear-dev beside the checkout) holds ``text/NAME.txt`` and
``attributions/NAME_ANNOTATOR.ann`` (brat standoff). Gold is one annotator a document: the first in alphabetical
order of the annotators' marks; the others, where a document has several, are scored against that one, which gives
the agreement.

Two attributions match (one to one, best first) when their contents share at least half of the word positions of
their union. Source right: both have none, or their spans share a word. Where one cue carries several stretches of
content, as in '"A," X said. "B."', PolNeAR has one attribution of two stretches; so has the system here.

PolNeAR also marks what somebody thinks, wants or backs without saying so; attributions of every kind are counted.
It marks none inside the content of another: of nested attributions the system's outermost is counted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"\w+")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Item:
    source: Spans
    cue: Spans
    content: Spans


def words(text: str, spans: Spans) -> frozenset[int]:
    """Offsets at which the words of the spans begin."""
    return frozenset(m.start() for a, b in spans for m in WORD.finditer(text, a, b))


def read_gold(path: Path) -> list[Item]:
    marks: dict[str, Spans] = {}
    items = []
    lines = path.read_text("utf-8").split("\n")
    for line in lines:
        field = line.split("\t")
        if line.startswith("T"):
            spans = field[1].split(" ", 1)[1]
            marks[field[0]] = tuple((int(a), int(b)) for a, b in (s.split() for s in spans.split(";")))
    for line in lines:
        field = line.split("\t")
        if line.startswith("E"):
            roles: dict[str, Spans] = defaultdict(tuple)
            for part in field[1].split():
                role, mark = part.split(":")
                roles[role.rstrip("0123456789")] += marks[mark]
            if roles["Content"]:
                items.append(Item(roles["Source"], roles["Cue"], roles["Content"]))
    return items


def match(text: str, gold: list[Item], system: list[Item]) -> list[tuple[int, int]]:
    left = [words(text, item.content) for item in gold]
    right = [words(text, item.content) for item in system]
    scored = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            union = len(a | b)
            if union and len(a & b) / union >= 0.5:
                # Where one stretch has two cues, the cue decides.
                same = bool(words(text, gold[i].cue) & words(text, system[j].cue))
                scored.append((len(a & b) / union, same, i, j))
    scored.sort(key=lambda row: (-row[0] - row[1], row[2], row[3]))
    used_i: set[int] = set()
    used_j: set[int] = set()
    pairs = []
    for _, _, i, j in scored:
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            pairs.append((i, j))
    return pairs


def source_right(text: str, gold: Item, system: Item) -> bool:
    a, b = words(text, gold.source), words(text, system.source)
    return bool(a & b) or (not a and not b)


def diptych_items(texts: dict[str, str]) -> dict[str, list[Item]]:
    from diptych.annotate.statements import find_attributions
    from diptych.knowledge import load
    from diptych.models.parser import load_parser

    nlp, kb = load_parser(), load()
    out = {}
    for name, text in texts.items():
        grouped: dict[tuple[int, int], list] = defaultdict(list)
        for found in find_attributions(nlp(text), kb):
            grouped[found.cue if found.quoted else (found.cue[0], -found.content[0])].append(found)
        items = [
            Item(
                (group[0].source,) if group[0].source else (),
                (group[0].cue,),
                tuple(found.content for found in group),
            )
            for group in grouped.values()
        ]
        out[name] = outermost(text, items)
    return out


def outermost(text: str, items: list[Item]) -> list[Item]:
    """Drop the items whose cue lies in the content of another."""
    contents = [words(text, item.content) for item in items]
    kept = []
    for i, item in enumerate(items):
        cue = words(text, item.cue)
        if not any(j != i and cue and cue <= contents[j] for j in range(len(items))):
            kept.append(item)
    return kept


def others_items(interpreter: Path, texts: dict[str, str]) -> dict[str, dict[str, list[Item]]]:
    """What the extractors installed for another interpreter find, by extractor and text."""
    script = Path(__file__).with_name("polnear_others.py")
    done = subprocess.run(
        [str(interpreter), str(script)], input=json.dumps(texts), stdout=subprocess.PIPE, text=True, check=True
    )

    def spans(pairs: list[list[int]]) -> Spans:
        return tuple((a, b) for a, b in pairs)

    return {
        label: {name: [Item(*(spans(part) for part in item)) for item in items] for name, items in found.items()}
        for label, found in json.loads(done.stdout).items()
    }


def score(texts: dict[str, str], gold: dict[str, list[Item]], system: dict[str, list[Item]]) -> dict[str, float]:
    n_gold = n_system = hits = right = 0
    for name, items in gold.items():
        mine = system.get(name, [])
        pairs = match(texts[name], items, mine)
        n_gold, n_system, hits = n_gold + len(items), n_system + len(mine), hits + len(pairs)
        right += sum(source_right(texts[name], items[i], mine[j]) for i, j in pairs)
    p, r = hits / n_system if n_system else 0.0, hits / n_gold if n_gold else 0.0
    return {
        "documents": len(gold),
        "gold": n_gold,
        "system": n_system,
        "precision": round(p, 3),
        "recall": round(r, 3),
        "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
        "source": round(right / hits, 3) if hits else 0.0,
    }


def table(result: dict[str, dict[str, float]]) -> str:
    """The figures as one table, a line a system."""
    columns = ("system", "precision", "recall", "f1", "source")
    lines = [f"{'':28}" + "".join(f"{'found' if name == 'system' else name:>11}" for name in columns)]
    for label, row in result.items():
        lines.append(f"{label:28}" + "".join(f"{row.get(name, ''):>11}" for name in columns))
    return "\n".join(lines)


def main() -> None:
    root = Path(os.environ.get("DIPTYCH_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("corpus", nargs="?", type=Path, default=root / "corpora" / "polnear-dev")
    ap.add_argument("--others", type=Path, metavar="PYTHON", help="interpreter that has other extractors")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--errors", type=int, default=0, help="list errors of the first N documents")
    a = ap.parse_args()
    if not a.corpus.is_dir():
        sys.exit(f"The corpus is not at {a.corpus}. Give its folder as the first argument.")
    annotators: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((a.corpus / "attributions").glob("*.ann")):
        annotators[path.stem.rsplit("_", 1)[0]].append(path)
    texts = {name: (a.corpus / "text" / f"{name}.txt").read_text("utf-8") for name in annotators}
    gold = {name: read_gold(paths[0]) for name, paths in annotators.items()}
    others: list[dict[str, float]] = []
    for name, paths in annotators.items():
        for path in paths[1:]:
            others.append(score(texts, {name: gold[name]}, {name: read_gold(path)}))
    system = diptych_items(texts)
    result = {"diptych": score(texts, gold, system)}
    if a.others is not None:
        for label, items in others_items(a.others, texts).items():
            result[label] = score(texts, gold, items)
    if others:
        mean = {
            key: round(sum(row[key] for row in others) / len(others), 3)
            for key in ("precision", "recall", "f1", "source")
        }
        result["other annotators (mean)"] = {"pairs": len(others), **mean}
    if a.json:
        print(json.dumps(result, indent=1))
    else:
        print(table(result))
    for name in list(gold)[: a.errors]:
        show_errors(name, texts[name], gold[name], system[name])


def show_errors(name: str, text: str, gold: list[Item], system: list[Item]) -> None:
    pairs = match(text, gold, system)
    hit_i, hit_j = {i for i, _ in pairs}, {j for _, j in pairs}
    say = lambda spans: " … ".join(text[x:y].replace("\n", "⏎") for x, y in spans)  # noqa: E731
    print("==", name)
    for sign, items, hit in (("missed", gold, hit_i), ("extra ", system, hit_j)):
        for k, item in enumerate(items):
            if k not in hit:
                print(f"  {sign} [{say(item.source)}] [{say(item.cue)}] {say(item.content)[:180]}")
    for i, j in pairs:
        if not source_right(text, gold[i], system[j]):
            print(f"  source [{say(gold[i].source)}] read as [{say(system[j].source)}] [{say(gold[i].cue)}]")


if __name__ == "__main__":
    main()
