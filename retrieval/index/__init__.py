"""The index of one collection: passages, vectors, terms, and the snapshot that holds them."""
