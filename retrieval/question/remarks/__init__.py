"""Remarks to the bot that are not questions about the news: greetings, thanks, requests to write."""
