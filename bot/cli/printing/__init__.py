"""Printing in the terminal what came of a command."""
