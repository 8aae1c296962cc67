"""What the news is: articles, where they come from, how they are kept."""
