"""Alembic's migrations: one file a version of the tables."""
