"""Reading question and passage together: whether the answer stands there, and where."""
