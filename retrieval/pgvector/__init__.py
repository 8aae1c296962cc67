"""The vectors of a collection on a PostgreSQL server with pgvector: for more than one machine has memory."""
