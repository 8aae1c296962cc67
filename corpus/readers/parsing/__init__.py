"""The basis of the formats: the interface of a format, safe unpacking of gzip, and parsing of pages in a
separate process."""
