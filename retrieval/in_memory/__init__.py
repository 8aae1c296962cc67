"""A collection held in memory and searched by brute force: the reference that an index is compared with."""
