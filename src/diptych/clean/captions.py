"""Captions: what a line looks like that describes a picture, and the credits that stand at its end."""

from __future__ import annotations

import re

from diptych.clean.lines import word_count
from diptych.knowledge.furniture import Furniture

__all__ = ["CAPTION_LABEL", "ends_with_credit", "is_caption", "looks_like_caption", "only_a_credit"]

_BRACKET = re.compile(r"(?P<before>.*?)\s*[(\[（【](?P<credit>[^()\[\]（）]{2,80})[)\]）】]\s*\.?$", re.S)
#: "… in Lysyn, Tuesday. Yonhap"
_BARE_CREDIT = re.compile(r"(?P<before>.{20,}[.!?”\"])\s(?P<credit>[A-Z][^.!?]{1,60})", re.DOTALL)
#: A label alone: what it labels stands on the next line.
CAPTION_LABEL = re.compile(r"(?:image|photo|media|video|picture) captions?\s*[,:]?", re.IGNORECASE)
_AGENCY = r"AFP|AP|AP Photo|Reuters|REUTERS|TASS|EPA(?:-EFE)?|Getty Images|Xinhua|Kyodo|Yonhap|Pool|POOL"
_SLASHED = re.compile(
    rf"(?:^|[\s.”\"])(?:(?:{_AGENCY})\s?/\s?[A-Z][\w.\- /]{{2,50}}"
    rf"|[A-Z][\w.\- ]{{2,40}}/(?:{_AGENCY})(?:[\w ,/]{{0,30}}))\.?$"
    # An agency that no list has: capitals, a slash, a name, and what is said of rights.
    r"|(?<=[.”\"’\d])\s[A-Z]{2,12}(?: Photo)?/[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,4}"
    r"(?: (?:Purchase|Acquire) Licensing Rights)?\.?$"
)
#: The place of a picture in a gallery: "[1/3] …", "1 of 3 | …".
_COUNTED = re.compile(r"^\[\d{1,2}/\d{1,2}\]\s?\S|^\d{1,2} of \d{1,2}\s?[|:–—-]\s")
#: A credit in brackets of two parts, whoever they are: "(Northpress/Ines Rocat)".
_TWO_PARTS = re.compile(r"[A-Z][\w.'’ -]{1,40}\s?/\s?[A-Z][\w.'’ -]{1,40}(?:\s?/\s?[A-Z][\w.'’ -]{1,30})?")
_TAKEN = re.compile(
    r"^(?:(?:this )?(?:file |handout |undated |supplied |combo(?:nation)? )*"
    r"(?:photo|photograph|picture|image|screenshot|screen grab)s?,?\s"
    r"(?:taken|provided|released|shows?|made|captured|combination|by|from|supplied|is)\b"
    r"|(?:file|handout)(?: photo)?\s*[-–—:])",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"(?:[|.—–]|\s-)\s*[(\[]?(?:file )?(?:photo|image|picture|video|photograph)s?"
    r"(?: credits?| courtesy| source| by)?\s*[:|]\s*\S.{0,60}$",
    re.IGNORECASE,
)
_SPOT = r"(?:left|right|cent(?:er|re)|l|r|c|front|rear|top|bottom)"
_ORDER = r"(?:(?:far|front|back|top|bottom|second|third|fourth|\d(?:st|nd|rd|th)) )*(?:from )?"
_PLACED = re.compile(
    rf"\((?:{_ORDER}{_SPOT}|not pictured|not seen|pictured|file|file photo|rear|back)(?:[ ,][^()]{{0,40}})?\)"
    r"|, (?:left|right|cent(?:er|re)|(?:second|third) from (?:left|right)|pictured)\s?[,.]",
    re.IGNORECASE,
)
_POSES = re.compile(
    r"\b(?:shakes?|shaking) hands\b|\bpos(?:es|e|ing) (?:for|with|together|before|ahead|prior|at|during)\b"
    r"|\bwaves?\b (?:to|at|as|before|upon|from)|\blooks? on\b|\bgestures?\b (?:as|during|while|at|to)"
    r"|\b(?:speaks?|talks|answers|delivers|holds?|listens?|walks?|arrives?|attends?|stands|greets?|leaves|addresses"
    r"|meets?|is seen|are seen)\b(?: [\w'’.,-]+){0,25}? (?:at|in|during|before|ahead of|prior to|after|on)\b"
)


def ends_with_credit(text: str, kb: Furniture) -> tuple[str, str] | None:
    """Split ``text`` into what it says and the credit in brackets at its end; None when there is no credit."""
    bare = _BARE_CREDIT.fullmatch(text)
    if bare and all(part in kb.agencies for part in re.split(r"\s?[-/]\s?", bare["credit"])):
        return bare["before"], bare["credit"]
    if bare and re.match(r"(?:courtesy of|\w+(?: \w+)? (?:photo|file)\b|screenshot|captured)", bare["credit"], re.I):
        return bare["before"], bare["credit"]
    match = _BRACKET.fullmatch(text) if text.rstrip(".")[-1:] in ")]）】" else None
    if not match or not match["before"]:
        return None
    credit = " ".join(match["credit"].split())
    initials = "".join(word[0] for word in match["before"].split() if word[:1].isupper())
    if credit.isupper() and initials.endswith(credit):
        return None  # a long name and its short form: "Meridian Trade Bank (MTB)"
    folded = credit.casefold()
    if folded.startswith(kb.asides) or re.search(r"\d{3,}|[.!?]$", credit):
        return None
    if _TWO_PARTS.fullmatch(credit):
        return match["before"], credit
    known = re.split(r"[-/,–— ]|\bvia\b", credit)
    if any(part.strip() in kb.agencies for part in (credit, *known)) or any(
        f" {word} " in f" {re.sub('[-/,.:]', ' ', folded)} " for word in kb.credit_words
    ):
        return match["before"], credit
    return None


def is_caption(text: str, kb: Furniture) -> bool:
    """Tell whether the line alone says that it is a caption or a credit."""
    return bool(
        _COUNTED.match(text)
        or _TAKEN.match(text)
        or _SLASHED.search(text)
        or _CREDITED.search(text)
        or only_a_credit(text, kb)
    )


def only_a_credit(text: str, kb: Furniture) -> bool:
    """Tell whether the line is nothing but a name in brackets: "(Yonhap)", "[MINISTRY OF TRADE]"."""
    match = re.fullmatch(r"[(\[](?P<credit>[A-Z][\w.&/ -]{1,40}[\w])[)\]]", text)
    if match is None or word_count(text) > 5 or match["credit"].casefold().startswith(kb.asides):
        return False
    return match["credit"] in kb.agencies or match["credit"].isupper()


def looks_like_caption(text: str, kb: Furniture, *, sure: bool = False) -> bool:
    """Tell whether ``text`` describes a picture: a credit at its end, a place in the picture, people posing.

    ``sure`` asks for all of it.
    """
    if len(text) > 700 or word_count(text) > 75:
        return False
    credit = ends_with_credit(text, kb)
    strong = bool(_PLACED.search(text)) or _SLASHED.search(text) is not None or _TAKEN.match(text) is not None
    poses = bool(_POSES.search(text))
    if sure:
        return strong and poses and credit is not None
    return (strong and (poses or credit is not None)) or (credit is not None and poses)
