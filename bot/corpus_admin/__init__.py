"""Administration of the corpus: the home, reloads, changes, and erasing text."""
