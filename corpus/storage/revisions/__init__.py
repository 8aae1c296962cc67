"""The Alembic revisions of the store."""
