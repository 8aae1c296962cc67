"""A brute-force collection: the reference that the index is compared with."""
