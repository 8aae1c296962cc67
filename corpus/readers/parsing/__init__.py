"""What formats stand on: what a format is, gzip unpacked safely, and pages parsed in their own process."""
