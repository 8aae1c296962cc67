"""The interface for metrics, and whether the bot is connected."""
