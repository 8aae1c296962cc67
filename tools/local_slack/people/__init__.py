"""Simulates people: the actions that their client allows, and the bot's reactions."""
