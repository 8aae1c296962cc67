"""Value types of a chat: venue, person, question, answer record, preferences, refusal."""
