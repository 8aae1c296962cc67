"""The bot's texts in English, Korean and Japanese."""
