"""When sources are asked for again, and asking many of them at once."""
