"""Administration of the corpus from a chat."""
