"""The tables of standing questions."""
