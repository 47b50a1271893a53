"""Bytes to :class:`~diptych.records.Document`: the body without page furniture, and what is known of it (pure)."""
