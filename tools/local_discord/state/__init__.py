"""One Discord without its network: the world, interactions, gateway sessions, and what sending changes."""
