"""What a Discord client shows for the text of a message."""
