"""Articles: where they come from, how they are parsed and stored."""
