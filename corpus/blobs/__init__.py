"""Blob stores, in which processes share files: a folder, an object store, the database."""
