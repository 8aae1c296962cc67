"""The use cases of every chat platform: asking, stored answers, browsing."""
