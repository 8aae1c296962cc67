"""What is asked of Discord and sent to it: the gateway, messages, permissions."""
