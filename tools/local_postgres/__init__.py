"""A real PostgreSQL with pgvector, started for the tests."""
