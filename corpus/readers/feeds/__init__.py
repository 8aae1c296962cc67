"""Feeds, sitemaps and lists of feeds: what they hold, parsed in the worker process alone."""
