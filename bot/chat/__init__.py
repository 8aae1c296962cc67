"""The values of a chat: venue and person, request and answer record, preferences, refusal."""
