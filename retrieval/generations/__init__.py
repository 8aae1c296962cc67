"""Generations: versions of a collection's index on disk, published atomically."""
