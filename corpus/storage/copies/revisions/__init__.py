"""The changes of the tables of shared generations and files, each a script of Alembic."""
