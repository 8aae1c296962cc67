"""The two kinds of databases, and what statements for both are made of."""
