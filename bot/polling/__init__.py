"""Polling sources outside this machine, and reloading what changed."""
