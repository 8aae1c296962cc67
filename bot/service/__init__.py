"""What every chat platform works with: questions, stored answers and browsing, opened and closed together."""
