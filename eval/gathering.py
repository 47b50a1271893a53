"""Gathering on real documents: annotated contacts found, contacts with accounts of two sides, a sample to read.

usage: python -m eval.gathering READINGS... [--pairs DIR] [--sample N] [--seed S] [--near DAYS] [--no-copies]

READINGS are files of `diptych read --output FILE.jsonl`, one reading a line: the whole of what was published, since
what is missing here cannot be joined. DIR (default: ../shared/gold/pairs beside the checkout) holds annotated pairs:
of each contact whose documents are among the readings, whether it is found, whether the documents of both sides are
in it, and which other documents are.

The sample is drawn by seed, half of it from contacts of two documents or more. For each contact it prints the
documents in it, and what else was published within DAYS whose title names one of its people: reading both tells
precision (documents in a contact that belong to it) and recall (documents about the contact that are in it).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from diptych.gather import CopyCandidate, gather, near_copies, signature, tellings_of
from diptych.knowledge import Knowledge, load
from diptych.records import Document, GatheredContact, Reading, Telling

SHARED = Path(os.environ.get("DIPTYCH_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@dataclass(frozen=True)
class Gathered:
    """All that was read and what was made of it."""

    documents: dict[str, Document]
    tellings: tuple[Telling, ...]
    copies: tuple[frozenset[str], ...]
    contacts: tuple[GatheredContact, ...]


def readings(paths: Sequence[Path]) -> Iterator[Reading]:
    decoder = msgspec.json.Decoder(Reading)
    for path in paths:
        with path.open("rb") as lines:
            for line in lines:
                yield decoder.decode(line)


def gathered(paths: Sequence[Path], kb: Knowledge, *, with_copies: bool = True) -> Gathered:
    documents: dict[str, Document] = {}
    tellings: list[Telling] = []
    candidates: list[CopyCandidate] = []
    for reading in readings(paths):
        document = reading.document
        if document.id in documents:
            continue
        documents[document.id] = document
        tellings += tellings_of(reading, kb)
        if with_copies:
            candidates.append(CopyCandidate(document.id, document.published, signature(document.text)))
    copies = near_copies(candidates, lambda one: documents[one].text)
    began = time.perf_counter()
    contacts = tuple(gather(tellings, kb, copies=copies))
    took = time.perf_counter() - began
    print(f"{len(documents)} documents, {len(tellings)} tellings, {len(copies)} groups of near-copies")
    print(f"{len(contacts)} contacts, gathered in {took:.1f} s")
    print(f"{sum(len(members(one)) > 1 for one in contacts)} contacts of two documents or more")
    return Gathered(documents, tuple(tellings), copies, contacts)


def members(contact: GatheredContact) -> set[str]:
    return {account.document for account in contact.accounts}


def own_sides(contact: GatheredContact) -> set[str]:
    """The sides that took part and published an account of their own."""
    sides = {one.country for one in contact.participants}
    return {
        account.side for account in contact.accounts if account.side in sides and account.via is None and account.side
    }


def annotated(found: Gathered, folder: Path) -> None:
    """Print what became of the annotated contacts."""
    print("\nannotated contacts")
    uris: defaultdict[str, set[str]] = defaultdict(set)
    for document in found.documents.values():
        uris[document.uri].add(document.id)
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            pair = json.loads(line)
            sides = [uris.get(side["url"], set()) for side in pair["sides"]]
            known = [side for side in sides if side]
            hits = [one for one in found.contacts if any(members(one) & side for side in known)]
            joined = [one for one in hits if all(members(one) & side for side in known)]
            third = [
                found.documents[document].title
                for one in joined[:1]
                for document in sorted(members(one) - set().union(*known))
            ]
            state = "joined" if joined and len(known) == len(sides) else ("found" if joined else "MISSED")
            print(f"  {state:7} {pair['pair_id']}: {len(known)} of {len(sides)} documents are there")
            for title in third:
                print(f"          and {title}")


def two_sided(found: Gathered) -> None:
    """Print the contacts of which two sides published accounts."""
    both = [one for one in found.contacts if len(own_sides(one)) > 1]
    print(f"\n{len(both)} contacts with own accounts of two sides or more")
    for one in both:
        print(f"  {headline(one)}")
        for account in one.accounts:
            if account.via is None:
                print(f"      {account.side} {account.published} {account.title}")


def headline(contact: GatheredContact) -> str:
    who = ", ".join(f"{one.name or one.office or '-'} ({one.country})" for one in contact.participants)
    return f"{contact.date} {contact.kind} {contact.status} {contact.place or ''}: {who}"


def sample(found: Gathered, kb: Knowledge, size: int, seed: int, near: int) -> None:
    """Print contacts drawn by seed, with their documents and those that may be missing."""
    maker = random.Random(seed)
    several = [one for one in found.contacts if len(members(one)) > 1]
    single = [one for one in found.contacts if len(members(one)) == 1]
    drawn = maker.sample(several, min(len(several), size // 2))
    drawn += maker.sample(single, min(len(single), size - len(drawn)))
    named: defaultdict[str, list[Document]] = defaultdict(list)
    for document in found.documents.values():
        for word in set(kb.words_of_name(document.title or "")):
            named[word].append(document)
    print(f"\nsample of {len(drawn)}, seed {seed}")
    for contact in drawn:
        print(f"\n{contact.id} {headline(contact)}")
        for account in contact.accounts:
            via = f" via {account.via}" if account.via else ""
            print(f"  in   {account.side}{via} {account.published} {account.document} {account.title}")
        for document in around(contact, found, named, kb, near):
            print(f"  out  {document.country} {document.published} {document.id} {document.title}")


def around(
    contact: GatheredContact, found: Gathered, named: dict[str, list[Document]], kb: Knowledge, near: int
) -> list[Document]:
    """Documents outside the contact whose titles name its people within some days."""
    days = [account.published for account in contact.accounts if account.published]
    if not days:
        return []
    first, last = min(days) - dt.timedelta(near), max(days) + dt.timedelta(near)
    publisher = contact.accounts[0].side
    words = {
        word
        for one in contact.participants
        if one.name and one.country != publisher
        for word in kb.words_of_name(one.name)
        if len(word) > 3
    }
    out = {
        document.id: document
        for word in sorted(words)
        for document in named.get(word, ())
        if document.published and first <= document.published <= last and document.id not in members(contact)
    }
    return list(out.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", nargs="+", type=Path)
    parser.add_argument("--pairs", type=Path, default=SHARED / "gold" / "pairs")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--near", type=int, default=3)
    parser.add_argument("--no-copies", action="store_true")
    args = parser.parse_args()
    kb = load()
    found = gathered(args.readings, kb, with_copies=not args.no_copies)
    annotated(found, args.pairs)
    two_sided(found)
    if args.sample:
        sample(found, kb, args.sample, args.seed, args.near)


if __name__ == "__main__":
    main()
