"""Standing questions: finding new answers after each publication, and posting them."""
