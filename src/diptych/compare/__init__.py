"""Two readings to one :class:`~diptych.records.Comparison`: points, links, relations, explanations (pure)."""
