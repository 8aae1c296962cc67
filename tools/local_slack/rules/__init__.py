"""What Slack holds calls to: its own types, and the limits that the types leave out."""
