"""Generations shared by several processes: published once, downloaded by each."""
