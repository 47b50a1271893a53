"""Adding to an archive: documents a second as it grows, memory of all processes, size; and adding all of it again.

usage: python -m benchmarks.archive --db FILE [--workers N] [--limit N] [--mix] SOURCE…

``--mix`` adds the rows of all sources in one order drawn by chance (the same at every run): only then can the rates at
different sizes be compared, because texts of one source are longer than those of another.
Prints one JSON object. ``rates`` gives, between so many documents and so many, documents and CPU seconds: the clock
depends on what else the machine does, CPU seconds do not. ``peak_mb`` is the proportional set size of all processes
together (what they share is counted once); it is read from /proc, so only on Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from diptych.read import Row, expand

MARKS = (0, 1_000, 5_000, 10_000)
EVERY = 2.0
DIPTYCH = [sys.executable, "-c", "from diptych.cli import main; main()"]


@dataclass(frozen=True)
class Sample:
    """How far adding was at a moment: seconds since the start, documents, CPU seconds and MB of all processes."""

    seconds: float
    documents: int
    cpu: float
    memory: float


def add(db: Path, sources: list[str], options: list[str]) -> tuple[list[Sample], dict[str, object]]:
    """Add ``sources`` in a process of its own; return the samples taken and the summary it printed."""
    began = time.monotonic()
    command = [*DIPTYCH, "--db", str(db), "add", *sources, *options, "--format", "json"]
    cpu: dict[int, float] = {}
    samples: list[Sample] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        while running.poll() is None:
            memory = 0.0
            for pid in _family(running.pid):
                with contextlib.suppress(OSError, ValueError):
                    cpu[pid] = _cpu(pid)
                    memory += _megabytes(pid)
            samples.append(Sample(time.monotonic() - began, _documents(db), sum(cpu.values()), memory))
            time.sleep(EVERY)
        samples.append(Sample(time.monotonic() - began, _documents(db), sum(cpu.values()), 0.0))
        told = running.stdout.read() if running.stdout else ""
    return samples, json.loads(told)


def rates(samples: list[Sample]) -> list[dict[str, float]]:
    """Documents a second, and CPU seconds a document, between the marks."""
    found = []
    last = samples[-1].documents
    marks = [*(mark for mark in MARKS if mark < last), last]
    for low, high in itertools.pairwise(marks):
        first = next(sample for sample in samples if sample.documents >= low and (low == 0 or sample.documents))
        reached = next(sample for sample in samples if sample.documents >= high)
        documents = reached.documents - first.documents
        seconds, spent = reached.seconds - first.seconds, reached.cpu - first.cpu
        if documents and seconds > 0:
            found.append(
                {
                    "from": low,
                    "to": high,
                    "documents_per_second": round(documents / seconds, 2),
                    "cpu_seconds_per_document": round(spent / documents, 4),
                }
            )
    return found


def mixed(sources: list[str], folder: Path) -> str:
    """One file with the rows of all sources, in an order drawn by chance."""
    lines = [json.dumps(dict(row.fields), ensure_ascii=False) for row in expand(sources) if isinstance(row, Row)]
    random.Random(1).shuffle(lines)
    path = folder / "mixed.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def _documents(db: Path) -> int:
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as file,
    ):
        return int(file.execute("SELECT count(*) FROM documents").fetchone()[0])
    return 0


def _family(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                children.setdefault(int(_stat(int(name))[1]), []).append(int(name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    """Add everything, add it again, and print what that took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--db", type=Path, required=True, help="the archive to write; it must not be there yet")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--mix", action="store_true", help="add the rows of all sources in an order drawn by chance")
    asked = parser.parse_args()
    if asked.db.exists():
        parser.error(f"{asked.db} is there already")
    options = ["--workers", str(asked.workers), *(["--limit", str(asked.limit)] if asked.limit else [])]
    with tempfile.TemporaryDirectory() as folder:
        sources = [mixed(asked.sources, Path(folder))] if asked.mix else asked.sources
        samples, first = add(asked.db, sources, options)
        _, second = add(asked.db, sources, options)
    took, again = samples[-1].seconds, float(str(second["seconds"]))
    print(
        json.dumps(
            {
                "first": first,
                "seconds": round(took, 1),
                "cpu_seconds": round(samples[-1].cpu, 1),
                "rates": rates(samples),
                "peak_mb": round(max(sample.memory for sample in samples)),
                "file_mb": round(asked.db.stat().st_size / 1e6, 1),
                "second": second,
                "second_over_first": round(again / float(str(first["seconds"])), 4),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
