"""What there is on Discord, as values: people, guilds, channels, messages, permissions, and ids."""
