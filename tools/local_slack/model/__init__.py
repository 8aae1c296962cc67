"""The entities of Slack as values: the app's configuration, teams, users, channels, messages and ids."""
