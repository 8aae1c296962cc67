"""Reading files: the formats, one module for each in `formats`, and the registry that finds the right one."""
