"""What chats remember, in one SQLite file."""
