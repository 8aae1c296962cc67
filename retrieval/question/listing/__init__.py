"""Questions for a count, a list or the newest: what they ask for, and of which articles."""
