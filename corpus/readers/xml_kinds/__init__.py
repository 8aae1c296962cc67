"""The kinds of XML, one module each: `formats/xml.py` collects `KIND` from every module in this package."""
