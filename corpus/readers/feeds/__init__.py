"""Parsing of feeds, sitemaps and lists of feeds, in the worker process only."""
