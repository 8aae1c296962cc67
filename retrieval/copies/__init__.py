"""Exact copies of generations: published for every process, and taken on by each."""
