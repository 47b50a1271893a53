"""Facts of a contact told under a mere "said": that it is to take place, how long it took, who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed
from diptych.annotate.sources import may_speak
from diptych.syntax import modality_of

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Verbs of going to a contact and holding it.
_GOING = listed("visit travel arrive meet attend host receive depart fly convene")
_HOLDING = listed("hold have pay make")
_ENCOUNTERS = listed("talk meeting call conversation visit summit consultation session round dialogue trip")
_SPEAKING = listed("speak talk")
_PLANNED = listed("expect schedule plan slate set due")
_LIKELY = listed("likely due set scheduled expected")
_LASTING = listed("last begin end start convene")
_CALLING = listed("initiate request arrange organise organize postpone reschedule")
_PERSONAL = listed("i we he she they")


def is_fact_of_contact(verb: Token, who: Token | None) -> bool:
    """Whether the clause of ``verb`` tells that a contact is held or planned, how long it took or who asked for it.

    What somebody announces of his own journey ("said he would visit") is a promise.
    """
    if who is None or any(c.dep_ == "neg" for c in verb.lefts):
        return False
    noun = who.lemma_.lower()
    encounter = noun in _ENCOUNTERS or (noun == "it" and verb.lemma_ == "last")
    if encounter and (verb.lemma_ in _LASTING or _held(verb) or _passive(verb, _CALLING) or _planned(verb)):
        return True
    if who.lower_ in _PERSONAL:
        return False
    if not may_speak(who):
        return False
    planned = _planned(verb)
    if planned is not None:
        return _goes(planned)
    if modality_of(verb) in ("future", "conditional"):
        return _goes(verb) or (verb.lemma_ in _SPEAKING and any(c.lower_ == "with" for c in verb.rights))
    return verb.tag_ in ("VBD", "VBN") and verb.lemma_ in ("hold", "meet") and _goes(verb)


def _planned(verb: Token) -> Token | None:
    """The infinitive of "is expected to visit", "is likely to travel"."""
    inner: Token | None = None
    if _passive(verb, _PLANNED):
        inner = next((c for c in verb.rights if c.dep_ == "xcomp"), None)
    elif verb.lemma_ == "be":
        predicate = next((c for c in verb.rights if c.dep_ in ("acomp", "attr") and c.lower_ in _LIKELY), None)
        if predicate is not None:
            inner = next((c for c in predicate.rights if c.dep_ == "xcomp"), None)
    return inner


def _goes(verb: Token) -> bool:
    if verb.lemma_ in _GOING or (verb.lemma_ == "pay" and any(c.lemma_ in ("visit", "call") for c in verb.rights)):
        return True
    return verb.lemma_ in _HOLDING and any(c.dep_ == "dobj" and c.lemma_.lower() in _ENCOUNTERS for c in verb.rights)


def _held(verb: Token) -> bool:
    took_place = verb.lemma_ == "take" and any(c.dep_ == "dobj" and c.lower_ == "place" for c in verb.rights)
    return took_place or _passive(verb, frozenset(["hold", "conduct"]))


def _passive(verb: Token, lemmas: frozenset[str]) -> bool:
    return verb.lemma_ in lemmas and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.lefts)
