"""Acting as people: what their client lets them do, and what came of it."""
