"""Value types of a chat: venue, person, caller, question, answer record, preferences, refusal."""
