"""The Alembic revisions of the chat database."""
