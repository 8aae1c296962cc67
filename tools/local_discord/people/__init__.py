"""Acting as people: what their client offers, sends and shows, and what came of it."""
