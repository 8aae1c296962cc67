"""Whether two articles are one: their ids, and which of several versions is served."""
