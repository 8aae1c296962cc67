"""Newsdesk beside other engines: the same articles, passages, questions and machine."""
