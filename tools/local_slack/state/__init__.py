"""The state of Slack, without the network: the world, views, grants and posting."""
