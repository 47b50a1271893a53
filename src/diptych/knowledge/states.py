"""States and blocs, and how texts name them."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from diptych.knowledge.entries import Bloc, State, StateForm, StateHit
from diptych.knowledge.matcher import NameMatcher, without_article
from diptych.knowledge.tables import Row, read_table

_CODE = re.compile(r"[A-Z]{3}\Z")
#: Not a state, but longer than the name inside it: it keeps "Korean Peninsula" from being read as a Korean.
_NO_STATE = ""


class StateTable:
    """States by code and by any of their names."""

    def __init__(self, states: tuple[State, ...], blocs: tuple[Bloc, ...], names: _Names) -> None:
        self.states = states
        self.blocs = blocs
        self._by_code = {state.iso3: state for state in states}
        self._blocs_by_code = {bloc.code: bloc for bloc in blocs}
        self._seats = names.seats
        self._first = names.first
        self._not_states = names.not_states

    @cached_property
    def _all(self) -> NameMatcher[tuple[str, StateForm]]:
        every: list[tuple[str, tuple[str, StateForm]]] = []
        for state in self.states:
            for form, kind in _forms(state):
                owner = self._first.get(without_article(form), state.iso3)
                if kind != "context" and owner == state.iso3:
                    every.append((form, (state.iso3, kind)))
        for bloc in self.blocs:
            every.extend((form, (bloc.code, "name")) for form in (bloc.name, *bloc.aliases))
        every.extend((phrase, (_NO_STATE, "name")) for phrase in self._not_states)
        return NameMatcher(every)

    @cached_property
    def _context(self) -> NameMatcher[tuple[str, StateForm]]:
        return NameMatcher([(form, (state.iso3, "context")) for state in self.states for form in state.context])

    def state(self, iso3: str) -> State | None:
        """The state with this code."""
        return self._by_code.get(iso3)

    def bloc(self, code: str) -> Bloc | None:
        """The bloc with this code."""
        return self._blocs_by_code.get(code)

    def label(self, code: str) -> str:
        """The English name of a state or bloc, with the article that it takes; the code where it is unknown."""
        entry = self._by_code.get(code) or self._blocs_by_code.get(code)
        if entry is None:
            return code
        return f"the {entry.name}" if {f"the {entry.name}", f"The {entry.name}"} & set(entry.aliases) else entry.name

    def knows(self, code: str) -> bool:
        """Whether a state or bloc has this code."""
        return code in self._by_code or code in self._blocs_by_code

    def find_state(self, text: str, *, in_context: bool = False) -> str | None:
        """The code of the state that the whole text names: by name, alias, demonym, capital or seat.

        With ``in_context`` also by words such as "the South", when only one state answers to them.
        """
        for code, _ in self._all.exact(text):
            if code in self._by_code:
                return code
        if in_context:
            codes = self.in_context(text)
            return codes[0] if len(codes) == 1 else None
        return None

    def in_context(self, text: str) -> tuple[str, ...]:
        """All states that the words ("the South", "the Kingdom") may mean in a text that has set them up."""
        return tuple(dict.fromkeys(code for code, _ in self._context.exact(text)))

    def find_bloc(self, text: str) -> str | None:
        """The code of the bloc that the whole text names."""
        for code, _ in self._all.exact(text):
            if code in self._blocs_by_code:
                return code
        return None

    def seat(self, text: str) -> tuple[str, str] | None:
        """Country and kind of institution that a seat ("the White House") stands for."""
        form = text.strip()
        return self._seats.get(form) or (self._seats.get(form[4:]) if form[:4].lower() == "the " else None)

    def hits(self, text: str) -> tuple[StateHit, ...]:
        """All states and blocs named in a text, in order."""
        found = []
        for start, end, values in self._all.find(text):
            code, form = values[0]
            if code != _NO_STATE:
                found.append(StateHit(start=start, end=end, country=code, form=form))
        return tuple(found)


class _Names:
    """What the side tables say about names."""

    __slots__ = ("first", "not_states", "seats")

    def __init__(self, first: dict[str, str], not_states: tuple[str, ...], seats: dict[str, tuple[str, str]]) -> None:
        self.first = first
        self.not_states = not_states
        self.seats = seats


def _forms(state: State) -> list[tuple[str, StateForm]]:
    forms: list[tuple[str, StateForm]] = [(state.name, "name")]
    if state.official != state.name:
        forms.append((state.official, "name"))
    forms.extend((form, "alias") for form in state.aliases)
    forms.extend((form, "demonym") for form in state.demonyms)
    forms.extend((form, "capital") for form in state.capital)
    forms.extend((form, "seat") for form in state.seats)
    forms.extend((form, "context") for form in state.context)
    return forms


def load_states(root: Path, counts: dict[str, int]) -> StateTable:
    """Read ``states.csv``, ``seats.csv``, ``ambiguous.csv``, ``not_states.csv`` and ``blocs.csv``."""
    seats, by_country = _load_seats(root, counts)
    columns = ("iso3", "name", "official", "aliases", "demonyms", "capitals", "context")
    states: list[State] = []
    rows: list[Row] = []
    for row in read_table(root / "states.csv", columns, minimum=counts.get("states.csv", 1)):
        code = row.need("iso3")
        if not _CODE.match(code):
            row.fail(f"'{code}' is not an ISO 3166 alpha-3 code")
        if any(state.iso3 == code for state in states):
            row.fail(f"{code} stands in the table twice")
        rows.append(row)
        states.append(
            State(
                iso3=code,
                name=row.need("name"),
                official=row.need("official"),
                aliases=row.many("aliases"),
                demonyms=row.many("demonyms"),
                capital=row.many("capitals"),
                seats=tuple(by_country.get(code, ())),
                context=row.many("context"),
            )
        )
    known = {state.iso3 for state in states}
    first = _load_ambiguous(root, counts, known)
    _refuse_shared_forms(states, rows, first)
    for form, (country, row) in seats.items():
        if country not in known:
            row.fail(f"'{form}' stands for {country}, which states.csv does not have")
    blocs = _load_blocs(root, counts, known)
    not_states = tuple(
        row.need("phrase")
        for row in read_table(root / "not_states.csv", ("phrase",), minimum=counts.get("not_states.csv", 1))
    )
    kinds = {form: (country, row.get("institution")) for form, (country, row) in seats.items()}
    return StateTable(tuple(states), blocs, _Names(first, not_states, kinds))


def _load_seats(root: Path, counts: dict[str, int]) -> tuple[dict[str, tuple[str, Row]], dict[str, list[str]]]:
    seats: dict[str, tuple[str, Row]] = {}
    by_country: dict[str, list[str]] = {}
    columns = ("form", "country", "institution")
    for row in read_table(root / "seats.csv", columns, minimum=counts.get("seats.csv", 1)):
        form, country = row.need("form"), row.need("country")
        row.need("institution")
        if form in seats:
            row.fail(f"'{form}' stands in the table twice")
        seats[form] = (country, row)
        by_country.setdefault(country, []).append(form)
    return seats, by_country


def _load_ambiguous(root: Path, counts: dict[str, int], known: set[str]) -> dict[str, str]:
    first: dict[str, str] = {}
    columns = ("form", "countries")
    for row in read_table(root / "ambiguous.csv", columns, minimum=counts.get("ambiguous.csv", 1)):
        countries = row.many("countries")
        if len(countries) < 2:
            row.fail("an ambiguous form needs two countries at least")
        for code in countries:
            if code not in known:
                row.fail(f"'{code}' is not a state of states.csv")
        first[without_article(row.need("form"))] = countries[0]
    return first


def _load_blocs(root: Path, counts: dict[str, int], known: set[str]) -> tuple[Bloc, ...]:
    blocs: list[Bloc] = []
    owners: dict[str, str] = {}
    columns = ("code", "name", "aliases")
    for row in read_table(root / "blocs.csv", columns, minimum=counts.get("blocs.csv", 1)):
        bloc = Bloc(code=row.need("code"), name=row.need("name"), aliases=row.many("aliases"))
        if bloc.code in known or any(other.code == bloc.code for other in blocs):
            row.fail(f"the code {bloc.code} is taken")
        for form in (bloc.name, *bloc.aliases):
            if owners.setdefault(without_article(form), bloc.code) != bloc.code:
                row.fail(f"'{form}' names both {owners[without_article(form)]} and {bloc.code}")
        blocs.append(bloc)
    return tuple(blocs)


def _refuse_shared_forms(states: list[State], rows: list[Row], declared: dict[str, str]) -> None:
    owners: dict[str, str] = {}
    for state, row in zip(states, rows, strict=True):
        for form, kind in _forms(state):
            bare = without_article(form)
            if bare in declared or kind == "context":
                continue
            if owners.setdefault(bare, state.iso3) != state.iso3:
                row.fail(
                    f"'{form}' names both {owners[bare]} and {state.iso3}; declare it in ambiguous.csv or take it out"
                )
