"""A collection as search sees it: what it must be able to do, and the values that it gives."""
