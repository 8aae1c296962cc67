"""What is shown in a chat, before any platform draws it: the same content everywhere."""
