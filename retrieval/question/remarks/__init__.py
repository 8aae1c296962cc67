"""What people say to the bot that is no question: greetings, thanks, who it is, requests to write."""
