"""Sources: where articles come from, read as a stream."""
