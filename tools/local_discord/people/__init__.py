"""Simulates people: what their client offers, sends and shows, and the bot's reactions."""
