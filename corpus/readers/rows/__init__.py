"""Articles out of rows: what their fields are called, and the rows of JSON and of tables."""
