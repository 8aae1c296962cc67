"""Parses the text of a message as a Discord client does."""
