"""Searching all segments of a collection as one index."""
