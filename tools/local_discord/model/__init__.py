"""The entities of Discord as values: users, guilds, channels, messages, permissions and ids."""
