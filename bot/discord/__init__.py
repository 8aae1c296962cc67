"""Newsdesk in Discord: what a person writes there becomes a question, and an answer becomes a message."""
