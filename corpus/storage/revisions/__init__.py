"""The changes of the tables of the store since they are Alembic's, each a script."""
