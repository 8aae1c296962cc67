"""The tables by which the processes of one database coordinate."""
