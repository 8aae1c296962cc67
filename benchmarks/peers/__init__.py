"""Compares Newsdesk with other engines on the same articles, passages, questions and machine."""
