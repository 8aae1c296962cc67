"""Coordination of several processes on one database: membership, roles, limits."""
