"""Records to something a person or a program reads: terminal, html, markdown, json, csv (pure)."""
