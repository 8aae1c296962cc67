"""The content of chat messages, before any platform renders it."""
