"""Who holds an office or a role: the questions for it, and the sentences that tell it."""
