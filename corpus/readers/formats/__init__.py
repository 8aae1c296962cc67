"""The formats that are read, one module each: the registry takes `FORMAT` of every module that lies here."""
