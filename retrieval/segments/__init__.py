"""Segments: the arrays that some articles of a collection are searched with, made once and never changed."""
