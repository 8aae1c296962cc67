"""An evaluation as it is shown: an HTML page, tables, JSON."""
