"""Articles in rows of JSON, tables and front matter, and the names of their fields."""
