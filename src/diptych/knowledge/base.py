"""All knowledge behind one door."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from diptych.knowledge.entries import (
    Bloc,
    Institution,
    InstitutionHit,
    OfficeHit,
    State,
    StateHit,
    Topic,
    TopicHit,
)
from diptych.knowledge.institutions import InstitutionTable, load_institutions
from diptych.knowledge.offices import OfficeTable, load_offices
from diptych.knowledge.states import StateTable, load_states
from diptych.knowledge.tables import DATA, read_manifest
from diptych.knowledge.tenures import TenureTable, load_tenures
from diptych.knowledge.titles import Titles
from diptych.knowledge.topics import TopicTable, load_topics
from diptych.records import Office, Tenure

if TYPE_CHECKING:
    from diptych.knowledge.cues import Cue


class Knowledge:
    """What diptych knows of the world: states, institutions, offices, office-holders, cues and topics.

    Immutable once loaded; every look-up is pure.
    """

    def __init__(self, root: Path) -> None:
        counts = read_manifest(root)
        self._root = root
        self._states: StateTable = load_states(root, counts)
        self._offices: OfficeTable = load_offices(root, counts, self._states)
        self._titles = Titles(self._offices)
        self._institutions: InstitutionTable = load_institutions(root, counts, self._states)
        self._tenures: TenureTable = load_tenures(root, counts, self._states, self._offices)
        self._topics: TopicTable = load_topics(root, counts)

    # --- states and blocs -------------------------------------------------------------------------------------

    @property
    def states(self) -> tuple[State, ...]:
        """All states and territories, by code."""
        return self._states.states

    @property
    def blocs(self) -> tuple[Bloc, ...]:
        """All organisations and groups of states."""
        return self._states.blocs

    def state(self, iso3: str) -> State | None:
        """The state with this ISO 3166 alpha-3 code."""
        return self._states.state(iso3)

    def bloc(self, code: str) -> Bloc | None:
        """The bloc with this code."""
        return self._states.bloc(code)

    def find_state(self, text: str, *, in_context: bool = False) -> str | None:
        """The code of the state that the whole text names (name, alias, demonym, capital, seat); blocs do not count.

        ``in_context`` also reads words such as "the South" where one state alone answers to them.
        """
        return self._states.find_state(text, in_context=in_context)

    def find_bloc(self, text: str) -> str | None:
        """The code of the bloc that the whole text names."""
        return self._states.find_bloc(text)

    def states_in_context(self, text: str) -> tuple[str, ...]:
        """All states that "the South" or "the Kingdom" may mean."""
        return self._states.in_context(text)

    def states_in(self, text: str) -> tuple[StateHit, ...]:
        """All states and blocs named in a text, in order, without overlaps."""
        return self._states.hits(text)

    def seat(self, text: str) -> tuple[str, str] | None:
        """Country and kind of institution that a seat stands for: "the Kremlin" -> ("RUS", "presidency")."""
        return self._states.seat(text)

    # --- institutions -----------------------------------------------------------------------------------------

    @property
    def institutions(self) -> tuple[Institution, ...]:
        """The institutions with a row of their own, and the patterns (country "")."""
        return self._institutions.institutions

    def institution(self, country: str, kind: str) -> Institution | None:
        """The country's institution of a kind such as ``foreign_ministry``."""
        return self._institutions.of_kind(country, kind)

    def institution_of(self, text: str, country: str | None = None) -> Institution | None:
        """The institution that the words name: "Seoul's Foreign Ministry" -> "Ministry of Foreign Affairs, KOR"."""
        return self._institutions.find(text, country)

    def institutions_in(self, text: str, country: str | None = None) -> tuple[InstitutionHit, ...]:
        """All institutions named in a text."""
        return self._institutions.hits(text, country)

    # --- offices and their holders ----------------------------------------------------------------------------

    @property
    def offices(self) -> tuple[Office, ...]:
        """The offices with a row of their own, and the patterns (country None)."""
        return self._offices.offices

    def office(self, office_id: str) -> Office | None:
        """The office with this id; ``<iso3>-prime-minister`` and the other patterns hold for every state."""
        return self._offices.office(office_id)

    def find_office(self, text: str, country: str | None = None) -> Office | None:
        """The office that a title names, with its standard title; country words in it outweigh ``country``."""
        return self._titles.find(text, country)

    def offices_in(self, text: str, country: str | None = None) -> tuple[OfficeHit, ...]:
        """All titles in a running text."""
        return self._titles.hits(text, country)

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """Who held which office from when to when."""
        return self._tenures.tenures

    def holders(self, office_id: str, country: str | None = None, day: dt.date | None = None) -> tuple[Tenure, ...]:
        """Who held the office on the day (ever, without a day)."""
        return self._tenures.holders(office_id, country, day)

    def tenures_of(self, name: str) -> tuple[Tenure, ...]:
        """All tenures of whoever may be meant by a full name, an alias or a family name alone."""
        return self._tenures.tenures_of(name)

    def find_person(
        self,
        name: str,
        day: dt.date | None = None,
        country: str | None = None,
        office: str | None = None,
    ) -> tuple[Tenure, ...]:
        """Tenures that the name may mean, likeliest first; ``office`` is an id or a rank."""
        return self._tenures.find_person(name, day, country, office)

    def words_of_name(self, name: str) -> tuple[str, ...]:
        """The words of a name as names are compared: small letters, no diacritics or honorifics, spellings folded."""
        return self._tenures.words_of(name)

    # --- cues and topics --------------------------------------------------------------------------------------

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Reporting verbs and phrases with their acts."""
        from diptych.knowledge.cues import load_cues

        return tuple(load_cues())

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The published taxonomy of topics."""
        return self._topics.topics

    def topics_in(self, text: str) -> tuple[TopicHit, ...]:
        """The topics of a text, weightiest first, each with the words that decided."""
        return self._topics.find(text)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the names and contents of all data files: two readings with one hash knew the same."""
        digest = hashlib.sha256()
        for path in sorted(path for path in self._root.rglob("*") if path.is_file()):
            digest.update(path.relative_to(self._root).as_posix().encode())
            digest.update(b"\0")
            digest.update(path.read_bytes())
            digest.update(b"\0")
        return digest.hexdigest()


@lru_cache(maxsize=4)
def load(root: Path = DATA) -> Knowledge:
    """Read and check all knowledge; raises :class:`~diptych.errors.KnowledgeError` naming file and line."""
    return Knowledge(root)
