"""Readouts with the title hidden: does the reading of the body agree with what the title says?

usage: python eval/hidden_titles.py [CORPUS ...] [--sample N] [--seed N] [--errors N]

A title such as "Secretary A's Call with B Foreign Minister C" names the kind of contact, the counterpart and the
counterpart's country. The body is read without it; a document counts as right when the first contact that the
reading gives is of that kind and has a participant of that name and country. Only documents whose title names
exactly one counterpart are judged; the title is taken apart here, by its form, not by the reader under test.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diptych.annotate.contacts import find_contacts
from diptych.annotate.lexicon import vocabulary
from diptych.annotate.mentions import find_mentions
from diptych.knowledge import Knowledge, load
from diptych.models.parser import load_parser
from diptych.records import Contact, Document, content_id

SHARED = Path(os.environ.get("DIPTYCH_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPORA = ("white-house", "state-department", "kremlin", "ukraine-president", "singapore-mfa")
COUNTRY = {
    "white-house": "USA",
    "state-department": "USA",
    "kremlin": "RUS",
    "ukraine-president": "UKR",
    "singapore-mfa": "SGP",
}
FAMILY = {
    "phone_call": "call",
    "video_call": "call",
    "meeting": "meeting",
    "summit": "meeting",
    "trilateral": "meeting",
    "multilateral": "meeting",
    "visit": "meeting",
}

_CALL = (
    r"(?:phone |telephone |video |secure video |virtual |introductory )*"
    r"(?:call|conversation|videoconference|video conference|talk)"
)
_MEETING = r"(?:bilateral |virtual |trilateral |introductory )*(?:meeting|talks|lunch|luncheon|dinner|summit)"
_TITLE = re.compile(
    rf"\b(?:(?P<call>{_CALL}|spoke by (?:telephone|phone)|telephoned)|(?P<meeting>{_MEETING}|met))\b"
    r"(?: by (?:phone|telephone))?\s+with\s+(?P<who>.+)$",
    re.IGNORECASE,
)
_NO_READOUT = re.compile(
    r"\bremarks\b|\btranscript\b|press (?:conference|briefing|gaggle|call)|interview|joint statement|availability",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*[,–-]\s*\d{1,2} \w+ \d{4}.*|\s+on (?:the|[A-Z]\w+ \d).*|\s+in [A-Z].*|\s+at the .*"
    r"|\s+ahead of .*|\s+to discuss .*)$"
)
_SEVERAL = re.compile(
    r"\band\b|;|&|\b(?:members|leaders|ministers|delegation|participants|heads|representatives|officials|ambassadors|senators|"
    r"governors|mayors|ceos|families|activists|advocates|organizers|legislators|economists|experts|caucus|team|group|observers|"
    r"students|women|businessmen|journalists|staff|presidents|governors|deputies|counterparts|youth|workers|veterans)\b",
    re.IGNORECASE,
)
#: A counterpart is named with an office or as a person of rank.
_RANK = re.compile(
    r"\b(?:president|minister|secretary|king|queen|prince|sheikh|chancellor|advis[eo]r|director|head|envoy|representative|"
    r"commissioner|ambassador|premier|taoiseach|emir|amir|sultan|speaker|chair\w*|pope|patriarch|general|governor|senator|"
    r"prime|leader|chief|secretary-general|director-general|coordinator|councill?or|dr|president-elect|administrator)\b",
    re.IGNORECASE,
)
_FIELD = r"(?:Affairs|Cooperation|Integration|Security|Policy|Trade|Relations|State|Expatriates|Emigrants)"
_OFFICE_OF = re.compile(
    r"\b(?:Minister|Secretary|State Secretary|Commissioner|Adviser|Advisor|Envoy|Representative|Coordinator|Speaker"
    r"|Director)s? (?:of|for|on) (?:the )?(?:[A-Z][\w-]+)"
    rf"(?:(?:,? (?:and|&) | for | of (?:the )?|, | )(?:[A-Z][\w-]+(?= (?:and|of|for|{_FIELD}))|{_FIELD}))*"
)
_NOT_NAME = vocabulary(
    "president prime minister foreign secretary state deputy vice first second chancellor king queen crown "
    "prince sheikh his her excellency majesty highness royal the of and for dr mr mrs ms general defense "
    "defence national security advisor adviser affairs external special envoy representative high "
    "commissioner commission council european union director head office chief staff speaker chairman "
    "chairwoman chair permanent under assistant senior minister's ambassador federal taoiseach premier emir "
    "amir sultan interim transitional acting former designate elect republic kingdom people's federation "
    "united states democratic socialist islamic nations un eu nato secretary-general director-general "
    "governor senator congressman energy finance trade interior justice health commerce climate cooperation "
    "international relations development economy industry central middle east presidential hon honourable "
    "cabinet intelligence press party leader opposition political policy principal counselor councilor "
    "councillor coordinator supreme court house representatives parliament national assembly world bank "
    "organization group sir dame lord professor his holiness pope patriarch all russia emirate acting- "
    "president commander forces army treasury economic planning executive chairperson region autonomous board "
    "member co-chair founder ceo company"
)


@dataclass(frozen=True)
class Told:
    """What a title tells: kind of contact, the counterpart's country where it names one, the words of the name."""

    kind: str
    country: str | None
    name: tuple[str, ...]


def fold(word: str) -> str:
    """Lower case without accents and final full stops."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.casefold().strip(".'’,()")


def read_title(title: str, kb: Knowledge, own: str) -> Told | None:
    """Take a title apart; None where it does not name exactly one counterpart."""
    title = re.sub(r"\s+", " ", title.replace("’", "'")).strip()
    found = _TITLE.search(title)
    if found is None:
        return None
    who = _TAIL.sub("", found.group("who")).strip()
    bare = _OFFICE_OF.sub(" ", who)
    if _SEVERAL.search(bare) or "," in re.sub(
        r",? (?:Jr|Sr)\.?|, (?:President|Prime|Chancellor|Minister|King|Secretary)[^,]*$", "", bare
    ):
        return None
    if not _RANK.search(who):
        return None
    lands = {hit.country for hit in kb.states_in(who) if hit.country != own}
    if len(lands) > 1:
        return None
    rest = list(bare)
    for hit in kb.states_in(bare):
        rest[hit.start : hit.end] = " " * (hit.end - hit.start)
    words = re.findall(r"[^\W\d_][\w'’.-]*", "".join(rest))
    name = tuple(
        fold(re.sub(r"['’]s?$", "", w))
        for w in words
        if w[0].isupper()
        and fold(re.sub(r"['’]s?$", "", w)) not in _NOT_NAME
        and len(fold(w)) > 1
        and not (w.isupper() and len(w) <= 5)
    )
    if not name or len(name) > 5:
        return None
    virtual = re.search(r"virtual|video|online", title, re.IGNORECASE) is not None
    return Told(
        kind="call" if found.group("call") else "virtual" if virtual else "meeting",
        country=lands.pop() if lands else None,
        name=name,
    )


def main_contact(contacts: tuple[Contact, ...]) -> Contact | None:
    """The contact that a readout is about: its first between two people that is no background, else its first."""
    for contact in contacts:
        if not contact.background and sum(p.name is not None for p in contact.participants) > 1:
            return contact
    return next((c for c in contacts if not c.background), contacts[0] if contacts else None)


def _near(a: str, b: str) -> bool:
    return a == b or (len(a) > 4 and len(b) > 4 and a[:4] == b[:4] and abs(len(a) - len(b)) <= 2)


def judge(told: Told, contact: Contact | None) -> str:
    """ "right", or the first thing that is wrong: contact, kind, name, country."""
    if contact is None:
        return "no contact"
    tokens = [(p, {fold(t) for w in (p.name or "").split() for t in (w, *w.split("-"))}) for p in contact.participants]
    bearer = next((p for p, own in tokens if own & set(told.name)), None)
    if bearer is None:
        bearer = next((p for p, own in tokens if any(_near(t, o) for t in told.name for o in own)), None)
    if bearer is None:
        return "name"
    if told.country is not None and bearer.country != told.country:
        return "country"
    if told.kind == "virtual":
        # a virtual meeting is told as a call by one office and as a meeting by the next
        return "right" if FAMILY.get(contact.kind) in ("call", "meeting") else "kind"
    return "right" if FAMILY.get(contact.kind) == told.kind else "kind"


def day_of(text: str | None) -> dt.date | None:
    """The day of a corpus row, written 2021-01-27… or 17 Nov 2023, 07:19."""
    if text and re.match(r"\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text[:10])
    if text:
        try:
            return dt.datetime.strptime(text.split(",")[0], "%d %b %Y").date()
        except ValueError:
            return None
    return None


def rows(corpus: str) -> Iterator[dict[str, str]]:
    """The rows of a corpus, in order."""
    with gzip.open(SHARED / "corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def selected(corpus: str, kb: Knowledge, sample: int | None, seed: int) -> list[tuple[dict[str, str], Told]]:
    """The rows whose title names one counterpart, with what it tells; a sample of them where one is asked for."""
    out = []
    for row in rows(corpus):
        if _NO_READOUT.search(row.get("title") or ""):
            continue
        told = read_title(row.get("title") or "", kb, COUNTRY[corpus])
        if told is not None and row.get("text"):
            out.append((row, told))
    if sample is not None and sample < len(out):
        out = random.Random(seed).sample(out, sample)
    return out


def main() -> int:
    """Print a table of agreement, one line for each corpus."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpora", nargs="*", default=["white-house", "state-department"], help=", ".join(CORPORA))
    parser.add_argument("--sample", type=int, help="read only so many documents of each corpus")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--errors", type=int, default=0, help="show so many disagreements of each corpus")
    options = parser.parse_args()
    if not (SHARED / "corpora").is_dir():
        print(f"no corpora at {SHARED} (set DIPTYCH_SHARED)", file=sys.stderr)
        return 3
    kb, nlp = load(), load_parser()
    for corpus in options.corpora:
        chosen = selected(corpus, kb, options.sample, options.seed)
        results: Counter[str] = Counter()
        shown = 0
        for number, (row, told) in enumerate(chosen, 1):
            document = Document(
                id=content_id("document", row["url"]),
                uri=row["url"],
                text=row["text"],
                country=COUNTRY[corpus],
                published=day_of(row.get("date")),
                language="en",
                kind="readout",
            )
            doc = nlp(document.text)
            actors, mentions = find_mentions(document, doc, kb)
            contact = main_contact(find_contacts(document, doc, actors, mentions, kb))
            verdict = judge(told, contact)
            results[verdict] += 1
            if verdict != "right" and shown < options.errors:
                shown += 1
                print(f"  {verdict}: {row['title']} | {told}")
                if contact is not None:
                    people = [(p.name or p.office, p.country) for p in contact.participants]
                    print(f"      {contact.kind} {contact.status} {people}")
                print("      " + document.text[:400].replace("\n", " / "))
            if sys.stderr.isatty():
                print(f"\r{corpus} {number}/{len(chosen)}", end="", file=sys.stderr)
        total = sum(results.values())
        rest = "  ".join(f"{k} {v}" for k, v in sorted(results.items()) if k != "right")
        print(f"{corpus:18} {results['right']}/{total} = {results['right'] / max(total, 1):.3f}  {rest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
