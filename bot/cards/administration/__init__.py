"""Cards for those who look after the corpus and the settings."""
