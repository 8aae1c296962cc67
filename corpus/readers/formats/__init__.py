"""The file formats, one module each: the registry collects `FORMAT` from every module in this package."""
