"""The tables of a home's chats."""
