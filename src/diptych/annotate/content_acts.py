"""The act that lies in the content of a neutral "said": thanks, a promise, a demand, a refusal, a denial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diptych.annotate.attribution import listed
from diptych.annotate.facts import is_fact_of_contact
from diptych.records import ACT_STRENGTH, Act
from diptych.syntax import modality_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from diptych.annotate.attribution import Attribution, Source
    from diptych.annotate.entities import Named

_WEIGHTY = listed(
    "essential important vital critical crucial key necessary imperative unacceptable unwavering "
    "ironclad committed united one clear determined ready unchanged firm"
)
_REFRAINING = frozenset({"refrain", "decline", "refuse"})
_NOBODY = frozenset(["nobody", "none", "nothing", "neither"])
#: Subjects whose "is not" or "was not" denies.
_DENYING_SUBJECTS = frozenset(["i", "we", "this", "that", "it", "there"])
#: What may exist or not between states: "there is no deal" denies, "there is no doubt" or "no better friend" does not.
_DENIABLE = listed(
    "agreement deal accord pact arrangement understanding promise pledge commitment assurance plan decision discussion "
    "talk negotiation meeting contact call conversation request offer proposal intention truth evidence proof "
    "fact basis change "
    "shift rift divergence disagreement difference dispute gap tension date schedule such thing mention threat "
    "condition concession ultimatum pressure link connection involvement role"
)
_NAMING = listed(
    "call label brand dub term deem describe dismiss denounce decry slam ridicule mock characterize portray"
)
_FALSE = listed(
    "false untrue baseless groundless unfounded fake fabricated fictitious incorrect inaccurate misleading bogus "
    "fabrication invention lie falsehood fiction nonsense hoax fake disinformation misinformation slander fantasy smear"
)
#: Holding fast to something.
_HOLDING = listed("adhere uphold stick abide insist cling")
_POSITIONS = listed("position stance policy stand view approach attitude")
_LAWFUL = listed("law right charter convention treaty resolution")
_STANDING = listed("right authority standing place business jurisdiction basis")
#: Clauses and words that are no main clause of what was said.
_LOWER = frozenset(["aux", "auxpass", "amod", "acl", "relcl", "advcl", "pcomp", "xcomp"])
_INVITING = listed("invitation offer request proposal")
_STOPS = frozenset(".!?;")
_ADVISING = frozenset(["should", "ought"])
_OTHERS = listed("side party country nation leader government minister president ministry state neighbour neighbor")
#: What becomes of a subject at a contact: negated, it denies that it was one.
#: Negated, they tell of a state of mind or of affairs: "we do not know", "we do not have time".
_INNER = listed(
    "know think believe doubt understand forget remember see feel want wish need like have mind care waste live "
    "hesitate hope worry fear expect stop stand give lose"
)
_REFUSED = listed("comment discuss disclose speculate answer elaborate")
_TRUE = listed("true correct accurate right so real factual")
_AGENDA = frozenset(["agenda", "table", "discussion", "consideration"])
_ARISING = listed("figure feature arise come")
_RAISED = listed(
    "discuss raise mention address agree decide settle sign reach conclude promise offer accept consider broach "
    "negotiate"
)
#: Holding a position by what one does: "supports every effort".
_SIDING = listed("support oppose back favour favor reject condemn stand")


def is_falsehood(source: Source, attribution: Attribution) -> bool:
    """Whether the cue names something a falsehood: "called the report a fabrication"."""
    if attribution.lemma not in _NAMING or attribution.frame not in ("object", "preposition"):
        return False
    first, last = source.token_at(attribution.content[0]), source.token_at(attribution.content[1])
    doc = source.doc
    words = [token for token in doc[first:last] if token.is_alpha]
    # what it is called stands at the end: "called the false alarm a mistake" denies nothing
    return any(token.lower_ in _FALSE for token in words[-3:] if token.dep_ not in ("amod", "compound"))


def content_act(source: Source, attribution: Attribution, named: Named) -> tuple[Act | None, bool]:
    """The act that lies in what was said: thanks, a promise, a refusal; and whether it is a denial."""
    doc = source.doc
    first, last = source.token_at(attribution.content[0]), source.token_at(attribution.content[1])
    best: Act | None = None
    for at in range(first, min(last, len(doc))):
        token = doc[at]
        top = _first(token)
        # in a turn of a transcript the parser hangs the first verb on the speaker's name
        lower = top.dep_ in _LOWER and not (attribution.lemma == ":" and top.head.i < first)
        if token.pos_ not in ("VERB", "AUX") or lower:
            continue
        inside = first <= token.head.i < last and token.head != token
        if inside and token.dep_ not in ("conj",):
            continue
        act, denied = _clause_act(source, token)
        if attribution.lemma in ("announce", "assure") and modality_of(token) in ("future", "conditional"):
            act = "commit"
        if act is None and not denied and is_fact_of_contact(token, _subject(token)):
            act = "setting"
        if denied or _own_denial(source, token, attribution, named):
            return "deny", True
        if act is not None and (best is None or ACT_STRENGTH[act] > ACT_STRENGTH[best]):
            best = act
    return best, False


def _first(verb: Token) -> Token:
    """The first of the verbs that ``verb`` is joined to."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)


def _clause_act(source: Source, verb: Token) -> tuple[Act | None, bool]:
    who = _subject(verb)
    pronoun = who.lower_ if who is not None else ""
    standing = _standing(verb, who)
    if standing:
        return "affirm", False
    negated = any(c.dep_ == "neg" for c in verb.children) or _not_on(verb)
    plain = negated and pronoun in _DENYING_SUBJECTS and _contradicts(verb)
    if plain or (negated and _untouched(verb, who)) or _denies(source, verb, who):
        return "deny", True
    if negated and verb.lemma_ == "hope":
        return None, False
    if who is None and _imperative(source, verb):
        return "request", False
    if verb.lemma_ == "accept" and any(c.dep_ == "dobj" and c.lemma_.lower() in _INVITING for c in verb.rights):
        return "commit", False
    if pronoun in ("i", "we", "he", "she") and verb.lemma_ == "hope" and _hopes_not(verb):
        return "request", False
    if verb.lemma_ in _REFRAINING or any(
        c.lemma_ in _REFRAINING for c in verb.rights if c.dep_ == "xcomp" and pronoun in ("i", "we")
    ):
        return "deny", True
    hit = source.cues.at(verb)
    if hit is not None and not negated and hit.cue.cue_class in ("speech", "cognition") and not _set_aside(verb):
        act = hit.cue.act(joint=False)
        if act == "deny":
            # "is unacceptable" insists; "we reject it" denies
            return ("affirm", False) if hit.cue.words[0] == "be" else ("deny", True)
        if pronoun in ("i", "we") and act == "affirm" and len(hit.cue.words) == 1:
            return act, False
        # "We are looking at it" discusses nothing, "we work together" affirms nothing; "we are united" does
        if act in ("express", "request", "commit") or (act == "affirm" and hit.cue.words[0] == "be"):
            return act, False
        passive = any(c.dep_ == "auxpass" for c in verb.lefts)
        modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.lefts)
        if (
            act == "discuss"
            and not modal
            and (passive or (pronoun == "we" and verb.tag_ == "VBD" and hit.cue.joint == "discuss"))
        ):
            return act, False
    if who is not None and not negated and verb.lemma_ in _SIDING and verb.tag_ in ("VBZ", "VBP") and _animate(who):
        return "affirm", False
    if verb.lemma_ in ("want", "need") and who is not None and not negated and _animate(who) and pronoun != "we":
        if any(c.dep_ in ("dobj", "ccomp") for c in verb.rights):
            return "request", False
        if verb.lemma_ == "want":
            return None, False
    if verb.lemma_ in ("have", "need") and who is not None and any(c.dep_ == "xcomp" for c in verb.rights):
        # "would have to include", "need to withdraw"
        return (None if negated else "affirm"), False
    if who is not None and who.dep_ == "nsubjpass" and verb.lemma_ in ("agree", "decide") and not negated:
        return "agree", False
    modality = modality_of(verb)
    if is_fact_of_contact(verb, who):
        return "setting", False
    if modality in ("future", "conditional") and who is not None and pronoun not in ("it", "this", "that", "there"):
        if not _animate(who):
            return None, False
        if not any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.subtree):
            return "commit", False
    if modality == "necessary":
        return ("request" if _advises(verb, who) else "affirm"), False
    if verb.lemma_ in ("be", "remain", "stay", "stand"):
        predicate = next((c for c in verb.rights if c.dep_ in ("acomp", "attr", "oprd", "prep", "advmod")), None)
        if (predicate is not None and predicate.lower_ in _WEIGHTY) or verb.lemma_ in ("remain", "stand"):
            return "affirm", False
    return None, False


def _not_on(verb: Token) -> bool:
    """'was "not on the agenda"': the negation hangs on the preposition."""
    return verb.lemma_ == "be" and any(
        c.dep_ == "neg" for prep in verb.rights if prep.dep_ == "prep" for c in prep.lefts
    )


def _contradicts(verb: Token) -> bool:
    """Whether a negated clause about oneself or "it" denies: not "we do not know", "it is not easy"."""
    if verb.lemma_ in _INNER:
        return any(c.lemma_ in _REFUSED for c in verb.subtree)
    if verb.lemma_ != "be":
        return True
    predicate = next((c for c in verb.rights if c.dep_ in ("acomp", "advmod")), None)
    if predicate is None or predicate.lower_ in _TRUE:
        return True
    return any(c.lemma_ in _REFUSED for c in verb.subtree)


def _untouched(verb: Token, who: Token | None) -> bool:
    """ "The loan did not come up", "was not discussed", "was not on the agenda": denies that it was a subject."""
    if who is None or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.lefts):
        return False
    if any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.lefts):
        return False
    if verb.lemma_ == "come":
        return any(c.lower_ == "up" for c in verb.rights)
    if verb.lemma_ == "be":
        on = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("on", "under")), None)
        return on is not None and any(c.lower_ in _AGENDA for c in on.subtree)
    return verb.lemma_ in _ARISING or (verb.lemma_ in _RAISED and who.dep_ == "nsubjpass")


def _set_aside(verb: Token) -> bool:
    """ "is expected to visit": a passive asks for nothing and thanks nobody."""
    return any(c.dep_ == "auxpass" for c in verb.lefts) and verb.lemma_ in (
        "expect",
        "ask",
        "invite",
        "request",
        "hope",
    )


def _animate(token: Token) -> bool:
    return (
        token.lower_ in ("i", "we", "he", "she")
        or token.pos_ == "PROPN"
        or token.ent_type_ in ("PERSON", "GPE", "ORG", "NORP")
        or (token.lemma_.lower() in ("side", "country", "government", "minister", "president", "ministry", "leader"))
    )


def _denies(source: Source, verb: Token, who: Token | None) -> bool:
    """ "There is no deal", "nobody agreed", "no promise was made", "I have nothing to add", "the report is false"."""
    if who is None:
        return False
    told = source.cues.at(verb) is not None and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.lefts)
    if who.lower_ in _NOBODY or (who.lower_ == "one" and any(c.lower_ == "no" for c in who.lefts)):
        return told or any(c.dep_ == "dobj" and c.lemma_.lower() in _DENIABLE for c in verb.rights)
    if verb.tag_ in ("VBD", "VBN") and _nothing(verb) and _animate(who):
        return True  # "undertook nothing of the kind", "made no such promise"
    if who.dep_ == "nsubjpass" and any(c.lower_ == "no" and c.dep_ in ("det", "neg") for c in who.lefts):
        modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.lefts)
        return not modal and (told or who.lemma_.lower() in _DENIABLE)
    after = next((c for c in verb.rights if c.dep_ in ("attr", "dobj", "acomp", "nsubj")), None)
    if after is None:
        return False
    if who.lower_ == "there" and verb.lemma_ == "be":
        bare = any(c.lower_ == "no" and c.dep_ in ("det", "neg") for c in after.lefts)
        return (bare and after.lemma_.lower() in _DENIABLE) or after.lower_ in ("nothing", "none")
    if who.lower_ in ("i", "we") and verb.lemma_ == "have" and after.lower_ == "nothing":
        return True
    false = after.lemma_.lower() in _FALSE and not any(c.dep_ == "neg" for c in verb.children)
    return verb.lemma_ == "be" and after.dep_ in ("attr", "acomp") and false


def _nothing(verb: Token) -> bool:
    """ "promised nothing", "made no such promise", "gave no undertaking"."""
    obj = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if obj is None:
        return False
    if obj.lower_ == "nothing":
        return True
    return obj.lemma_.lower() in _DENIABLE and any(c.lower_ == "no" for c in obj.lefts)


def _own_denial(source: Source, verb: Token, attribution: Attribution, named: Named) -> bool:
    """ "Ostmark did not ask for it", said by Ostmark's ministry: who denies its own act denies."""
    who = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if who is None or verb.lemma_ in ("change", "be") or not any(c.dep_ == "neg" for c in verb.lefts):
        return False
    if any(c.dep_ == "aux" and c.lower_ not in ("did", "had", "has", "have", "does", "do") for c in verb.lefts):
        return False
    if attribution.source is None or who.pos_ != "PROPN" or len(who.text) < 4:
        return False
    stem = who.lower_.removesuffix("a")[:5]
    words = source.text[slice(*attribution.source)].lower().split()
    return any(word.startswith(stem) for word in (*words, *(w for n in named.entities for w in n.lower().split())))


def _standing(verb: Token, who: Token | None) -> bool:
    """Holding fast, an unchanged position, a right of one's own or one that another lacks."""
    if verb.lemma_ in _HOLDING and who is not None and not any(c.dep_ == "neg" for c in verb.children):
        return True
    if who is not None and who.lemma_.lower() in _POSITIONS:
        return verb.lemma_ == "change" and any(c.dep_ == "neg" for c in verb.children)
    if verb.lemma_ == "have" and who is not None and who.lower_ not in ("there",):
        obj = next((c for c in verb.rights if c.dep_ == "dobj"), None)
        return obj is not None and obj.lemma_.lower() in _STANDING
    # "was done in accordance with the law", "is within our rights"
    for prep in verb.rights:
        if prep.dep_ != "prep" or prep.lower_ not in ("in", "within"):
            continue
        noun = next((c for c in prep.children if c.dep_ == "pobj"), None)
        if noun is None:
            continue
        within = prep.lower_ == "within" and noun.lemma_.lower() in _LAWFUL
        by_law = noun.lower_ in ("accordance", "line", "compliance") and any(
            c.lemma_.lower() in _LAWFUL for w in noun.rights for c in w.children
        )
        if within or by_law:
            return True
    return False


def _imperative(source: Source, verb: Token) -> bool:
    """A bare verb that opens a sentence of a quotation: "Withdraw your patrols at once"."""
    if verb.tag_ not in ("VB", "VBP") or verb.dep_ not in ("ROOT", "ccomp", "conj") or source.quote_of[verb.i] < 0:
        return False
    if any(c.dep_ in ("aux", "nsubj", "nsubjpass", "expl") and c.lower_ != "do" for c in verb.lefts):
        return False
    doc = source.doc
    opening = source.quotations[source.quote_of[verb.i]].inner_start
    edge = verb.i
    while edge > 0 and doc[edge - 1].text not in _STOPS and doc[edge - 1].idx >= opening:
        edge -= 1
    before = doc[edge : verb.i]
    return all(t.is_punct or t.is_space or t.lower_ in ("please", "do", "not", "n't", "never", "just") for t in before)


def _hopes_not(verb: Token) -> bool:
    """ "hopes that they will not do it again": asks others to refrain."""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None or not any(c.dep_ == "neg" for c in clause.lefts):
        return False
    who = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
    return who is not None and (who.lower_ == "they" or (who.lower_ not in ("i", "we", "it") and _animate(who)))


def _advises(verb: Token, who: Token | None) -> bool:
    """ "Veloria should withdraw": asked of others, or of both sides; not of oneself."""
    if who is None or who.dep_ != "nsubj" or not any(c.dep_ == "aux" and c.lower_ in _ADVISING for c in verb.lefts):
        return False
    if who.lower_ in ("i", "we", "this", "that"):
        return False
    return who.lower_ in ("they", "you", "both", "it") or _animate(who) or who.lemma_.lower() in _OTHERS
