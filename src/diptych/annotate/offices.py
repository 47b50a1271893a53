"""The standard English title of an office, however a text words it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from diptych.annotate.gazetteer import Keyed
from diptych.annotate.lexicon import TITLE_HEADS, TITLE_RANKS, vocabulary

if TYPE_CHECKING:
    from diptych.knowledge import Knowledge

#: Words that make a title a description ("top diplomat"), which is no office by name.
_DESCRIPTIVE = frozenset(("top", "leader", "point", "longtime", "main"))
#: Words of rank that a standard title must keep.
_QUALIFIERS = vocabulary("deputy vice first second assistant under acting former interim special permanent")
_ABBREVIATIONS = {
    "sen.": "Senator",
    "rep.": "Representative",
    "gov.": "Governor",
    "gen.": "General",
    "amb.": "Ambassador",
    "pres.": "President",
    "sec.": "Secretary",
    "pm": "Prime Minister",
    "fm": "Minister of Foreign Affairs",
    "dpm": "Deputy Prime Minister",
    "eam": "External Affairs Minister",
    "vice-president": "Vice President",
}
_RANKS = (
    "first|second|senior|deputy|vice|assistant|acting|former|interim|caretaker|permanent|associate|parliamentary|state|"
    "special|principal"
)
_RANK = rf"(?:(?:{_RANKS})\s+)*"
_TURNED = re.compile(rf"^({_RANK})(?!prime\b)(.+?)\s+(minister|secretary|commissioner)$", re.IGNORECASE)
_HEAD = r"(?:minister|secretary|president|councill?or)"
#: Two offices of one person: "Deputy Prime Minister and Foreign Minister".
_TWO = re.compile(rf"(.+?{_HEAD}\b.*?) and (.*(?:{_HEAD}|advis[eo]r)\b.*)$", re.IGNORECASE)
_PORTFOLIO_NAMES = {
    "foreign": "Foreign Affairs",
    "external affairs": "External Affairs",
    "defence": "Defense",
    "home": "Home Affairs",
    "interior": "Interior",
}


def standard_office(office: str, country: str | None, kb: Knowledge) -> str:
    """Return the standard English title of ``office`` as a text words it.

    The table of offices is asked first; an office it lacks is set in the usual form ("Energy Minister" becomes
    "Minister of Energy") and otherwise kept as written.
    """
    return _standard(office, country, Keyed(kb))


@lru_cache(maxsize=4096)
def _standard(office: str, country: str | None, key: Keyed) -> str:
    kb = key.kb
    if " and " in office and (m := _TWO.match(office)):
        return f"{standard_office(m.group(1), country, kb)} and {standard_office(m.group(2), country, kb)}"
    words = frozenset(office.lower().split())
    if words & _DESCRIPTIVE:
        return office
    known = kb.find_office(office, country)
    if known is not None and known.country is not None and country is not None and known.country != country:
        # an office of another state by the same title
        known = None
    if known is not None:
        # a look-up that falls back on another kind of office, or drops a rank, says less than the text
        shown = frozenset(known.title.lower().replace("advisor", "adviser").split())
        heads = words & TITLE_HEADS
        if words & _QUALIFIERS <= shown and (not heads or heads & shown or "adviser" in shown):
            return known.title
    text = _ABBREVIATIONS.get(office.lower(), office)
    text = re.sub(r"\bVice-President\b", "Vice President", text)
    text = re.sub(r"\b([Mm])inister for (?:the )?", r"\1inister of ", text)
    match = _TURNED.match(text)
    if match and match.group(2).lower() not in TITLE_RANKS:
        ranks, field, head = match.groups()
        field = _PORTFOLIO_NAMES.get(field.lower(), field)
        text = f"{ranks}{head} of {field}"
    return " ".join(
        w if w in ("of", "and", "for", "the", "to", "in", "on") else w[:1].upper() + w[1:] for w in text.split()
    )
