"""What chats remember of standing questions."""
