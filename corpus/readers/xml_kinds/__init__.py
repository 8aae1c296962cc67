"""The kinds of XML that are read, one module each: `formats/xml.py` takes `KIND` of every module here."""
