"""Speed and memory, as ratios taken in one run; never accuracy.

usage: python -m benchmarks.speed [--documents N] [--corpus FILE.jsonl.gz ...]

reading   documents a second of the whole reading against the bare spaCy pipeline over the same texts, in turn,
          batch by batch in one process; and the memory that reading holds
comparing seconds of a whole `diptych compare` process, and of one comparison once models are loaded
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from diptych.annotate import annotate
from diptych.clean import from_record
from diptych.pipeline import Engine
from diptych.read import Row, expand
from diptych.records import Document
from eval.datasets import GOLD, SHARED, plain_document

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "sarvenia-tolmara"
BATCH = 32


def documents(corpora: list[Path], wanted: int) -> list[Document]:
    """The documents to read: in turn from each corpus, or the invented pairs where no corpus is there."""
    if corpora:
        rows = itertools.zip_longest(*(expand([str(corpus)]) for corpus in corpora))
        flat = (row for group in rows for row in group if isinstance(row, Row))
        return list(itertools.islice((from_record(row.fields) for row in flat), wanted))
    lines = (GOLD / "invented" / "pairs.jsonl").read_text("utf-8").splitlines()
    texts = [side["text"] for line in lines for side in json.loads(line)["sides"]]
    return [plain_document(text, f"{n}") for n, text in enumerate(itertools.islice(itertools.cycle(texts), wanted))]


def reading(engine: Engine, found: list[Document]) -> tuple[float, float]:
    """Seconds of the bare pipeline and of the whole reading over the same documents."""
    bare = whole = 0.0
    for batch in _batches(found):
        texts = [document.text for document in batch]
        for which in ("bare", "whole") if len(batch) % 2 else ("whole", "bare"):
            with engine.parser.memory_zone():
                began = time.perf_counter()
                for document, doc in zip(batch, engine.parser.pipe(texts, batch_size=BATCH), strict=True):
                    if which == "whole":
                        annotate(document, doc, engine.knowledge)
                spent = time.perf_counter() - began
            if which == "bare":
                bare += spent
            else:
                whole += spent
    return bare, whole


def comparing(engine: Engine, runs: int) -> tuple[float, float]:
    """Median seconds of a whole process, and of one comparison once everything is loaded."""
    a, b = SAMPLES / "account-a.txt", SAMPLES / "account-b.txt"
    command = [str(Path(sys.executable).parent / "diptych"), "compare", str(a), str(b), "--format", "json"]
    processes, loaded = [], []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        processes.append(time.perf_counter() - began)
    left, right = (plain_document(file.read_text("utf-8"), file.name) for file in (a, b))
    for _ in range(runs + 1):
        began = time.perf_counter()
        engine.compare(left, right)
        loaded.append(time.perf_counter() - began)
    return statistics.median(processes), statistics.median(loaded[1:])


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--corpus", type=Path, nargs="*", default=sorted(SHARED.glob("corpora/[!c]*.jsonl.gz")))
    parser.add_argument("--runs", type=int, default=5)
    call = parser.parse_args()
    engine = Engine.start("compare")
    found = documents(call.corpus, call.documents)
    list(engine.parser.pipe([document.text for document in found[:8]]))
    bare, whole = reading(engine, found)
    print(f"documents read            {len(found)}")
    print(f"bare spaCy pipeline       {len(found) / bare:.1f} documents/s")
    print(f"whole reading             {len(found) / whole:.1f} documents/s")
    print(f"ratio                     {bare / whole:.2f}")
    print(f"peak memory               {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    process, loaded = comparing(engine, call.runs)
    print(f"compare, whole process    {process:.2f} s (median of {call.runs})")
    print(f"compare, once loaded      {loaded:.3f} s (median of {call.runs})")


def _batches(items: list[Document]) -> Iterator[list[Document]]:
    for at in range(0, len(items), BATCH):
        yield items[at : at + BATCH]


if __name__ == "__main__":
    main()
