"""Readers: models that rate whether, and where, a passage has the answer to a question."""
