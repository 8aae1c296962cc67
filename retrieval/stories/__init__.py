"""Articles that tell the same: in the same words, or of the same event."""
