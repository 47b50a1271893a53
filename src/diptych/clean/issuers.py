"""Lines that name an institution of government: whose page it is, and of which state.

"Ministry of Foreign Affairs of the Republic of Sarvenia", "Office of the President of Tolmara", "The White House".
Only the form of the line is read, so that institutions of any state are recognised.
"""

from __future__ import annotations

import re
from dataclasses import replace

from diptych.clean.lines import is_sentence, word_count
from diptych.knowledge import load
from diptych.knowledge.publishers import Publisher, Publishers

__all__ = ["is_issuer", "place_state", "read_issuer"]

_BODY = (
    r"(?:Ministry|Department|Office|Embassy|High Commission|Consulate(?:[- ]General)?"
    r"|Permanent (?:Mission|Representation)|Mission"
    r"|Government|Presidency|Secretariat|Cabinet|Chancellery|(?:State )?Council|Commission|Directorate"
    r"|Administration|Delegation|Press Service|Information Service|Royal Court|Parliament"
    r"|National Assembly|Spokes(?:person|man|woman))"
)
_HOLDER = (
    r"(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emir|Sultan|Governor[- ]General"
    r"|(?:[A-Z][\w-]+ )?Minister)"
)
_CAP = r"(?:[A-Z][\w.'’-]*|&)"
#: What may follow the name of a body: further parts of the name, each after a small word or a comma.
_TAIL = rf"(?:(?:,|,? (?:of|for|to|in|at|and|on|the))(?: (?:the|of|and|for|&))*(?: {_CAP}){{1,5}}){{0,5}}"
_FORMS = (
    re.compile(
        rf"(?:The )?(?:{_CAP} ){{0,4}}{_BODY}(?:['’]s)?"
        rf"(?: (?:Press|Information|Media)?\s?(?:Office|Service|Department))?{_TAIL}"
    ),
    re.compile(rf"(?:The )?{_HOLDER} of (?:the )?(?:{_CAP} |of |and ){{0,4}}{_CAP}"),
    re.compile(
        r"(?:The )?(?:[A-Z][\w'’-]+ ){1,2}(?:House|Palace|Castle)"
        r"(?:,? (?:of )?(?:the )?(?:[A-Z][\w'’-]+ ){0,3}"
        r"(?:Republic|Kingdom|State|Commonwealth) of(?: [A-Z][\w'’-]+){1,3}"
        r"|, (?:[A-Z][\w'’-]+ ?){1,2})?"
    ),
)
_VERBS = re.compile(
    r"\b(?:meets?|holds?|receives?|visits?|calls?|says?|denies|rejects?|summons|condemns?|welcomes?|hosts?|signs?|urges?"
    r"|announces?|issues?|responds?|releases?|statement|readout|press release|remarks|meeting|talks|conversation)\b",
    re.IGNORECASE,
)
_STATE_FORM = (
    r"(?:[A-Z][\w'’-]+ ){0,3}(?:Republic|Kingdom|State|Emirate|Sultanate|Commonwealth|Federation|Principality) of"
)
#: A line that is a state's name in full, or its government.
_WHOLE_STATE = re.compile(
    rf"(?:The )?(?:{_STATE_FORM}|Government of(?: the)?) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}})"
)
#: Bodies and offices that a state has one of: what follows their "of" is the state.
_OF_A_STATE = re.compile(
    r"\b(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emir|Sultan|Foreign Minister|Government|Presidency"
    r"|Cabinet|Cabinet Office|Embassy|High Commission|Consulate(?:[- ]General)?|Permanent Mission|Parliament)$"
)
_OFFICIAL = re.compile(
    r"\b(?:Ministers?|Presidents?|Foreign|Affairs|Defen[cs]e|Trade|Finance|Interior|Commerce|Information|Spokes\w+"
    r"|Press|Office|Secretary|Chancellor|Council|Government|State|United Nations)\b"
)
_HOST = re.compile(r" (?:in|to|at) (?:the )?[A-Z].*$")


def is_issuer(text: str) -> bool:
    """Tell whether the line is the name of an institution and nothing else."""
    if word_count(text) > 16 or is_sentence(text) or _VERBS.search(text):
        return False
    cased = _cased(text)
    return any(form.fullmatch(cased) for form in _FORMS)


def read_issuer(text: str, publishers: Publishers) -> Publisher | None:
    """Return the institution that the line names, with its state; None when it is no such line.

    ``country`` is the ISO 3166 alpha-3 code of a state that is known, the name as written where the line says that it
    is a state's ("of the Republic of Sarvenia", "President of Tolmara"), else None.
    """
    named = publishers.named(text)
    if named is not None:
        return named if named.country else None
    if not is_issuer(text):
        return None
    return Publisher(_cased(text), _country(_cased(text)), official=True)


def place_state(issuer: Publisher, place: str) -> Publisher:
    """Return the institution with the state that the line below it names, if it names one.

    "SINGAPORE", "STATE OF TOLMARA", "Government of Sarvenia": a state that no table has only by such a form.
    """
    if issuer.country is not None:
        return issuer
    line = _cased(place)
    form = _WHOLE_STATE.fullmatch(line)
    found = load().find_state(line) or (load().find_state(form["name"]) or form["name"] if form is not None else None)
    return replace(issuer, country=found) if found is not None else issuer


def _country(text: str) -> str | None:
    kb = load()
    words = _HOST.sub("", text).removeprefix("The ")
    known = kb.find_state(words)
    if known is not None:
        return known
    if re.search(r"\b(?:House|Palace|Castle)\b", words) and not re.search(rf"\b{_STATE_FORM} ", words):
        return None
    first = words.split(" ")[:3]
    for size in (3, 2, 1):
        found = kb.find_state(" ".join(first[:size])) if len(words.split(" ")) > size else None
        if found is not None:
            return found
    for start in sorted({words.rfind(", "), *(hit.start() for hit in re.finditer(" of ", words))} - {-1}):
        rest = words[start:].removeprefix(",").removeprefix(" of").strip().removeprefix("the ")
        found = kb.find_state(rest)
        if found is not None:
            return found
        match = re.fullmatch(
            rf"(?P<form>{_STATE_FORM} )?(?:the )?(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}})", rest
        )
        before = words[:start]
        sure = match is not None and (
            match["form"] or words[start] == "," or " of " in before or _OF_A_STATE.search(before)
        )
        if match is not None and sure and not _OFFICIAL.search(match["name"]):
            return match["name"]
    return None


def _cased(text: str) -> str:
    """A name in capitals as it is written in a text: small words small."""
    words = " ".join(text.replace("*", "").split()).strip(" :")
    if not words.isupper():
        return words
    return (
        re.sub(
            r"\b(?:Of|The|And|For|To|In|At|On)\b",
            lambda small: small[0].lower() if small.start() else small[0],
            words.title(),
        )
        .replace("'S", "'s")
        .replace("’S", "’s")
    )
