"""Domain knowledge as data, behind one loader that checks every row."""

from diptych.knowledge.base import Knowledge, load
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

__all__ = [
    "Bloc",
    "Institution",
    "InstitutionHit",
    "Knowledge",
    "OfficeHit",
    "State",
    "StateHit",
    "Topic",
    "TopicHit",
    "load",
]
