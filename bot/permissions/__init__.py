"""Permissions, settings and rate limits of each venue."""
