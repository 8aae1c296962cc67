"""Rendering cards as Discord messages, and reading the text of Discord messages."""
