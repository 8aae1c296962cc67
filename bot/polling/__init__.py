"""Asking the sources outside this machine for what is new, and taking it in."""
