"""Slack's API: the Web API, connections, files, people."""
