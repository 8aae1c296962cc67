"""Ranking: from a question and a snapshot to passages in order, each with its reasons."""
