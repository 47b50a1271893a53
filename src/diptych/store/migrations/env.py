"""Alembic's environment: runs on the connection that :mod:`diptych.store.schema` hands over, in its transaction."""

from alembic import context

from diptych.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
