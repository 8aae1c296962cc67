"""Understanding a query: what its words mean in the collections that are searched."""
