"""Moves a home from a folder to a database, and back."""
