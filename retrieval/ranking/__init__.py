"""Ranking: the passages for a question in order, each with its score and features."""
