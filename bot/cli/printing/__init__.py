"""Printing the results of commands in the terminal."""
