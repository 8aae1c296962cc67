"""Near-duplicate articles, and articles about the same event."""
