"""Places that keep files for every process: a folder, an object store, the database."""
