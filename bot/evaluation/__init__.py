"""Evaluates the quality of answers on the user's own corpus and questions."""
