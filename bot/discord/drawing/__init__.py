"""Cards as Discord messages, and the words of Discord messages as plain text."""
