"""Dates in words: what a question means by "last week", and which articles were published then."""
