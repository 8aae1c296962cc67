"""Parses the text of a message as a Slack client does."""
