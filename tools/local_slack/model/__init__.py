"""What there is in Slack, as values: the app's setup, teams, people, channels, messages, and ids."""
