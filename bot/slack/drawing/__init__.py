"""Rendering cards as Slack blocks, and reading the text of Slack messages."""
