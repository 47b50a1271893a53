"""From two readings to one comparison: points, relations, what is one side's alone, and how to tell it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import msgspec

from diptych.compare.contact import common_contact
from diptych.compare.decide import Models
from diptych.compare.explain import Labels, emphasis, key_differences
from diptych.compare.points import find_points
from diptych.compare.relate import Related, relate_points
from diptych.errors import ComparisonError
from diptych.records import Comparison, Contact, Document, Point, Reading, Side, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from diptych.knowledge import Knowledge

#: Languages in which acts and words are read; a text of unknown language counts as English.
ENGLISH = frozenset({"en", None})
#: Characters that may stand between a statement's source, cue and content for them to be shown as one stretch.
BESIDE = 3


def compare(
    reading_a: Reading,
    doc_a: Doc,
    reading_b: Reading,
    doc_b: Doc,
    models: Models,
    kb: Knowledge,
    *,
    undecided: float | None = None,
    anyway: bool = False,
) -> Comparison:
    """Lay two readings side by side; each doc is the parse of its reading's text.

    ``undecided`` is how sure a one-sided call must be (0 to 1; 0 decides everything, None: the calibrated default).
    Raises :class:`~diptych.errors.DifferentContacts` when the texts tell of different contacts, unless ``anyway``.
    """
    a = _side(reading_a.document, kb, "A")
    b = _side(reading_b.document, kb, "B")
    common = common_contact(reading_a, reading_b, a.label, b.label, anyway)
    points_a = find_points("a", reading_a.document, doc_a, reading_a, kb, models.marker)
    points_b = find_points("b", reading_b.document, doc_b, reading_b, kb, models.marker)
    across = (a.document.language in ENGLISH) != (b.document.language in ENGLISH)
    related = relate_points(points_a, doc_a, points_b, doc_b, models, undecided, across)
    warnings = list(common.warnings)
    if across:
        warnings.append(
            "The texts are in different languages: passages are joined by meaning alone, and acts are read in English."
        )
    return _comparison(a, b, (*points_a, *points_b), related, common.contact, tuple(warnings))


def compare_reported(
    reading: Reading, doc: Doc, models: Models, kb: Knowledge, *, undecided: float | None = None
) -> Comparison:
    """Lay the two accounts that one article reports side by side.

    Raises :class:`~diptych.errors.ComparisonError` when the article does not report two sides' accounts.
    """
    accounts = [account for account in reading.accounts if account.statements]
    accounts.sort(key=lambda account: -len(account.statements))
    if len(accounts) < 2:
        raise ComparisonError(
            "The article does not report the accounts of two sides", "Give the two accounts as two inputs"
        )
    first, second = accounts[:2]
    by_id = {statement.id: statement for statement in reading.statements}
    told = {
        side: _points(side, _innermost([by_id[i] for i in account.statements if i in by_id]), reading.document.text)
        for side, account in (("a", first), ("b", second))
    }
    a, b = (
        Side(
            label=account.side,
            country=account.side if kb.state(account.side) else None,
            document=reading.document,
            via=account.via,
        )
        for account in (first, second)
    )
    related = relate_points(told["a"], doc, told["b"], doc, models, undecided, passages=False)
    related = _doubted(related, told, _unassigned(reading), doc, models, undecided)
    contact = next((c for c in reading.contacts if c.id == first.contact), None)
    return _comparison(a, b, (*told["a"], *told["b"]), related, contact, ())


def _unassigned(reading: Reading) -> tuple[Point, ...]:
    """What the article tells and nobody's account holds: of sources whose side it does not show."""
    held = {i for account in reading.accounts for i in account.statements}
    loose = [s for s in reading.statements if s.id not in held and s.parent not in held]
    return _points("b", _innermost(loose), reading.document.text)


def _doubted(
    related: Related,
    told: dict[str, tuple[Point, ...]],
    loose: tuple[Point, ...],
    doc: Doc,
    models: Models,
    undecided: float | None,
) -> Related:
    """Leave undecided what one account alone tells, where a statement of nobody's account may tell it too."""
    alone = {*related.only_a, *related.only_b}
    if not alone or not loose:
        return related
    # all points, not only those alone: each loose statement is to find the one that it answers best
    ours = [msgspec.structs.replace(point, side="a") for side in ("a", "b") for point in told[side]]
    theirs = [msgspec.structs.replace(point, id=f"U{number}") for number, point in enumerate(loose)]
    found = relate_points(ours, doc, theirs, doc, models, undecided, passages=False)
    doubtful = alone - set(found.only_a)
    return replace(
        related,
        only_a=tuple(i for i in related.only_a if i not in doubtful),
        only_b=tuple(i for i in related.only_b if i not in doubtful),
        undecided=(*related.undecided, *(i for i in (*related.only_a, *related.only_b) if i in doubtful)),
        nearest={i: near for i, near in related.nearest.items() if i not in doubtful},
    )


def _comparison(
    a: Side, b: Side, points: tuple[Point, ...], related: Related, contact: Contact | None, warnings: tuple[str, ...]
) -> Comparison:
    labels = Labels(a.label, b.label)
    return Comparison(
        contact=contact,
        a=a,
        b=b,
        points=points,
        relations=related.relations,
        only_a=related.only_a,
        only_b=related.only_b,
        undecided=related.undecided,
        nearest=related.nearest,
        key_differences=key_differences(
            points, related.relations, related.only_a, related.only_b, related.nearest, labels
        ),
        emphasis=emphasis(points),
        warnings=warnings,
    )


def _side(document: Document, kb: Knowledge, fallback: str) -> Side:
    state = kb.state(document.country) if document.country else None
    label = document.publisher or (state.name if state else None) or document.country or f"Account {fallback}"
    return Side(label=label, country=document.country, document=document)


def _points(side: str, statements: list[Statement], text: str) -> tuple[Point, ...]:
    points: list[Point] = []
    for statement in statements:
        after = points[-1].end if points else 0
        name = f"{side.upper()}{len(points) + 1}"
        points.append(_told(name, "a" if side == "a" else "b", statement, text, after))
    return tuple(points)


def _innermost(statements: list[Statement]) -> list[Statement]:
    """Statements that hold no other of the same account: the smallest things told, in text order, without overlap.

    What an account is reported not to mention is nothing that it tells.
    """
    unsaid = {s.id for s in statements if s.absence}
    told = [s for s in statements if not s.absence and s.parent not in unsaid]
    parents = {s.parent for s in told}
    kept: list[Statement] = []
    for statement in sorted((s for s in told if s.id not in parents), key=lambda s: s.content.start):
        if not kept or statement.content.start >= kept[-1].content.end:
            kept.append(statement)
    return kept


def _told(name: str, side: Literal["a", "b"], statement: Statement, text: str, after: int) -> Point:
    """A statement as a point: its content, with its source and cue where they stand right beside it."""
    start, end = statement.content.start, statement.content.end
    for span in (statement.cue_span, statement.source_span):
        if span is None:
            continue
        if after <= span[0] and span[1] <= start and start - span[1] <= BESIDE:
            start = span[0]
        elif span[0] >= end and span[0] - end <= BESIDE:
            end = span[1]
    return Point(
        id=name,
        side=side,
        start=start,
        end=end,
        quote=text[start:end],
        act=statement.act,
        holder="both" if len(statement.holder) > 1 else side,
        cue=statement.cue,
        subject=statement.source,
        negated=statement.negated,
        topics=statement.topics,
    )
