"""Reports of an evaluation: HTML, tables, JSON."""
