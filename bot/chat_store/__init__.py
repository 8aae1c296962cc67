"""The chat database: answers, votes, settings, audit log, events, standing questions."""
