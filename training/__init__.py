"""Training of the packaged reader, from its data to the file that ships."""
