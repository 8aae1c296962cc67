"""Discord's API: the gateway, messages, permissions."""
