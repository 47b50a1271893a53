"""An annotated invented pair as a Comparison, so that views are tested on real content without any model."""

from __future__ import annotations

import datetime as dt
import json

from diptych.records import (
    AspectWords,
    Comparison,
    Contact,
    Document,
    Emphasis,
    KeyDifference,
    Nearest,
    Participant,
    Point,
    Relation,
    Side,
    content_id,
)
from tests.conftest import ROOT

INVENTED = ROOT / "eval" / "gold" / "invented"


def annotated(pair_id: str) -> Comparison:
    with (INVENTED / "pairs.jsonl").open(encoding="utf-8") as lines:
        pair = next(p for p in map(json.loads, lines) if p["pair_id"] == pair_id)
    gold = json.loads((INVENTED / "gold" / f"{pair_id}.json").read_text("utf-8"))
    documents = [
        Document(
            id=content_id("doc", side["text"]),
            uri=f"{letter}.txt",
            text=side["text"],
            title=side["title"],
            publisher=side["side"],
            published=dt.date.fromisoformat(side["date"]),
            language="en",
            kind="readout",
        )
        for letter, side in zip("ab", pair["sides"], strict=True)
    ]
    points = []
    for item in gold["points"]:
        side = item["id"][0].lower()
        start = documents["ab".index(side)].text.index(item["quote"])
        points.append(
            Point(
                id=item["id"],
                side=side,
                start=start,
                end=start + len(item["quote"]),
                quote=item["quote"],
                act=item["act"],
                holder={"A": "a", "B": "b"}.get(item["holder"], item["holder"]),
                topics=tuple(item["topics"]),
            )
        )
    words = (AspectWords(aspect="strength", a="agreed", b="discussed"),)
    relations = tuple(
        Relation(
            a=tuple(r["a"]),
            b=tuple(r["b"]),
            kind=r["type"],
            confidence=0.9,
            because="annotation",
            aspects=words if r["type"] == "differs" else (),
        )
        for r in gold["relations"]
    )
    linked = {i for r in relations for i in (*r.a, *r.b)}
    alone = [p for p in points if p.id not in linked]
    nearest = {}
    for point in alone[:-1]:
        other = documents[1 - "ab".index(point.side)].text
        end = other.index(" ", 20)
        nearest[point.id] = Nearest(quote=other[:end], start=0, end=end, similarity=0.41)
    contact = Contact(
        id="contact",
        kind="phone_call",
        status="held",
        date=pair["contact_date"],
        precision="day",
        participants=(
            Participant(name="Ada Example", office="Prime Minister", country="Firstland", side="Firstland"),
            Participant(name="Ben Example", office="President", country="Secondland", side="Secondland"),
        ),
        quote=documents[0].text[:10],
        start=0,
        end=10,
    )
    return Comparison(
        contact=contact,
        a=Side(label=pair["sides"][0]["side"], country="Firstland", document=documents[0]),
        b=Side(label=pair["sides"][1]["side"], country="Secondland", document=documents[1]),
        points=tuple(points),
        relations=relations,
        only_a=tuple(p.id for p in alone if p.side == "a"),
        only_b=tuple(p.id for p in alone if p.side == "b"),
        undecided=(),
        nearest=nearest,
        key_differences=tuple(
            KeyDifference(kind=k["kind"], points=tuple(k["points"]), say=k["say"]) for k in gold["key_differences"]
        ),
        emphasis=(Emphasis(topic="energy", a=0.25, b=0.5, first_a=1, first_b=2),),
        warnings=("The accounts name different days: 1 & 2.",),
    )
