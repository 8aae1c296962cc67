"""Segments: immutable arrays in which some articles are indexed."""
