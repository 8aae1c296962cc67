"""Fetching pages: which addresses may be fetched, by which rules, and what was fetched last."""
