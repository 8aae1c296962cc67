"""A home whose parts processes share through a database."""
