"""Text as searching sees it: sentences, scripts and terms."""
