"""Which tellings in one text are of one contact, and what they say put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diptych.annotate.scene import Scene
    from diptych.records import ContactKind, ContactStatus, Participant, When

FAMILY = {
    "phone_call": "call",
    "video_call": "call",
    "meeting": "meeting",
    "summit": "meeting",
    "trilateral": "meeting",
    "multilateral": "multilateral",
    "visit": "visit",
    "press_conference": "press",
    "message": "message",
    "other": "other",
}


HELD = ("held", "ongoing")


AHEAD = ("planned", "proposed")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One telling of a contact; ``sentence`` and the character range it stands in."""

    kind: ContactKind
    status: ContactStatus
    actors: tuple[str, ...]
    label: str | None
    when: When | None
    place: str | None
    sentence: int
    start: int
    end: int
    generic: bool
    time: tuple[str, str] | None = None
    format: str | None = None
    requested_by: str | None = None
    duration: str | None = None
    ordinal: str | None = None
    background: bool = False
    weight: int = 0
    several: bool = False
    joins: bool = False
    definite: bool = False
    land: str | None = None
    event: str | None = None
    unnamed: tuple[Participant, ...] = field(default=())


def people_of(c: Candidate, scene: Scene) -> frozenset[str]:
    """Return the named people of a candidate."""
    return frozenset(a for a in c.actors if scene.actors[a].kind == "person")


def merge(merged: list[Candidate], new: Candidate, scene: Scene) -> None:
    """Add ``new`` to the contact that it tells of again, or to the end of ``merged``."""
    for k in range(len(merged) - 1, -1, -1):
        if _one(merged[k], new, scene):
            merged[k] = _join(merged[k], new, scene)
            return
    if new.joins:
        return
    if new.unnamed and any(set(old.unnamed) == set(new.unnamed) and old.kind == new.kind for old in merged):
        return
    met = {person for old in merged if old.status in HELD for person in people_of(old, scene)}
    if new.kind == "other" and new.actors and people_of(new, scene) <= met:
        # after two meetings "the ministers agreed ..." tells of no third
        return
    shell = not any(FAMILY[old.kind] == FAMILY[new.kind] for old in merged)
    # a shell may be filled by what follows: "The talks were held today. The X delegation was led by A."
    if not new.generic or FAMILY[new.kind] in ("visit", "press") or shell:
        merged.append(new)


def _dates_agree(a: When | None, b: When | None) -> bool:
    if a is None or b is None:
        return True
    if a.date is None and b.date is None:
        return (a.quote or "").split()[-1:] == (b.quote or "").split()[-1:]
    if a.date is None or b.date is None:
        # a weekday that the text does not resolve is not the October of another year
        return (a if b.date is None else b).precision == "day"
    short = min(len(a.date), len(b.date))
    return a.date[:short] == b.date[:short]


def _one(old: Candidate, new: Candidate, scene: Scene) -> bool:
    """Whether two tellings can be of one contact."""
    if old.background != new.background and (new.background or old.unnamed):
        return False
    if old.unnamed or new.unnamed:
        return False
    if (old.status == "cancelled") != (new.status == "cancelled") and not (new.generic and new.definite):
        return False
    if old.event is not None and new.event is not None:
        open_day = None in (old.when and old.when.date, new.when and new.when.date)
        return _same_words(old.event, new.event) and (open_day or _dates_agree(old.when, new.when))
    families = {FAMILY[old.kind], FAMILY[new.kind]}
    shell = old.generic and not old.actors and old.label is None
    if families in ({"meeting"}, {"call"}) and shell and not new.generic:
        # "The call took place at the request of X. It was the third between A and B": the second names them
        return old.status == new.status and not new.background and _dates_agree(old.when, new.when)
    if new.joins:
        return FAMILY[old.kind] in ("meeting", "call", "multilateral") and old.status not in AHEAD
    if "other" in families and len(families) > 1:
        # "A and B discussed ..." tells of a contact without saying of which kind
        return (
            not new.background
            and old.status in HELD
            and new.status in HELD
            and bool(people_of(old, scene))
            and (people_of(new, scene) <= people_of(old, scene) or (old.kind == "other" and new.generic))
        )
    if len(families) > 1:
        return False
    p, q = people_of(old, scene), people_of(new, scene)
    if "visit" in families:
        near = old.place is None or new.place is None or _same_place(old, new)
        return bool(p & q) and near and _dates_agree(old.when, new.when)
    # "his talks with B" means the talks told of, planned or held
    again = new.generic or (new.definite and new.ordinal is None and p == q)
    if (old.status in AHEAD) != (new.status in AHEAD) and not again:
        return False
    if old.status in HELD and new.status in AHEAD and old.when is None and new.when is not None and new.generic:
        # a day of its own ahead is that of another contact than the one told of without a day
        return False
    if old.status in HELD and new.status in AHEAD and not new.definite:
        # "the next round" is not the one told of
        return False
    if {"planned", "proposed"} <= {old.status, new.status} and not again:
        return False
    if not _dates_agree(old.when, new.when):
        return False
    if "press" in families:
        if None not in (old.format, new.format) and old.format != new.format:
            return False
        return bool(p & q) and (old.place is None or new.place is None or _same_place(old, new))
    if new.generic and old.label is not None and not (new.definite and new.sentence - old.sentence < 2):
        return False
    if new.generic:
        if new.kind in ("summit", "multilateral") and old.kind not in ("summit", "multilateral"):
            return False
        if new.label is not None and old.label is None and new.weight:
            return False
        return not q or q <= p or not p
    if old.format != new.format and "two plus two" in (old.format, new.format):
        return False
    if new.label is not None or old.label is not None:
        return bool(p & q) and _labels_agree(old.label, new.label)
    if p and not q and not _may_be(new, old, scene):
        return False
    if not p or not q:
        lands_old = {scene.actors[a].country for a in old.actors}
        lands_new = {scene.actors[a].country for a in new.actors}
        return bool(lands_old) and lands_old == lands_new
    # a later telling names fewer; one that names more is another contact, unless the first was no more than begun
    return q <= p or (p <= q and (len(p) < 2 or old.sentence == new.sentence))


def _same_words(a: str, b: str) -> bool:
    one, other = ({w for w in x.lower().split() if len(w) > 3 and w not in _ANY_EVENT} for x in (a, b))
    return bool(one & other)


_ANY_EVENT = frozenset(("summit", "forum", "conference", "dialogue", "meeting", "international", "annual", "global"))


def _may_be(new: Candidate, old: Candidate, scene: Scene) -> bool:
    """Whether bearers of offices without names may be the people of another telling: "the trade ministers" not."""
    said = {scene.actors[a].office for a in new.actors if scene.actors[a].kind == "unnamed"} - {None}
    return not said or bool(said & {scene.actors[a].office for a in old.actors})


def _same_place(old: Candidate, new: Candidate) -> bool:
    if old.land is not None and old.land == new.land:
        return True
    a, b = old.place or "", new.place or ""
    return bool({w for w in a.lower().split() if len(w) > 3} & {w for w in b.lower().split() if len(w) > 3})


def _labels_agree(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return False
    return bool({w for w in a.lower().split() if len(w) > 4} & {w for w in b.lower().split() if len(w) > 4})


def _join(old: Candidate, new: Candidate, scene: Scene) -> Candidate:
    """Put what two tellings say together; the first with more people is the one that is quoted."""
    if new.joins:
        return replace(
            old,
            actors=tuple(dict.fromkeys((*old.actors, *(a for a in new.actors if scene.actors[a].kind == "person")))),
            generic=False,
            weight=old.weight + new.weight,
            when=old.when or new.when,
            place=old.place or new.place,
        )
    base, other = (new, old) if new.weight > old.weight and not new.generic and new.kind != "other" else (old, new)
    when = base.when
    if when is None or (when.date is None and other.when is not None and other.when.date is not None):
        when = other.when if other.when is not None else when
    kind = base.kind if base.kind != "other" else other.kind
    if FAMILY[other.kind] == "call" and other.kind == "video_call":
        kind = "video_call"
    actors = tuple(
        dict.fromkeys(
            (*base.actors, *(a for a in other.actors if not other.generic or scene.actors[a].kind == "person"))
        )
    )
    if len(people_of(base, scene)) >= 2 or base.label is not None:
        actors = tuple(a for a in actors if a in base.actors or scene.actors[a].kind == "person")
    if old.event is not None and new.event is not None and new.status in AHEAD:
        base = replace(base, status=new.status)
    disputed = "disputed" in (base.status, other.status)
    status = (
        base.status
        if base.event is not None or not (base.status in AHEAD and other.status in HELD and not other.generic)
        else other.status
    )
    if kind == "visit" and "ongoing" in (base.status, other.status) and other.status in HELD and status in HELD:
        # "her visit to X" says less than "who is visiting X"
        status = "ongoing"
    return replace(
        base,
        kind=kind,
        status="disputed" if disputed else status,
        actors=actors,
        when=when,
        time=base.time or other.time,
        place=base.place or other.place,
        format=base.format or other.format,
        requested_by=base.requested_by or other.requested_by,
        duration=base.duration or other.duration,
        ordinal=base.ordinal or other.ordinal,
        event=base.event or other.event,
        generic=base.generic and other.generic,
        background=base.background and other.background,
    )


def is_told(c: Candidate, scene: Scene) -> bool:
    """Whether enough is told for a contact: someone by name, or two states."""
    if c.unnamed:
        return True
    people = people_of(c, scene)
    lands = {scene.actors[a].country for a in c.actors if scene.actors[a].country}
    if c.generic and FAMILY[c.kind] not in ("visit", "press"):
        return False
    if c.kind == "multilateral" and c.event is not None and lands:
        return True
    bearers = sum(scene.actors[a].kind == "unnamed" and scene.actors[a].office is not None for a in c.actors)
    return bool(people) or len(lands) > 1 or bearers > 1 or (c.label is not None and bool(c.actors))
