"""Models: what turns text into vectors, and what compares a question with a passage."""
