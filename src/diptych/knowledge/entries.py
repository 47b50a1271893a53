"""What the tables of knowledge hold; offices, tenures and cues are records of their own."""

from __future__ import annotations

from typing import Literal

from diptych.records import Office, Record

StateForm = Literal["name", "alias", "demonym", "capital", "seat", "context"]


class State(Record, frozen=True, kw_only=True):
    """A state or territory with a foreign policy of its own.

    ``seats`` are metonyms for its government or one of its institutions ("the Kremlin"); ``context`` are words that
    mean it only where the text has set them up ("the South").
    """

    iso3: str
    name: str
    official: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


class Bloc(Record, frozen=True, kw_only=True):
    """An organisation or group of states that acts under a name of its own."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


class Institution(Record, frozen=True, kw_only=True):
    """A ministry, presidency, parliament, staff: ``name`` is canonical ("Ministry of Foreign Affairs, KOR")."""

    id: str
    country: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()


class Topic(Record, frozen=True, kw_only=True):
    """A topic of diplomacy, and the words that give it away."""

    id: str
    label: str
    description: str
    words: tuple[str, ...] = ()


class TopicHit(Record, frozen=True, kw_only=True):
    """A topic found in a text: its id, the stretch from its first to its last word, the words that decided."""

    topic: str
    start: int
    end: int
    words: tuple[str, ...]


class StateHit(Record, frozen=True, kw_only=True):
    """A state or bloc named in a text, and by what kind of form."""

    start: int
    end: int
    country: str
    form: StateForm


class InstitutionHit(Record, frozen=True, kw_only=True):
    """An institution named in a text, with the country words that belong to it."""

    start: int
    end: int
    institution: Institution


class OfficeHit(Record, frozen=True, kw_only=True):
    """A title found in a text.

    ``start`` to ``end`` covers country words and modifiers; ``core_start`` to ``core_end`` the title alone.
    ``standing`` is ``former``, ``acting`` or ``elect`` where a modifier says so, else ``None``.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    office: Office
    standing: str | None = None
