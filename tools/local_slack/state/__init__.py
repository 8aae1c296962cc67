"""One Slack without its network: the world, views, grants, and what posting changes."""
