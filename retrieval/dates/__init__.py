"""Dates in words: what a question means by "last week", and which articles are of it."""
