"""Generations: a collection's index as files, published whole and opened again."""
