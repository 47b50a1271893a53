"""Two readings to one :class:`~diptych.records.Comparison`: points, links, relations, explanations (pure)."""

from diptych.compare.relate_accounts import compare, compare_reported

__all__ = ["compare", "compare_reported"]
