"""What processes on one database know of one another."""
