"""The changes of the tables of chats since they are Alembic's, each a script."""
