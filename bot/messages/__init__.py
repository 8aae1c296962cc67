"""The bot's own words, in English, Korean and Japanese."""
