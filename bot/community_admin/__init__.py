"""Administration from a chat: what a community may do to the corpus, what it did, and what it sees of it."""
