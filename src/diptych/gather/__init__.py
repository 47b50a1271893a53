"""Gathering: near-copies, translations, and which documents tell of the same contact. Pure."""
