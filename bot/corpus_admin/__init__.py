"""Looking after the corpus: its home on disk, reloads, changes, and erasing text for good."""
