"""In what two tellings of one item differ, with the words on both sides, and what makes two tellings conflict."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from diptych.compare.features import Traits, clash_of_days, clash_of_numbers, same_day
from diptych.knowledge.attitudes import attitudes
from diptych.records import ACT_STRENGTH, Aspect, AspectWords

_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|on (?:the )?condition (?:that|of)?|as long as|subject to|once|pending|until"
    r"|only (?:after|when|if|in return)|in return for|in exchange for|conditional(?:ly)?"
    r"|contingent|depend(?:s|ing)? on)\b",
    re.I,
)
_LASTING = re.compile(
    r"\b(?:permanent(?:ly)?|indefinite(?:ly)?|open-ended|for good|without (?:a )?time limit|forever)\b", re.I
)
_PASSING = re.compile(
    r"\b(?:temporar(?:y|ily)|provisional(?:ly)?|interim|for (?:a (?:trial|test) period|now|the time being)|pilot|trial"
    r"|time-limited|for a limited (?:time|period))\b",
    re.I,
)
_REFUSAL = re.compile(
    r"\b(?:not|no|never|n['’]t|neither|nor|none|without|nothing|denie[sd]|deny(?:ing)?|denial|reject(?:s|ed|ing|ion)?"
    r"|refus(?:e[sd]?|ing|al)|declin(?:e[sd]?|ing)|rul(?:e[sd]?|ing) out|dismiss(?:e[sd]|ing|al)?|rebuff(?:s|ed)?"
    r"|turn(?:s|ed)? down|fail(?:s|ed|ure)?|withh(?:e|o)ld|untrue|false|unfounded|baseless|contrary|refut(?:e[sd]?|ing)"
    r"|disput(?:e[sd]?|ing)|oppos(?:e[sd]?|ing)|object(?:s|ed)? to|cancel(?:s|led|ed|lation)?|suspend(?:s|ed)?"
    r"|postpone[sd]?|off the table|unresolved|remain(?:s|ed)? open|short of|absen(?:t|ce)|lack(?:s|ed)?"
    r"|abandon(?:s|ed)?)\b",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:at|upon|on) (?P<who>[^.,;]{2,60}?)(?:['’]s?)? (?:request|initiative|invitation)\b"
    r"|\b(?:request|initiative|invitation) of (?P<who2>[^.,;]{2,60})"
    r"|\binitiated by (?P<who3>[^.,;]{2,60})|\brequested by (?P<who4>[^.,;]{2,60})",
    re.I,
)
#: Counted things that are only those who met: "the two leaders" is no number that an account gives.
_PARTIES = frozenset(
    (
        *("leaders", "sides", "parties", "presidents", "ministers", "heads", "countries", "states", "nations"),
        *("peoples", "governments", "delegations", "teams", "leader", "side", "secretaries", "officials", "capitals"),
    )
)
#: A denial of having agreed or bound oneself. "No agreement was reached" is none: the sides may have agreed to go on.
_UNAGREED = re.compile(
    r"\b(?:not|never|n['’]t) (?:yet )?(?:agree|agreed|consent|consented|commit(?:ted)? (?:itself|himself|herself|to))\b"
    r"|\bno such (?:agreement|commitment|promise|undertaking)\b"
    r"|\b(?:gave|given|give|made|make) no (?:commitment|promise|undertaking|assurance)s?\b"
    r"|\bden(?:ied|ies|y|ying) (?:that (?:\w+ ){1,4}(?:had |has |have )?agreed|having agreed|agreeing)\b",
    re.I,
)
#: How far apart two tellings must stand in their texts (0 to 1) to differ in order.
FAR_APART = 0.6
#: How many times more words one side must spend to differ in weight.
MUCH_MORE = 3.0
WORDS = 12
#: Share of common words from which two points are near-verbatim.
NEAR_VERBATIM = 0.75

#: Number words that mostly mean people, not quantities ("the two", "one of").
_NO_QUANTITY = frozenset({"one", "two"})

Group = Sequence[Traits]


def refusals(group: Group) -> list[str]:
    """Return the words that deny, refuse or report a failure in these points."""
    return [m[0] for t in group for m in _REFUSAL.finditer(t.point.quote)]


def _clip(text: str) -> str:
    words = text.split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def _quote(group: Group) -> str:
    return _clip(" … ".join(t.point.quote for t in group))


def _strongest(group: Group) -> Traits:
    return max(group, key=lambda t: ACT_STRENGTH[t.point.act])


def _strength(a: Group, b: Group) -> tuple[str, str] | None:
    one, two = _strongest(a).point, _strongest(b).point
    if one.act == two.act or not ACT_STRENGTH[one.act] or not ACT_STRENGTH[two.act]:
        return None
    gap = abs(ACT_STRENGTH[one.act] - ACT_STRENGTH[two.act])
    if gap < 2 and {one.act, two.act} != {"agree", "commit"}:
        return None
    return (one.cue or _clip(one.quote), two.cue or _clip(two.quote))


def _holder(a: Group, b: Group) -> tuple[str, str] | None:
    ours, theirs = {t.point.holder for t in a}, {t.point.holder for t in b}
    if ours & theirs or "setting" in {t.point.act for t in (*a, *b)}:
        return None
    return _who(a), _who(b)


def _who(group: Group) -> str:
    point = group[0].point
    return point.subject or {"both": "both sides", "a": "A’s side", "b": "B’s side"}.get(point.holder, point.holder)


def _number(a: Group, b: Group) -> tuple[str, str] | None:
    ours = [n for t in a for n in t.numbers if n.unit not in _PARTIES]
    theirs = [n for t in b for n in t.numbers if n.unit not in _PARTIES]
    only = [n.words for n in ours if not any(math.isclose(n.value, m.value, rel_tol=1e-6) for m in theirs)]
    also = [n.words for n in theirs if not any(math.isclose(n.value, m.value, rel_tol=1e-6) for m in ours)]
    only, also = ([w for w in words if w.lower() not in _NO_QUANTITY] for words in (only, also))
    return (", ".join(only), ", ".join(also)) if only or also else None


def _date(a: Group, b: Group) -> tuple[str, str] | None:
    ours, theirs = [d for t in a for d in t.days], [d for t in b for d in t.days]
    if any(same_day(x, y) for x in ours for y in theirs) or not (ours or theirs):
        return None
    if "setting" in {t.point.act for t in (*a, *b)} and not (ours and theirs):
        return None
    return ", ".join(d.words for d in ours), ", ".join(d.words for d in theirs)


def _condition(a: Group, b: Group) -> tuple[str, str] | None:
    ours, theirs = (next((m[0] for t in g for m in _CONDITION.finditer(t.point.quote)), "") for g in (a, b))
    if bool(ours) == bool(theirs):
        return None
    return (_after(a, ours) if ours else ""), (_after(b, theirs) if theirs else "")


def _after(group: Group, word: str) -> str:
    text = next(t.point.quote for t in group if word in t.point.quote)
    return _clip(text[text.index(word) :])


def _polarity(a: Group, b: Group) -> tuple[str, str] | None:
    ours, theirs = refusals(a), refusals(b)
    if bool(ours) == bool(theirs):
        return None
    return (ours[0] if ours else ""), (theirs[0] if theirs else "")


def _scope(a: Group, b: Group) -> tuple[str, str] | None:
    general = {t.point.act for t in a} == {"discuss"} or {t.point.act for t in b} == {"discuss"}
    sizes = sum(len(t.words) for t in a), sum(len(t.words) for t in b)
    if len(a) == len(b) == 1 and not (general and max(sizes) > 1.6 * max(1, min(sizes))):
        return None
    return _quote(a), _quote(b)


def _object(a: Group, b: Group) -> tuple[str, str] | None:
    ours = frozenset[str]().union(*(t.names for t in a))
    theirs = frozenset[str]().union(*(t.names for t in b))
    if not ours or not theirs or ours & theirs:
        return None
    return _names(a, ours), _names(b, theirs)


def _names(group: Group, names: frozenset[str]) -> str:
    words = [w.strip(".,;:\"'“”’") for t in group for w in t.point.quote.split()]
    return " ".join(dict.fromkeys(w for w in words if w.lower().removesuffix("'s").removesuffix("’s") in names))


def attitudes_apart(a: Group, b: Group) -> tuple[str, str] | None:
    """Return the words that show different attitudes, as blame on one side and grief on the other; None where none do.

    A side that shows both, or nothing, is not apart from the other.
    """
    ours, theirs = (
        {name: m[0] for name, shown in attitudes().items() for t in g if (m := shown.search(t.point.quote))}
        for g in (a, b)
    )
    if not ours or not theirs or ours.keys() & theirs.keys():
        return None
    return next(iter(ours.values())), next(iter(theirs.values()))


def _order(a: Group, b: Group) -> tuple[str, str] | None:
    if abs(a[0].place - b[0].place) < FAR_APART or "setting" in {t.point.act for t in (*a, *b)}:
        return None
    return ("early", "late") if a[0].place < b[0].place else ("late", "early")


def _weight(a: Group, b: Group) -> tuple[str, str] | None:
    sizes = sum(t.length for t in a), sum(t.length for t in b)
    if max(sizes) < MUCH_MORE * min(sizes) or max(sizes) < 30:
        return None
    return f"{sizes[0]} words", f"{sizes[1]} words"


_RULES: tuple[tuple[Aspect, Callable[[Group, Group], tuple[str, str] | None]], ...] = (
    ("polarity", _polarity),
    ("strength", _strength),
    ("holder", _holder),
    ("number", _number),
    ("date", _date),
    ("condition", _condition),
    ("framing", attitudes_apart),
    ("object", _object),
    ("scope", _scope),
    ("order", _order),
    ("weight", _weight),
)


def aspects(a: Group, b: Group) -> tuple[AspectWords, ...]:
    """Name the ways in which two tellings of one item differ; ``framing`` where no rule finds any.

    Each carries the words of either side that show it; empty where one side has none (a number only the other gives).
    """
    found = tuple(
        AspectWords(aspect=aspect, a=words[0], b=words[1])
        for aspect, rule in _RULES
        if (words := rule(a, b)) is not None
    )
    return found or (AspectWords(aspect="framing", a=_quote(a), b=_quote(b)),)


@dataclass(frozen=True)
class Ground:
    """What could make two tellings incompatible, and the rule that says so.

    ``plain``: it needs no second opinion, because the two passages are else the same, or name two callers. Any other
    ground is no conflict unless the relation model too holds the two for incompatible.
    """

    words: AspectWords
    rule: str
    plain: bool = False


#: The rules that find grounds for a conflict, in the order in which they are tried.
RULES = (
    "agreed against not agreed",
    "denial against assertion",
    "incompatible numbers",
    "incompatible days",
    "permanent against temporary",
    "who asked for the contact",
)


def all_grounds(a: Group, b: Group) -> list[Ground]:
    """Return every ground for a conflict between two tellings of one item, in the order of :data:`RULES`."""
    return list(_grounds(a, b))


def grounds_for_conflict(a: Group, b: Group) -> Ground | None:
    """Return the best ground for a conflict between two tellings of one item; None where there is none."""
    found = all_grounds(a, b)
    return next((g for g in found if g.plain), found[0] if found else None)


def _nearly_the_same(a: Group, b: Group) -> bool:
    """Whether two points are near-verbatim: what still differs was changed on purpose."""
    if len(a) != 1 or len(b) != 1:
        return False
    ours, theirs = a[0].point.quote.lower().split(), b[0].point.quote.lower().split()
    return difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= NEAR_VERBATIM


def _same_binding_act(a: Group, b: Group) -> bool:
    """Whether both tellings report one agreement, or one promise: its numbers are the same or somebody errs."""
    acts = {t.point.act for t in (*a, *b)}
    return acts in ({"agree"}, {"commit"})


def _unagreed(a: Group, b: Group) -> AspectWords | None:
    """One side tells an agreement or a commitment, the other denies in so many words that there was one."""
    denials = [next((m[0] for t in g for m in _UNAGREED.finditer(t.point.quote)), "") for g in (a, b)]
    for telling, other, first in ((a, denials[1], True), (b, denials[0], False)):
        bound = next((t.point for t in telling if t.point.act in ("agree", "commit")), None)
        if other and bound is not None and not refusals(telling):
            words = bound.cue or _clip(bound.quote)
            return AspectWords(aspect="polarity", a=words if first else other, b=other if first else words)
    return None


def _grounds(a: Group, b: Group) -> Iterator[Ground]:
    plain = _nearly_the_same(a, b)
    unagreed = _unagreed(a, b)
    if unagreed is not None:
        yield Ground(unagreed, RULES[0], plain=True)
    # Two publications date one call by their own clocks: another day alone is no conflict about the contact itself.
    setting = any(t.point.act == "setting" for t in (*a, *b))
    denial = _polarity(a, b)
    # Who merely names a subject asserts nothing that could be denied.
    named = any({t.point.act for t in group} == {"discuss"} for group in (a, b))
    if denial is not None and not named:
        words = AspectWords(aspect="polarity", a=denial[0], b=denial[1])
        yield Ground(words, RULES[1])
    numbers = clash_of_numbers([n for t in a for n in t.numbers], [n for t in b for n in t.numbers])
    if numbers[1] and not numbers[0] and (found := _number(a, b)):
        yield Ground(
            AspectWords(aspect="number", a=found[0], b=found[1]),
            RULES[2],
            plain or _same_binding_act(a, b),
        )
    days = clash_of_days([d for t in a for d in t.days], [d for t in b for d in t.days])
    if days[1] and (found := _date(a, b)):
        yield Ground(AspectWords(aspect="date", a=found[0], b=found[1]), RULES[3], plain and not setting)
    lasting = [next((m[0] for t in g for m in _LASTING.finditer(t.point.quote)), "") for g in (a, b)]
    passing = [next((m[0] for t in g for m in _PASSING.finditer(t.point.quote)), "") for g in (a, b)]
    for first, second in ((lasting[0], passing[1]), (passing[0], lasting[1])):
        if first and second:
            yield Ground(AspectWords(aspect="scope", a=first, b=second), RULES[4], plain)
    asked = [next((m for t in g for m in _ASKED.finditer(t.point.quote)), None) for g in (a, b)]
    if asked[0] and asked[1] and asked[0][0].lower() != asked[1][0].lower():
        callers = {t.point.holder for t in a}, {t.point.holder for t in b}
        two = callers in (({"a"}, {"b"}), ({"b"}, {"a"}))
        words = AspectWords(aspect="holder", a=asked[0][0], b=asked[1][0])
        yield Ground(words, RULES[5], two)
