"""How good the answers are, measured with a person's own corpus and questions."""
