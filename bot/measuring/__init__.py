"""What the parts tell of their work to whoever operates a bot: counts, times, and where it is connected."""
