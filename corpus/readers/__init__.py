"""Reading files: one module a format, and the registry that chooses among them."""
