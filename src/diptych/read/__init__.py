"""In: files, addresses and standard input become a :class:`~diptych.records.RawDocument` (does I/O)."""
