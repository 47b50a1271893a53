"""Scorers: what a figure means is written here, once."""
