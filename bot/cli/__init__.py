"""The command line: commands, the terminal they print on, and the composition root."""
