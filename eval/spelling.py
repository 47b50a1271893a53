"""One text in several spellings of space and quotation marks must read the same, and every quote must be verbatim.

usage: python -m eval.spelling [CORPUS ...] [--sample N] [--seed N] [--all] [--show N]

A sample (or all) of the corpora is read as it is and once a spelling: lines broken at another width, curly marks
straight, straight marks curly, no-break spaces, double spaces. Printed are the documents whose contacts or
statements differ, and the quotes that are not the text between their offsets.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from diptych.clean import from_record
from diptych.errors import DiptychError
from diptych.pipeline import Engine
from diptych.records import Reading
from eval.datasets import SHARED

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_SPACE = re.compile(r"\s+")


def broken_lines(text: str) -> str:
    """Break the paragraphs into lines of another width, parted by empty lines."""
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    return "\n\n".join(textwrap.fill(p, 90, break_long_words=False, break_on_hyphens=False) for p in paragraphs)


def straight_marks(text: str) -> str:
    """Make curly quotation marks and apostrophes straight."""
    return text.translate(_STRAIGHT)


def curly_marks(text: str) -> str:
    """Make straight quotation marks and apostrophes curly."""
    text = re.sub(r'(?<![\w.,!?…)”\'])"(?=\S)', "“", text)
    text = text.replace('"', "”")
    text = re.sub(r"(?<!\w)'(?=\w)", "‘", text)
    return text.replace("'", "’")


def no_break_spaces(text: str) -> str:
    """Make every fifth space one that does not break."""
    count = iter(range(len(text)))
    return re.sub(r"(?<=\S) (?=\S)", lambda m: "\u00a0" if next(count) % 5 == 0 else " ", text)


def double_spaces(text: str) -> str:
    """Set two spaces between sentences."""
    return re.sub(r"(?<=[a-z][.!?]) (?=[A-Z])", "  ", text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "line breaks": broken_lines,
    "straight marks": straight_marks,
    "curly marks": curly_marks,
    "no-break spaces": no_break_spaces,
    "double spaces": double_spaces,
}


@dataclass(frozen=True)
class Difference:
    """A document that reads otherwise in another spelling, and what is read on one side only."""

    uri: str
    spelling: str
    only_as_written: tuple[str, ...]
    only_respelled: tuple[str, ...]


def plain(words: str | None) -> str:
    """Words without what the spellings change."""
    return _SPACE.sub(" ", straight_marks(words or "")).strip()


def told(reading: Reading) -> Counter[str]:
    """What a reading tells, in words that no spelling changes."""
    out: Counter[str] = Counter()
    for c in reading.contacts:
        people = ", ".join(sorted(plain(p.name or p.office or p.country) for p in c.participants))
        out[f"contact {c.kind} {c.status} {c.date} {people} | {plain(c.quote)}"] += 1
    for s in reading.statements:
        out[f"statement {s.act} {s.negated} {plain(s.source)} | {plain(s.cue)} | {plain(s.content.quote)}"] += 1
    return out


def wrong_quotes(reading: Reading) -> list[str]:
    """Return the quotes of a reading that are not the text between their offsets, or not in the text at all."""
    text = reading.document.text
    placed = [(m.start, m.end, m.quote) for m in reading.mentions]
    placed += [(c.start, c.end, c.quote) for c in reading.contacts]
    placed += [(s.content.start, s.content.end, s.content.quote) for s in reading.statements]
    placed += [(*s.cue_span, s.cue) for s in reading.statements]
    placed += [(*s.source_span, s.source) for s in reading.statements if s.source_span and s.source is not None]
    placed += [(q.start, q.end, q.quote) for claim in reading.contested for q in claim.quotes]
    wrong = [quote for start, end, quote in placed if text[start:end] != quote]
    loose = [q for c in reading.contacts for q in (c.date_quote, c.time_quote) if q is not None]
    return wrong + [quote for quote in loose if quote not in text]


def rows(corpora: list[str], sample: int | None, seed: int) -> Iterator[dict[str, Any]]:
    """Yield ``sample`` rows of all corpora together, or all."""
    files = [SHARED / "corpora" / f"{name}.jsonl.gz" for name in corpora]
    draw = random.Random(seed)
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            found = [line for line in lines if line.strip()]
        if sample is not None:
            found = draw.sample(found, min(len(found), -(-sample // len(files))))
        yield from (json.loads(line) for line in found)


def differences(engine: Engine, row: dict[str, Any]) -> tuple[list[Difference], list[str]]:
    """Read one row in all spellings; return where readings differ, and quotes that are not verbatim."""
    found: list[Difference] = []
    try:
        first = engine.read(from_record(row))
    except DiptychError:
        return [], []
    wrong = wrong_quotes(first)
    base = told(first)
    for name, respell in SPELLINGS.items():
        # the whole row is spelt one way, its title too
        changed = {
            key: respell(value)
            if key == "text" or (key == "title" and value and name in ("straight marks", "curly marks"))
            else value
            for key, value in row.items()
        }
        if changed == row:
            continue
        reading = engine.read(from_record(changed))
        wrong += wrong_quotes(reading)
        other = told(reading)
        if other != base:
            found.append(
                Difference(
                    str(row.get("url")), name, tuple((base - other).elements()), tuple((other - base).elements())
                )
            )
    return found, wrong


def main(arguments: list[str] | None = None) -> int:
    """Print what differs; returns 1 where a quote is not verbatim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ["white-house", "state-department", "kremlin", "ukraine-president", "singapore-mfa"]
    parser.add_argument("corpora", nargs="*", default=names)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--show", type=int, default=10, help="how many differences are shown")
    call = parser.parse_args(arguments)
    engine = Engine.start("read")
    count, broken = 0, 0
    by_spelling: Counter[str] = Counter()
    for row in rows(call.corpora, None if call.all else call.sample, call.seed):
        count += 1
        found, wrong = differences(engine, row)
        broken += len(wrong)
        for difference in found:
            by_spelling[difference.spelling] += 1
            if sum(by_spelling.values()) <= call.show:
                print(f"{difference.uri}: {difference.spelling}")
                for mark, told_there in (("-", difference.only_as_written), ("+", difference.only_respelled)):
                    for words in told_there[:4]:
                        print(f"  {mark} {words[:300]}")
    shares = ", ".join(f"{name} {by_spelling[name]}" for name in SPELLINGS)
    print(f"{count} documents; read otherwise: {shares}; quotes that are not verbatim: {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
