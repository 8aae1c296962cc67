"""Indexing articles and finding passages."""
