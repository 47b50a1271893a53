"""The archive's store: one :class:`Store` over SQLite or PostgreSQL."""
