"""Talking to people: the desk that answers and reloads, and the places where people ask."""
