"""Cards for administering the corpus and the settings."""
