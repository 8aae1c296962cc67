"""A question: its words, its hints, its parts, and what it needs of the one before."""
