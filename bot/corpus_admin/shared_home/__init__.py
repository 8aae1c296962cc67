"""A home on a database, shared by several processes."""
