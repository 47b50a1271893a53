"""Score readings of news articles against annotated gold (figures as eval/README.md defines them)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from eval.scoring.figures import Record, Score, best_matches, overlap, share, words

#: Kinds of contact that count as one; families in :data:`NEAR` may stand for each other at a lower score.
FAMILY = {
    "phone_call": "call",
    "call": "call",
    "video_call": "call",
    "meeting": "meeting",
    "visit": "visit",
    "summit": "summit",
    "trilateral": "summit",
    "multilateral": "summit",
    "press_conference": "press",
}
NEAR = {frozenset(("meeting", "summit")), frozenset(("other", "meeting"))}
#: Words that say nothing about who is meant.
IDLE = {"the", "of", "for", "and", "minister", "secretary", "president", "deputy", "first", "vice", "a", "s"}
OFFICE_IDLE = {"of", "the", "for", "and"}
OFFICE_GIVEN = {"affairs", "national"}


def count(raw: str, gold: Record, predicted: Record | None) -> Counter[str]:
    """All counts for one article; a missing prediction counts as an empty one."""
    sent = predicted or {}
    counts: Counter[str] = Counter(missing=predicted is None)
    _count_body(counts, raw, gold, sent)
    _count_contacts(counts, gold, sent)
    _count_statements(counts, gold, sent)
    absent_gold = [s for s in gold["statements"] if s.get("absence")]
    absent_sent = [s for s in sent.get("statements", ()) if s.get("absence")]
    counts["absence_right"] = len(best_matches(absent_gold, absent_sent, _content_overlap, 0.2))
    counts["absence_system"], counts["absence_gold"] = len(absent_sent), len(absent_gold)
    contested_gold, contested_sent = gold["claims_contested"], sent.get("contested", [])
    counts["contested_right"] = len(best_matches(contested_gold, contested_sent, _contested))
    counts["contested_system"], counts["contested_gold"] = len(contested_sent), len(contested_gold)
    return counts


def figures(counts: Counter[str]) -> dict[str, float | None]:
    """The named figures of pooled counts."""

    def score(name: str) -> Score:
        return Score(counts[f"{name}_right"], counts[f"{name}_system"], counts[f"{name}_gold"])

    def part(name: str) -> float | None:
        return share(counts[f"{name}_right"], counts[f"{name}_all"])

    return {
        "body_f1": score("body").f1,
        "meta": part("meta"),
        "contacts_p": score("contact").p,
        "contacts_r": score("contact").r,
        "contacts_f1": score("contact").f1,
        "contact_day": part("day"),
        "contact_office": part("office"),
        "contact_status": part("status"),
        "statements_p": score("statement").p,
        "statements_r": score("statement").r,
        "statements_f1": score("statement").f1,
        "statement_source": part("source"),
        "statement_act": part("act"),
        "statement_negation": part("negation"),
        "absences_p": score("absence").p,
        "absences_r": score("absence").r,
        "contested_p": score("contested").p,
        "contested_r": score("contested").r,
        "missing": counts["missing"],
    }


def _count_body(counts: Counter[str], raw: str, gold: Record, sent: Record) -> None:
    lines = raw.split("\n")
    document = sent.get("document", {})
    body = Counter(words("\n".join(lines[number - 1] for number in gold["body_lines"])))
    got = Counter(words(document.get("text", "")))
    counts["body_right"] = sum((body & got).values())
    counts["body_system"], counts["body_gold"] = sum(got.values()), sum(body.values())
    published = (document.get("published") or "")[:10]
    for name, value in (
        ("title", document.get("title")),
        ("published", published),
        ("language", document.get("language")),
    ):
        if gold.get(name):
            counts["meta_all"] += 1
            counts["meta_right"] += words(str(value)) == words(str(gold[name]))


def _count_contacts(counts: Counter[str], gold: Record, sent: Record) -> None:
    found = sent.get("contacts", [])
    matched = best_matches(gold["contacts"], found, _contact_score)
    counts["contact_right"], counts["contact_system"] = len(matched), len(found)
    counts["contact_gold"] = len(gold["contacts"])
    for want, got in matched:
        day, sent_day = want.get("date"), got.get("date")
        counts["day_all"] += 1
        counts["day_right"] += sent_day is None if day is None else (sent_day or "")[: len(day)] == day
        counts["status_all"] += 1
        statuses = {want.get("status"), got.get("status")}
        counts["status_right"] += len(statuses) == 1 or statuses == {"planned", "proposed"}
        for person in _people(want):
            if person.get("name") and person.get("office"):
                counts["office_all"] += 1
                counts["office_right"] += _office_right(person, got)


def _count_statements(counts: Counter[str], gold: Record, sent: Record) -> None:
    found = sent.get("statements", [])
    matched = best_matches(gold["statements"], found, _content_overlap, 0.5)
    counts["statement_right"], counts["statement_system"] = len(matched), len(found)
    counts["statement_gold"] = len(gold["statements"])
    for want, got in matched:
        for name in ("source", "act", "negation"):
            counts[f"{name}_all"] += 1
        counts["source_right"] += (
            not (want.get("source") or got.get("source"))
            or names_match(want.get("source_entity"), got.get("source_entity"))
            or names_match(want.get("source"), got.get("source"))
        )
        counts["act_right"] += want.get("act") == got.get("act")
        counts["negation_right"] += bool(want.get("negated")) == bool(got.get("negated"))


def names_match(one: str | None, other: str | None) -> bool:
    """Whether two names share a word that says who is meant."""
    return bool((set(words(one)) - IDLE) & (set(words(other)) - IDLE))


def _people(contact: Record) -> list[Record]:
    return [person for person in contact.get("participants", ()) if person]


def _contact_score(want: Record, got: Record) -> float:
    families = FAMILY.get(want.get("kind", ""), "other"), FAMILY.get(got.get("kind", ""), "other")
    if families[0] != families[1] and frozenset(families) not in NEAR:
        return 0
    wanted, people = _people(want), _people(got)
    named = sum(any(names_match(p["name"], q.get("name")) for q in people) for p in wanted if p.get("name"))
    lands = {p.get("country") for p in wanted} & {q.get("country") for q in people} - {None}
    if not named and (any(p.get("name") for p in wanted) or not lands):
        return 0
    same_day = bool(want.get("date")) and (got.get("date") or "")[:10] == want["date"]
    return named + 0.5 * len(lands) + (families[0] == families[1]) + 2 * same_day


def _office_right(person: Record, got: Record) -> bool:
    twin = next((q for q in _people(got) if names_match(person["name"], q.get("name"))), None)
    if twin is None or twin.get("country") != person.get("country"):
        return False
    return set(words(person["office"])) - OFFICE_IDLE <= set(words(twin.get("office"))) | OFFICE_GIVEN


def _content(statement: Record) -> str:
    content = statement.get("content")
    return content.get("quote", "") if isinstance(content, Mapping) else content or ""


def _content_overlap(want: Record, got: Record) -> float:
    return overlap(_content(want), _content(got))


def _contested(want: Record, got: Record) -> float:
    parties = names_match(want["asserted_by"], got.get("asserted_by")) and names_match(
        want["denied_or_qualified_by"], got.get("denied_by")
    )
    return parties * (1 + overlap(want["claim"], got.get("claim")))
