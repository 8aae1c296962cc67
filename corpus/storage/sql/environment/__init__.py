"""Alembic's environment for the revisions."""
