"""Slack's rules for calls: its types, and limits that the types leave out."""
