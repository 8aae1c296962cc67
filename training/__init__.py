"""Training the packaged reader, once: from what it reads to the file that ships."""
