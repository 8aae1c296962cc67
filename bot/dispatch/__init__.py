"""Handling events, shared by all platforms: each exactly once, and each with a reply."""
