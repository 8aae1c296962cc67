"""Parsing questions: hints, parts, and how far a question depends on the one before."""
