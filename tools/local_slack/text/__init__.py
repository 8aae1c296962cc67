"""What a Slack client shows for the text of a message."""
