"""What else a text tells of a contact: whether it took place, where, how long, at whose wish, which number it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diptych.annotate.contact_words import HOLD, ContactCue
from diptych.annotate.lexicon import vocabulary
from diptych.annotate.scene import Scene, governing_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.records import ContactKind, ContactStatus

_PLAN = vocabulary(
    "set schedule expect plan due slate slat intend prepare agree likely ready poise direct instruct order task"
)
_WISH = vocabulary(
    "propose hope invite offer suggest want seek ask call wish urge consider invitation proposal request "
    "interest opportunity willingness readiness possibility"
)
_CANCEL = frozenset(("cancel", "postpone", "scrap", "abandon", "suspend"))
_FUTURE_WORDS = frozenset(("upcoming", "next", "planned", "scheduled", "forthcoming"))
_DOUBT_WORDS = frozenset(("possible", "potential", "proposed"))
_MOTION = vocabulary("leave arrive travel come fly head depart go visit")
#: Verbs that contest that something took place, and the ways down from them to what is contested.
_CONTEST = vocabulary("deny dispute refute")
_CONTESTED = frozenset(("ccomp", "xcomp", "dobj", "nsubj", "nsubjpass", "acl", "appos", "pcomp"))


def status_of(scene: Scene, cue: ContactCue) -> ContactStatus | None:
    """Return whether the contact was held, is planned, wished for, called off or contested; None: there is none."""
    token = scene.token(cue.head)
    if _is_contested(token):
        return "disputed"
    modifiers = set(scene.words.lower[cue.first : cue.head])
    if cue.form == "noun":
        if modifiers & _FUTURE_WORDS:
            return "planned"
        if modifiers & _DOUBT_WORDS:
            return "proposed"
        verb = governing_verb(token)
        if verb is None:
            return "held"
        if verb.lemma_.lower() in _CANCEL:
            return "cancelled"
        previous = scene.words.lower[cue.first - 2 : cue.first]
        if "for" in previous and verb.lemma_.lower() in _MOTION:
            return "planned"
        if "during" in scene.words.lower[max(cue.first - 3, 0) : cue.first] and cue.kind == "visit":
            return "ongoing" if _verb_status(verb) in ("planned", "proposed") else "held"
        lemma = verb.lemma_.lower()
        if lemma not in HOLD and lemma not in _PLAN and token.dep_ not in ("dobj", "nsubj", "nsubjpass"):
            # what is said of a contact in passing denies or plans nothing
            return "held"
        status = _verb_status(verb)
        if status is None and lemma not in HOLD:
            status = "held"
        if (
            status == "held"
            and token.dep_ == "pobj"
            and token.head.lower_ in ("to", "for", "of")
            and token.head.head.lemma_.lower() in _WISH
        ):
            return "proposed"
        return status
    status = _verb_status(token)
    if cue.kind == "visit" and status == "held":
        if token.tag_ == "VBG" and any(
            c.dep_ == "aux" and c.lemma_ == "be" and c.tag_ in ("VBZ", "VBP") for c in token.children
        ):
            return "ongoing"
        if token.tag_ in ("VBZ", "VBP") or (token.lemma_ == "arrive" and cue.head < 200):
            return "ongoing"
    return status


def _is_contested(token: Token) -> bool:
    """Whether somebody denies that the contact took place: "denied that the meeting was held", "denied meeting"."""
    for _ in range(4):
        if token.dep_ not in _CONTESTED:
            return False
        token = token.head
        if token.lemma_.lower() in _CONTEST and token.pos_ == "VERB":
            return not any(child.dep_ == "neg" for child in token.children)
    return False


def _verb_status(verb: Token) -> ContactStatus | None:
    negated = any(c.dep_ == "neg" for c in verb.children)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"will", "'ll", "shall", "’ll"}:
        return "cancelled" if negated else "planned"
    if auxiliaries & {"could", "may", "might", "can", "should"}:
        return "proposed"
    if negated:
        return None
    if auxiliaries & {"would"}:
        return "planned"
    if "to" in auxiliaries and verb.tag_ == "VB":
        head = verb.head
        lemma = head.lemma_.lower()
        if head.lower_ == "invitation" and head.head.lemma_.lower() == "accept":
            return "planned"
        if lemma in _WISH:
            return "proposed"
        if lemma in _PLAN or head is verb:
            return "planned"
        if lemma in ("decline", "refuse", "fail"):
            return None
        if lemma in _MOTION:
            return "planned" if verb.dep_ in ("advcl", "xcomp", "relcl", "acl") else _verb_status(head)
        if lemma in ("look", "forward", "be"):
            return "planned"
        return _verb_status(head) if head.pos_ == "VERB" and verb.dep_ == "xcomp" else "planned"
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("to", "of", "for"):
        above = verb.head.head
        if above.lower_ == "forward":
            above = above.head
        if above.lemma_.lower() in _WISH or (above.lemma_ == "look"):
            return "planned" if above.lemma_ == "look" else "proposed"
    if verb.lemma_.lower() in ("set", "schedule", "expect", "plan", "slate") and verb.tag_ == "VBN":
        return "planned"
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.pos_ == "VERB" and verb.head is not verb:
        return _verb_status(verb.head)
    return "held"


_PLACE_STOP = vocabulary(
    "about regarding concerning discuss where which who that ; : discussing and said told agreed for after before "
    "ahead during while , . ( )"
)
_OTHER_CLAUSE = vocabulary("discuss about regarding where discussing said after before following ahead while since")
_NOT_PLACE = vocabulary(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday response addition order light recent accordance line particular"
)


def place_of(scene: Scene, cue: ContactCue) -> str | None:
    """Return where the contact took place, as the sentence of ``cue`` says: "State Department, Washington"."""
    words = scene.words
    lower, capital = words.lower, words.capital
    end = words.sentences[words.sentence[cue.head]][1]
    out: list[str] = []
    k = cue.last
    if cue.place_follows and cue.form == "verb" and lower[cue.head].startswith("visit"):
        found = _phrase(scene, k, end)
        if found is not None:
            return found[0]
    while k < end and k - cue.last < 26 and len(out) < 2:
        word = lower[k]
        if word in ("in", "at") or (cue.place_follows and word == "to"):
            found = _phrase(scene, k + 1, end)
            if found is not None and not (word == "in" and capital[k + 1] is False and lower[k + 1] != "the"):
                out.append(found[0])
                k = found[1]
                continue
        elif word in _OTHER_CLAUSE or (out and word in _PLACE_STOP and word != ","):
            break
        k += 1
    return ", ".join(dict.fromkeys(out)) or None


def _phrase(scene: Scene, i: int, end: int) -> tuple[str, int] | None:
    words = scene.words
    k = i
    while k < end and words.lower[k] in ("the", "his", "her", "'s", "’s"):
        k += 1
    first = k
    while k < end and (
        (words.capital[k] and words.lower[k] not in _NOT_PLACE)
        or (k > first and words.lower[k] in ("of", "'s", "’s", "for", "’") and k + 1 < end and words.capital[k + 1])
        or words.lower[k] in ("foreign", "ministry", "office", "airport", "headquarters", "residence", "palace")
    ):
        if (
            scene.people[k] >= 0
            and scene.mentions[scene.people[k]].form in ("name", "group")
            and words.lower[k] not in ("prime", "minister", "president")
        ):
            break
        k += 1
    if k == first or not words.form[first][0].isalpha():
        return None
    if (
        k < end
        and words.lower[k] in ("'s", "’s")
        and words.lower[k + 1 : k + 2] in (("request",), ("initiative",), ("invitation",))
    ):
        return None
    return words.span(first, k), k


_REQUEST = re.compile(
    r"at the (?:request|initiative|invitation) of (?P<a>[^,.;]{2,80})"
    r"|at (?P<b>[^,.;]{2,60}?)[’']s? (?:request|initiative)\b"
    r"|(?:requested|initiated|proposed) by (?P<c>[^,.;]{2,60})"
    r"|at the (?P<d>[A-Z][\w-]+) side[’']s (?:request|initiative)"
    r"|[Ii]t was (?P<e>[^,.;]{2,60}?) who (?:had )?(?:requested|asked for|initiated|sought) the "
    r"(?:call|conversation|meeting|talks)"
    r"|(?P<f>[A-Z][\w'’ -]{2,40}?) (?:had )?(?:requested|initiated|asked for) the (?:call|conversation|meeting|talks)"
)
_CUT_PHRASE = re.compile(r"\s+(?:on|in|to|at|and|where|which|today|took|was|for)\b.*$", re.DOTALL)
_ABOUT = r"(?:(?:approximately|about|around|nearly|over|more than|almost|just under|some|for|a little more than) )*"
_LENGTH = r"(?:an?|one|two|three|four|\d+)(?: and a half)?[- ](?:and a half )?(?:hours?|minutes?)"
_MORE = r"(?: and (?:a half|an? (?:half|quarter)|\d+ minutes|ten minutes|twenty minutes))?"
_DURATION = re.compile(
    rf"\bfor (?P<a>{_ABOUT}{_LENGTH}{_MORE})"
    rf"|\blasted (?P<b>{_ABOUT}{_LENGTH}{_MORE})"
    r"|\b(?P<c>hour-?long|(?:one|two|three|four|\d+)-hour|\d+-minute|half-hour)\b"
)
_ORDINAL = re.compile(
    r"\b(?:(?:his|her|their|the|a)\s+)?(?P<o>first|second|third|fourth|fifth|sixth|seventh|\d+(?:st|nd|rd|th))\s+(?:[\w-]+\s+){0,4}?"
    r"(?:call|conversation|talks?|meeting|visit|summit|round|session|contact)\b(?P<s>\s+(?:since|in|this|of)\s+[^,.;]{3,50})?"
    r"|\bfor the (?P<p>first|second|third) time(?P<t>\s+since\s+[^,.;]{3,50})?"
)
_MARGINS = re.compile(r"\bon the (?:margins|sidelines|fringes) of (?:the )?(?P<e>[^,.;]{3,90})")


def requested_by(text: str) -> str | None:
    """Return at whose wish the contact took place, in the words of ``text``."""
    m = _REQUEST.search(text)
    if m is None:
        return None
    words = next(g for g in m.groups() if g)
    words = _CUT_PHRASE.sub("", " ".join(words.split())).strip(" '’\"”")
    return re.sub(r"^(?:the|its|his|her)\s+", "", words) or None


def duration_of(text: str) -> str | None:
    """Return how long it lasted, in the words of ``text``."""
    m = _DURATION.search(text)
    return " ".join(next(g for g in m.groups() if g).split()) if m else None


def ordinal_of(text: str) -> str | None:
    """Return which contact of a row it is: "first", "second since January"."""
    m = _ORDINAL.search(text)
    if m is None:
        return None
    number = m.group("o") or m.group("p")
    since = m.group("s") or m.group("t") or ""
    since = re.split(r"\s+(?:--|[–—]|(?:and|to|on|at|with|where|between)\b)", " ".join(since.split()))[0]
    return f"{number} {since}".strip() if since.startswith("since") else number


def margins_of(text: str) -> str | None:
    """Return the event on whose margins the contact took place."""
    m = _MARGINS.search(text)
    if m is None:
        return None
    event = re.split(
        r"\s+(?:and|to (?:discuss|be)|where|on|today|yesterday|in [A-Z]\S+$)\b", " ".join(m.group("e").split())
    )[0]
    return f"on the margins of {event}"


_HEADLINE_KINDS: tuple[tuple[re.Pattern[str], ContactKind], ...] = (
    (re.compile(r"\bvideo|\bvirtual", re.IGNORECASE), "video_call"),
    (re.compile(r"\b(?:tele)?phone|\bcalls?\b(?! on\b| for\b)", re.IGNORECASE), "phone_call"),
    (re.compile(r"\bmeet|\bmet\b|\btalks\b|\breceive|\bhost", re.IGNORECASE), "meeting"),
)


def headline_kind(title: str | None) -> ContactKind | None:
    """Return the kind of contact that the title of a document names, None where it names none."""
    if title:
        for pattern, kind in _HEADLINE_KINDS:
            if pattern.search(title):
                return kind
    return None
