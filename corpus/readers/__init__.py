"""Reading files: what a format is, a module for each in `formats`, and the registry that finds one."""
