"""Document to mentions, offices, dates, statements, contacts and topics (pure; the parse is passed in)."""
