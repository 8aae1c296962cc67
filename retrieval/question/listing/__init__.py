"""Parsing requests for a count, a list or the newest of some articles."""
