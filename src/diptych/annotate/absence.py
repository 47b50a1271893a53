"""Reported absence: what a text tells that another text, or somebody, does *not* say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.annotate.attribution import Attribution, Source, listed
from diptych.annotate.sources import agent, may_speak, noun_phrase, own_subject, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Verbs of mentioning: negated, they report an absence.
_MENTIONING = listed(
    "mention reference cite name include contain specify note discuss touch refer allude feature carry list cover "
    "repeat"
)
#: Of these only what a document or an institution leaves out counts, and a person only with the first group.
_PERSONAL = listed("mention reference cite name specify refer allude touch repeat")
_OMITTING = listed("omit exclude skip drop delete remove leave")
_NOUNS = frozenset(["mention", "reference", "allusion", "word"])
#: Verbs of telling: negated, with a question or with details as object, they report what was not told.
_SAYING = listed(
    "say disclose reveal elaborate explain clarify confirm provide give offer announce release divulge talk speak "
    "raise react respond comment indicate specify state tell make"
)
_CONFIRMING = listed("react respond comment confirm disclose reveal announce release talk speak raise clarify explain")
_QUESTIONS = listed("whether if what when where who why how which")
_DETAILS = listed("detail details information explanation reason timeline timetable date specifics figure elaboration")
_WORDS = listed("word term phrase expression formula wording language")
_FAILING = frozenset(["fail", "neglect", "avoid"])
_PLACES = frozenset(["in", "from", "by"])
_TEXTS = listed(
    "release statement readout report communique communiqué declaration document text account summary "
    "version fact sheet transcript letter note briefing announcement speech address remark notice "
    "post publication"
)


_SILENT = _MENTIONING | _OMITTING | _SAYING | {"use"}


def absences(source: Source) -> Iterator[Attribution]:
    """Yield the reported absences of a text in order."""
    for token in source.doc:
        lemma = token.lemma_.lower()
        found: Attribution | None = None
        if token.pos_ in ("NOUN", "VERB") and lemma in _NOUNS and _denied_noun(token):
            found = _no_mention(source, token)
        elif token.pos_ in ("VERB", "AUX", "ADJ") and (
            lemma in _MENTIONING or lemma in _OMITTING or lemma in _SAYING or lemma == "use"
        ):
            found = _verb(source, token, lemma)
        elif lemma in ("absent", "missing", "silent", "mum") and token.head.lemma_ in ("be", "remain", "stay", "keep"):
            found = _adjective(source, token, lemma)
        if found is not None:
            yield found


def _denied_noun(noun: Token) -> bool:
    """ "no mention", "without any reference", "did not make any mention"."""
    if any(c.lower_ in ("no", "any", "nary") and c.dep_ in ("det", "neg") for c in noun.lefts):
        det = next(c for c in noun.lefts if c.lower_ in ("no", "any", "nary"))
        if det.lower_ != "any":
            return True
        head = noun.head
        return any(c.dep_ == "neg" for c in head.children) or head.lower_ == "without"
    head = noun.head
    return noun.dep_ in ("dobj", "nsubjpass") and head.lemma_ == "make" and any(c.dep_ == "neg" for c in head.children)


def _about(noun: Token) -> Token | None:
    return next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ in ("of", "to", "on", "about")), None)


def _no_mention(source: Source, noun: Token) -> Attribution | None:
    """ "there was no mention of X in Y", "Y made no reference to X", "no mention was made of X in Y"."""
    head = noun.head
    verb = head if head.pos_ in ("VERB", "AUX") else None
    preps = [c for c in noun.rights if c.dep_ == "prep"]
    if verb is not None:
        preps += [c for c in verb.children if c.dep_ == "prep" and c not in preps]
    about = next((c for c in preps if c.lower_ in ("of", "to", "on", "about")), None)
    what = _object(about)
    if about is None or what is None:
        return None
    teller = subject(verb) if verb is not None and verb.lemma_ == "make" else None
    if teller is not None and (not may_speak(teller) or teller == noun):
        teller = None
    place = teller or next(
        (p for c in (*preps, *_nested(about)) if c is not about and (p := _place(c)) is not None), None
    )
    if place is None and verb is not None:
        found = subject(verb)
        if found is not None and found is not noun and found.dep_ != "expl" and found.lower_ != "there":
            place = found
    cue_first = verb.i if verb is not None and verb.i < noun.i else noun.left_edge.i
    if verb is not None:
        for child in verb.lefts:
            if child.dep_ in ("expl", "aux", "neg", "auxpass") and child.i < cue_first:
                cue_first = child.i
    first, last = what.left_edge.i, max(_without(place, what), _joined(about, place))
    return _made(source, noun, (min(cue_first, noun.i), max(about.i, noun.i) + 1), place, (first, last + 1))


def _joined(about: Token, place: Token | None) -> int:
    """ "no mention of X or of Y": the last token of what is joined on."""
    further = [c for c in about.children if c.dep_ == "conj"]
    return max((_without(place, c) for c in further), default=-1)


def _nested(prep: Token) -> list[Token]:
    return [c for noun in prep.children for c in noun.rights if c.dep_ == "prep"]


def _object(prep: Token | None) -> Token | None:
    if prep is None:
        return None
    return next((c for c in prep.rights if c.dep_ in ("pobj", "pcomp")), None)


def _place(prep: Token) -> Token | None:
    """The text in which something is missing: "in the ministry's press release"."""
    if prep.lower_ not in _PLACES:
        return None
    noun = _object(prep)
    if noun is None:
        return None
    return noun if noun.lemma_.lower() in _TEXTS else None


def _without(place: Token | None, what: Token) -> int:
    """Last token of the content, the place of absence not counted."""
    last = int(what.right_edge.i)
    if place is not None and what.i < place.i <= last:
        last = place.head.left_edge.i - 1
    doc = what.doc
    while last > what.i and (
        (doc[last].is_punct and doc[last].text not in '"”’') or doc[last].is_space or doc[last].lower_ == "either"
    ):
        last -= 1
    return last


def _governed(verb: Token) -> Token | None:
    """The word that negates a verb it governs: "failed to mention", "without mentioning", "has yet to confirm"."""
    head = verb.head
    if verb.dep_ == "xcomp" and head.lemma_.lower() in _FAILING:
        return head
    if verb.dep_ == "pcomp" and head.lower_ == "without":
        return head
    if verb.i > 1 and verb.nbor(-1).lower_ == "of" and verb.nbor(-2).lower_ == "short":
        return verb.nbor(-2)
    if verb.dep_ == "xcomp" and head.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in head.children):
        return head
    if any(c.tag_ == "TO" for c in verb.lefts) and verb.left_edge.i > 0:
        before = verb.doc[verb.left_edge.i - 1]
        if before.lower_ == "yet" and before.head.lemma_ in ("have", "be"):
            return before.head
    return None


def _negated(verb: Token) -> bool:
    if any(c.dep_ == "neg" or c.lower_ in ("never", "nowhere") for c in verb.children):
        return True
    if any(t.lower_ == "nor" for t in verb.doc[max(0, verb.i - 4) : verb.i]):
        return True
    if any(
        c.dep_ == "dobj" and any(d.lower_ == "no" for d in c.lefts) and c.lemma_.lower() in _DETAILS
        for c in verb.rights
    ):
        return True
    who = own_subject(verb)
    return who is not None and any(c.lower_ in ("neither", "no") and c.dep_ in ("det", "preconj") for c in who.lefts)


def _verb(source: Source, verb: Token, lemma: str) -> Attribution | None:
    negated = _negated(verb)
    governed = _governed(verb)
    passive = verb.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if any(c.dep_ == "aux" and c.lower_ in ("could", "may", "might", "would", "should", "will") for c in verb.lefts):
        return None
    if lemma in _OMITTING:
        return _omitted(source, verb, lemma) if passive and not negated else _omits(source, verb, lemma, negated)
    if not (negated or governed is not None):
        return None
    if passive:
        what = own_subject(verb)
        place = next((p for c in verb.rights if c.dep_ == "prep" and (p := _place(c)) is not None), None) or agent(verb)
        if what is None or place is None:
            return None
        return _made(source, verb, (_group(verb), _cue_end(verb, place)), place, _phrase(source, what, verb))
    who = _untold_by(verb, governed)
    if who is None or who.lower_ in ("i", "we", "you", "it's"):
        return None
    what = next((c for c in verb.rights if c.dep_ in ("dobj", "ccomp")), None)
    last = verb.i
    if what is None:
        prep = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("to", "on", "about")), None)
        what, last = _object(prep), prep.i if prep is not None else verb.i
    if what is None or (what.lemma_.lower() in _NOUNS and _denied_noun(what) and _object(_about(what)) is not None):
        return None  # "did not contain any mention of X" is read at the noun
    if lemma in _SAYING:
        # "did not say whether": what was not told; "did not say that" may be a denial
        opening = what.left_edge.lower_
        asked = what.dep_ == "ccomp" and (opening in _QUESTIONS or what.lower_ in _QUESTIONS)
        if not (asked or what.lemma_.lower() in _DETAILS or (governed is not None and lemma in _CONFIRMING)):
            return None
    elif lemma == "use":
        if not any(t.lemma_.lower() in _WORDS for t in (what, *what.lefts)):
            return None
    elif lemma not in _PERSONAL and who.lemma_.lower() not in _TEXTS and governed is None:
        return None
    first = governed.i if governed is not None else _group(verb)
    place = next((p for c in verb.rights if c.dep_ == "prep" and (p := _place(c)) is not None), None)
    return _made(source, verb, (first, last + 1), who, (what.left_edge.i, _without(place, what) + 1))


def _untold_by(verb: Token, governed: Token | None) -> Token | None:
    """Who leaves it unsaid; "laid out the agendas they wanted to discuss without …" is of whoever laid them out."""
    if governed is not None and governed.lower_ == "short":
        return subject(governed.head)
    if governed is not None and governed.lower_ == "without":
        current = governed.head
        for _ in range(8):
            if current.dep_ in ("relcl", "acl") or (current.dep_ == "xcomp" and current.head.dep_ == "relcl"):
                noun = current if current.dep_ in ("relcl", "acl") else current.head
                above = noun.head
                while above.pos_ not in ("VERB", "AUX") and above.head != above:
                    above = above.head
                if above.pos_ not in ("VERB", "AUX"):
                    break
                current = above
                continue
            if current.pos_ in ("VERB", "AUX"):
                return subject(current)
            if current.head == current:
                return None
            current = current.head
    return subject(verb)


def _omitted(source: Source, verb: Token, lemma: str) -> Attribution | None:
    """ "X was omitted from Y", "X was left out of Y"."""
    out = any(c.lower_ in ("out", "off") for c in verb.rights) or (
        verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "out"
    )
    if lemma == "leave" and not out:
        return None
    what = own_subject(verb)
    place = next((p for c in verb.subtree if c.dep_ in ("prep", "agent") and (p := _anywhere(c)) is not None), None)
    if what is None or place is None:
        return None
    if lemma in ("drop", "delete", "remove", "exclude", "skip", "leave") and place.lemma_.lower() not in _TEXTS:
        return None
    return _made(source, verb, (_group(verb), _cue_end(verb, place)), place, _phrase(source, what, verb))


def _anywhere(prep: Token) -> Token | None:
    return _object(prep) if prep.lower_ in ("in", "from", "by", "of") else None


def _omits(source: Source, verb: Token, lemma: str, negated: bool) -> Attribution | None:
    """ "Y omits X", "Y left out X"."""
    out = verb.i + 1 < len(verb.doc) and any(
        verb.doc[i].lower_ == "out" for i in range(verb.i + 1, min(verb.i + 2, len(verb.doc)))
    )
    if negated or lemma not in ("omit", "leave") or (lemma == "leave" and not out):
        return None
    who = subject(verb)
    what = next((c for c in verb.rights if c.dep_ in ("dobj", "pobj")), None)
    if who is None or what is None or verb.tag_ == "VB":
        return None
    return _made(source, verb, (verb.i, verb.i + 1 + out), who, (what.left_edge.i, what.right_edge.i + 1))


def _adjective(source: Source, token: Token, lemma: str) -> Attribution | None:
    """ "X was absent from Y", "Y was silent on X"."""
    verb = token.head
    who = own_subject(verb)
    prep = next(
        (c for c in (*token.rights, *verb.rights) if c.dep_ == "prep" and c.lower_ in ("from", "on", "about", "in")),
        None,
    )
    what = _object(prep)
    if who is None or what is None or prep is None:
        return None
    if lemma in ("silent", "mum"):
        if prep.lower_ not in ("on", "about"):
            return None
        return _made(source, token, (verb.i, prep.i + 1), who, (what.left_edge.i, what.right_edge.i + 1))
    if what.lemma_.lower() not in _TEXTS or prep.lower_ not in ("from", "in"):
        return None
    return _made(source, token, (verb.i, prep.i + 1), what, _phrase(source, who, verb))


def _phrase(source: Source, noun: Token, verb: Token) -> tuple[int, int]:
    """Token range of a passive subject, marks of quotation around it taken in."""
    first, last = noun.left_edge.i, min(noun.right_edge.i, verb.i - 1)
    doc = noun.doc
    if first > 0 and source.quote_of[first - 1] >= 0 and source.quote_of[first - 1] == source.quote_of[first]:
        first -= 1
    while last > noun.i and (doc[last].dep_ in ("aux", "auxpass", "neg") or doc[last].is_space):
        last -= 1
    return first, last + 1


def _group(verb: Token) -> int:
    first = verb.i
    while (
        first > 0
        and verb.doc[first - 1].head == verb
        and verb.doc[first - 1].dep_ in ("aux", "auxpass", "neg", "advmod")
    ):
        first -= 1
    return first


def _cue_end(verb: Token, place: Token) -> int:
    prep = place.head
    return prep.i + 1 if verb.i < prep.i <= verb.i + 3 else verb.i + 1


def _made(
    source: Source, token: Token, cue: tuple[int, int], place: Token | None, what: tuple[int, int]
) -> Attribution | None:
    if what[1] <= what[0] or cue[1] <= cue[0]:
        return None
    start, end = source.trim(*source.chars(*what))
    if place is None:
        named, head = None, None
    else:
        first, last = _whole(place)
        named, head = source.chars(first, last), place.i
    return Attribution(
        verb=token.i,
        lemma=token.lemma_.lower(),
        kind="speech",
        frame="absence",
        cue=source.chars(*cue),
        source=named,
        head=head,
        content=(start, end),
        negated=True,
        absence=True,
    )


def _whole(place: Token) -> tuple[int, int]:
    """The text and who issued it: "a press release by the ministry"."""
    first, last = noun_phrase(place)
    doc = place.doc
    if last < len(doc) and doc[last].lower_ in ("by", "from") and last == place.i + 1:
        # "omitted in the statement by X", the issuer hung on the verb
        issuer = next((c for c in doc[last].children if c.dep_ == "pobj"), None)
        last = last if issuer is None else noun_phrase(issuer)[1]
    while last > first + 1 and doc[last - 1].lower_ in ("either", "however", "too"):
        last -= 1
    return first, last
