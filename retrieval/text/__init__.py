"""Text analysis: sentences, scripts and terms."""
