"""The desk: the query engine, which answers from the current snapshots and replaces them after a reload."""
