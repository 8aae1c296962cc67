"""Pictures of messages in Discord and Slack, drawn from the payloads that the bot sends."""
