"""Short messages of the bot about what was done or refused."""

from bot.cards.card import Card, Tone, plain, truncate

WORDS = 1500
"""The most characters: an error that names a long path still fits every platform."""


def notice(words: str, tone: Tone = Tone.NEUTRAL) -> Card:
    """A message with a text in which nothing is parsed as markup."""
    return Card(tone, (plain(truncate(words, WORDS)),))


def failure(words: str) -> Card:
    """A message about a failure or refusal."""
    return notice(words, Tone.BAD)
