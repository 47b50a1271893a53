"""Reporting verbs and phrases: what each says about the act that it reports.

``data/cues.csv`` has one cue a row. ``phrase`` is made of lemmas without articles ("make clear", "call for",
"be satisfied with"); other words may stand between them in a text. The act depends on who acts and on what
follows: ``single`` where one side acts, ``joint`` where both do, ``infinitive`` and ``that`` where both act and
the cue takes such a complement ("agreed to meet" binds, "agreed that …" is an opinion).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from diptych.errors import KnowledgeError
from diptych.knowledge.tables import require_rows
from diptych.records import Act, Record

if TYPE_CHECKING:
    from spacy.tokens import Token

Polarity = Literal["positive", "negative"]
CueClass = Literal["speech", "cognition", "deed", "setting"]

COLUMNS = ("phrase", "single", "joint", "infinitive", "that", "polarity", "class", "source", "date")
FILE = "cues.csv"

#: How far apart two words of a cue may stand, in tokens: "expressed his deep and sincere gratitude".
_GAP_CONTENT = 7
_GAP_FUNCTION = 2
_FUNCTION_TAGS = frozenset({"ADP", "PART", "SCONJ", "ADV"})
_STOP_TEXTS = frozenset({".", ";", ":", "?", "!", "\n"})
_COPULA = "be"


class Cue(Record, frozen=True, kw_only=True):
    """A reporting verb or phrase and the acts that it reports.

    ``cue_class``: ``speech`` (said aloud), ``cognition`` (held or intended), ``deed`` (done; it reports no words),
    ``setting`` (a fact of the contact itself). ``polarity`` is ``negative`` where the verb itself denies.
    """

    phrase: str
    words: tuple[str, ...]
    single: Act
    joint: Act
    infinitive: Act
    that: Act
    polarity: Polarity
    cue_class: CueClass
    source: str
    date: str

    def act(self, *, joint: bool, complement: str | None = None) -> Act:
        """Return the act reported when the holder is one side or both (``joint``), by kind of complement."""
        if not joint:
            return self.single
        if complement == "infinitive":
            return self.infinitive
        if complement == "that":
            return self.that
        return self.joint


class CueHit(Record, frozen=True, kw_only=True):
    """A cue found in a text: the indices of its tokens, first to last, and of the verb that carries it."""

    cue: Cue
    head: int
    tokens: tuple[int, ...]

    @property
    def start(self) -> int:
        """Index of the first token of the cue."""
        return self.tokens[0]

    @property
    def end(self) -> int:
        """Index after the last token of the cue."""
        return self.tokens[-1] + 1


def _row_error(line: int, what: str) -> KnowledgeError:
    return KnowledgeError(f"{FILE}, line {line}: {what}", "Correct that row of the table")


def parse_cues(text: str) -> tuple[Cue, ...]:
    """Read the table of cues; raise :class:`KnowledgeError` naming the file and the line of a wrong row."""
    reader = csv.reader(io.StringIO(text))
    header = tuple(next(reader, ()))
    if header != COLUMNS:
        raise _row_error(1, f"the columns must be {', '.join(COLUMNS)}")
    acts = frozenset(get_args(Act))
    cues: list[Cue] = []
    lines: dict[str, int] = {}
    for row in reader:
        line = reader.line_num
        if len(row) != len(COLUMNS):
            raise _row_error(line, f"{len(row)} fields where {len(COLUMNS)} are needed")
        field = dict(zip(COLUMNS, (cell.strip() for cell in row), strict=True))
        phrase = field["phrase"]
        if not phrase or phrase != phrase.lower():
            raise _row_error(line, f"{phrase!r} is not a phrase of lower-case lemmas")
        if phrase in lines:
            raise _row_error(line, f"{phrase!r} stands already in line {lines[phrase]}")
        lines[phrase] = line
        for column in ("single", "joint", "infinitive", "that"):
            if field[column] not in acts:
                raise _row_error(line, f"{field[column]!r} in column {column} is no act")
        if field["polarity"] not in get_args(Polarity):
            raise _row_error(line, f"{field['polarity']!r} is no polarity")
        if field["class"] not in get_args(CueClass):
            raise _row_error(line, f"{field['class']!r} is no class of cues")
        if not field["source"] or not field["date"]:
            raise _row_error(line, "source and date must be given")
        values = {("cue_class" if key == "class" else key): value for key, value in field.items()}
        cues.append(msgspec.convert({**values, "words": tuple(phrase.split())}, Cue))
    return tuple(cues)


def load_cues() -> tuple[Cue, ...]:
    """Load ``data/cues.csv``; raise :class:`KnowledgeError` naming the file and the line of a wrong row."""
    cues = parse_cues((files("diptych.knowledge") / "data" / FILE).read_text("utf-8"))
    require_rows(FILE, len(cues))
    return cues


class CueIndex:
    """Finds cues on the tokens of a parsed text. Immutable once made."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        by_first: dict[str, list[Cue]] = {}
        for cue in cues:
            # "be ready to" is known by its adjective: the copula may be far off, or left out.
            key = cue.words[1] if cue.words[0] == _COPULA and len(cue.words) > 1 else cue.words[0]
            by_first.setdefault(key, []).append(cue)
        self._by_first = {
            key: tuple(sorted(group, key=lambda cue: (-len(cue.words), cue.phrase))) for key, group in by_first.items()
        }

    def at(self, token: Token) -> CueHit | None:
        """Return the longest cue whose verb (or predicate adjective) is ``token``, or None.

        A copula is answered by its predicate: ``at`` on "is" in "is ready to help" finds "be ready to".
        """
        if token.lemma_ == _COPULA:
            for child in token.children:
                if child.i > token.i and child.dep_ in ("acomp", "attr", "prep", "advmod"):
                    hit = self._match(child, copular=True)
                    if hit is not None:
                        return hit
        return self._match(token, copular=_copular(token))

    def _match(self, token: Token, *, copular: bool) -> CueHit | None:
        keys = dict.fromkeys((_lemma(token), token.lower_))
        # "was encouraged" is "be encouraged", not "encourage"
        for wanted in (True, False) if copular else (False,):
            hit = self._among((cue for key in keys for cue in self._by_first.get(key, ())), token, wanted)
            if hit is not None:
                return hit
        return None

    def _among(self, cues: Iterable[Cue], token: Token, is_copular: bool) -> CueHit | None:
        if not is_copular and token.pos_ not in ("VERB", "AUX"):
            return None
        for cue in cues:
            if (cue.words[0] == _COPULA and len(cue.words) > 1) == is_copular:
                rest = cue.words[2:] if is_copular else cue.words[1:]
                found = _rest(token, rest)
                if found is not None:
                    return CueHit(cue=cue, head=token.i, tokens=tuple(sorted({token.i, *found})))
        return None


def _lemma(token: Token) -> str:
    """The lemma, mended where the small model's rules fail on forms that readouts are full of."""
    return _LEMMAS.get(token.lower_, token.lemma_.lower())


#: Forms that the small model's lemmatizer gets wrong.
_LEMMAS = {
    "hoped": "hope",
    "hoping": "hope",
    "opined": "opine",
    "co-chaired": "co-chair",
    "noting": "note",
    "urging": "urge",
    "briefed": "brief",
    "agreeing": "agree",
}


def _copular(token: Token) -> bool:
    if token.dep_ in ("acomp", "attr", "oprd") or token.pos_ == "ADJ":
        return True
    if token.head.lemma_ == _COPULA and token.dep_ in ("prep", "advmod"):
        return True
    return any(child.dep_ in ("auxpass", "cop") or child.lemma_ == _COPULA for child in token.lefts)


def _rest(token: Token, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """Find the further words of a cue after ``token`` (or, in the passive, its noun before it)."""
    found: list[int] = []
    doc, at, end = token.doc, token.i, token.sent.end
    for number, word in enumerate(words):
        position = _linear(doc, at, end, word)
        if position is None and number == 0:
            position = _object(token, word)
        if position is None:
            return None
        found.append(position)
        at = max(at, position)
    return tuple(found)


def _linear(doc: object, at: int, end: int, word: str) -> int | None:
    for position in range(at + 1, min(at + 1 + _GAP_CONTENT, end)):
        other: Token = doc[position]  # type: ignore[index]
        if other.text in _STOP_TEXTS:
            return None
        distance = position - at
        if word in (_lemma(other), other.lower_):
            if other.pos_ in _FUNCTION_TAGS and distance > _GAP_FUNCTION:
                return None
            return position
        if other.pos_ == "VERB" and distance > 1 and other.dep_ not in ("amod", "compound"):
            return None
        if other.pos_ in ("ADP", "SCONJ") and other.lower_ != "of" and distance >= 1:
            return None
    return None


def _object(token: Token, word: str) -> int | None:
    """The noun of "attention was paid to", "the concern expressed", "expressed hope and confidence"."""
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr"):
            for noun in (child, *child.conjuncts):
                if word in (_lemma(noun), noun.lower_):
                    return noun.i
    if token.dep_ in ("acl", "relcl") and word in (_lemma(token.head), token.head.lower_):
        return token.head.i
    return None
