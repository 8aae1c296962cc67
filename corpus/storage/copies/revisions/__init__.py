"""The Alembic revisions of the tables of shared generations."""
