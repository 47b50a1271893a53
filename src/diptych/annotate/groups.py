"""Words that point back: pronouns, "the ministry", "both leaders", "the two countries"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diptych.annotate.lexicon import GROUP_PEOPLE, GROUP_SIDES, vocabulary

if TYPE_CHECKING:
    from diptych.annotate.words import Words

_BODIES = frozenset(("ministry", "department", "embassy", "commission"))
_STATES = frozenset(("countries", "nations", "governments", "allies", "states", "neighbours", "neighbors", "capitals"))
_NUMBERS = {"two": 2, "both": 2, "three": 3, "trilateral": 3}
_ADJECTIVES = vocabulary("top senior foreign defense defence respective")
_NO_SUBJECT = vocabulary("is was will would has had may might could can should must")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word or phrase that points back: words ``first`` up to ``last``; ``number`` of those meant, where told."""

    first: int
    last: int
    kind: Literal["he", "she", "they", "it", "body", "people", "sides", "states"]
    noun: str
    number: int | None


def find_pointers(words: Words, taken: bytearray) -> list[Pointer]:
    """Return pronouns in subject form and definite descriptions of groups and bodies, in order."""
    lower, n = words.lower, len(words)
    out: list[Pointer] = []
    for i in range(n):
        if taken[i]:
            continue
        word = lower[i]
        if word in ("he", "she", "they"):
            out.append(Pointer(i, i + 1, word, word, None))  # type: ignore[arg-type]
        elif word == "it" and i + 1 < n and _refers(lower, i):
            out.append(Pointer(i, i + 1, "it", "it", None))
        elif word in _STYLES and i and lower[i - 1] in ("his", "her", "royal", "serene") and not taken[i - 1]:
            first = i - 2 if i > 1 and lower[i - 1] not in ("his", "her") else i - 1
            alone = i + 1 >= n or not (taken[i + 1] or words.capital[i + 1])
            if lower[first] in ("his", "her") and alone:
                out.append(Pointer(first, i + 1, "he" if lower[first] == "his" else "she", word, None))
        elif word == "two" and i and lower[i - 1] == "the" and i + 1 < n and _stands_alone(lower[i + 1]):
            out.append(Pointer(i - 1, i + 1, "people", "two", 2))
        elif word in _BODIES and i and lower[i - 1] == "the":
            out.append(Pointer(i - 1, i + 1, "body", word, None))
        elif word in GROUP_PEOPLE or word in GROUP_SIDES:
            pointer = _group(words, i)
            if pointer is not None:
                out.append(pointer)
    return out


#: Forms of address that stand for the person who was given them with the name.
_STYLES = vocabulary("highness majesty excellency holiness")
_AFTER_TWO = vocabulary(
    "also both then will would have had has are were agreed discussed met spoke exchanged shared said held talked "
    "since in on and , . that reaffirmed reviewed pledged vowed underscored stressed emphasized emphasised affirmed "
    "concurred confirmed noted expressed did could may might"
)


def _stands_alone(following: str) -> bool:
    return following in _AFTER_TWO


_NO_REFERENCE = frozenset(("appears", "seems", "to", "from", "in", ".", ","))
_OBJECT_OF = vocabulary("of to with for on in by from that's made make calling")


def _refers(lower: tuple[str, ...], i: int) -> bool:
    """Whether "it" is a subject that means something ("it said"), not "it is said" or the object of a verb."""
    if i and lower[i - 1] in _OBJECT_OF:
        return False
    if lower[i + 1] == "appears" and lower[i + 2 : i + 3] == ("to",):
        return True
    return lower[i + 1] not in _NO_SUBJECT and lower[i + 1] not in _NO_REFERENCE


def _group(words: Words, i: int) -> Pointer | None:
    lower, n = words.lower, len(words)
    first = i
    number: int | None = None
    while first and lower[first - 1] in _ADJECTIVES:
        first -= 1
    definite = False
    if first > 1 and lower[first - 1] in ("’", "'") and lower[first - 2] in ("countries", "nations", "sides"):
        # "the two countries' top diplomats"
        first -= 2
    if lower[i] in ("pair", "duo"):
        number = 2
    if first and lower[first - 1] in _NUMBERS:
        number = _NUMBERS[lower[first - 1]]
        definite = lower[first - 1] == "both" or number == 2
        first -= 1
    if first and lower[first - 1] in ("the", "these", "those", "all"):
        definite = True
        first -= 1
    elif first > 1 and lower[first - 1] in ("countries'", "countries’", "sides’", "nations’"):
        first -= 1
    if not definite:
        return None
    noun = lower[i]
    last = i + 1
    # "the leaders of the two countries" is one phrase; "the leaders of Hamas" are other people
    if last < n and lower[last] == "of":
        if (
            last + 3 <= n
            and lower[last + 1] in ("the", "both")
            and lower[min(last + 2, n - 1)] in ("two", "three", "countries", "nations")
        ):
            last += 3 if lower[last + 2] in ("countries", "nations") else 4
            number = number or (3 if "three" in lower[i:last] else 2)
        elif noun not in ("sides", "parties"):
            return None
    if (
        noun
        in (
            "men",
            "women",
            "heads",
            "duo",
            "pair",
            "chiefs",
            "states",
            "nations",
            "governments",
            "partners",
            "neighbours",
            "neighbors",
            "parties",
            "representatives",
            "officials",
            "directors",
            "delegations",
        )
        and number is None
        and noun not in ("parties", "delegations")
    ):
        return None
    if noun in ("parties", "countries", "allies", "capitals", "partners") and number is None and noun != "parties":
        return None
    kind: Literal["people", "sides", "states"]
    kind = "states" if noun in _STATES else "people" if noun in GROUP_PEOPLE else "sides"
    return Pointer(first, min(last, n), kind, noun, number)
