"""Vector search on a PostgreSQL server with pgvector."""
