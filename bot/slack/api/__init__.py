"""What is asked of Slack and sent to it: the Web API, connections, files, people."""
