"""The interface of a collection, and its value types."""
