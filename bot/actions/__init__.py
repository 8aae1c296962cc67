"""What people can do on every platform: commands and buttons, a table of each, and questions in messages."""
