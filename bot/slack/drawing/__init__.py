"""Cards as Slack blocks, and the words of Slack messages as plain text."""
